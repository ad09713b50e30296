import { splitQuotes } from '#shared/mail/quote-split.ts';

/** A stretch of a letter's text; what is `folded` (quotes, attributions, signatures) is shown on demand. */
export interface TextSegment {
  readonly folded: boolean;
  readonly text: string;
  /** Number of the line it starts with: tells the segments of one letter apart. */
  readonly line: number;
}

/**
 * Cuts a letter's text where quotes and signatures begin and end, in the order of the letter; nothing is lost. A letter
 * without a word of its own is not folded.
 */
export function foldQuotes(text: string): TextSegment[] {
  const { reply, rest, pieces } = splitQuotes(text);
  if (rest === '' || reply === '') return [{ folded: false, text: withoutBlankEnds(text), line: 0 }];
  const segments: { folded: boolean; line: number; text: string }[] = [];
  let line = 0;
  for (const piece of pieces) {
    const folded = piece.kind !== 'reply';
    const last = segments.at(-1);
    if (last?.folded === folded) last.text += piece.text;
    else segments.push({ folded, line, text: piece.text });
    line += piece.text.split('\n').length - 1;
  }
  return segments
    .map((segment) => ({ ...segment, text: withoutBlankEnds(segment.text) }))
    .filter((segment) => segment.text !== '');
}

function withoutBlankEnds(text: string): string {
  return text.replace(/^(?:[^\S\n]*\n)+/u, '').trimEnd();
}
