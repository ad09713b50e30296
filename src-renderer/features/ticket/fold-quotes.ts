import { splitQuotes } from '#shared/mail/quote-split.ts';

/** A stretch of a letter's text; what is `folded` (quotes, attributions, signatures) is shown on demand. */
export interface TextSegment {
  readonly folded: boolean;
  readonly text: string;
  /** Number of the line it starts with: tells the segments of one letter apart. */
  readonly line: number;
}

/**
 * Cuts a letter's text where quotes begin and end, in the order of the letter.
 *
 * Every line that is not blank is in exactly one segment. Should the lines not be traceable (equal lines on both
 * sides), the whole quote comes last, so that nothing is ever lost. A letter that is all quote is not folded.
 */
export function foldQuotes(text: string): TextSegment[] {
  const { reply, rest } = splitQuotes(text);
  if (rest === '') return [{ folded: false, text: withoutBlankEnds(text), line: 0 }];
  if (reply === '') return [{ folded: false, text: rest, line: 0 }];
  return (
    inOrder(text.split('\n'), filled(reply), filled(rest)) ?? [
      { folded: false, text: reply, line: 0 },
      { folded: true, text: rest, line: 1 },
    ]
  );
}

function inOrder(
  lines: readonly string[],
  reply: readonly string[],
  rest: readonly string[],
): TextSegment[] | null {
  const segments: { folded: boolean; line: number; lines: string[] }[] = [];
  let fromReply = 0;
  let fromRest = 0;
  for (const [number, line] of lines.entries()) {
    const current = segments.at(-1);
    const shown = line.trimEnd();
    if (shown.trim() === '') {
      current?.lines.push('');
      continue;
    }
    const isReply = reply[fromReply] === shown;
    const isRest = rest[fromRest] === shown;
    if (!isReply && !isRest) return null;
    const folded = isReply && isRest ? (current?.folded ?? false) : isRest;
    if (folded) fromRest += 1;
    else fromReply += 1;
    if (current?.folded === folded) current.lines.push(line);
    else segments.push({ folded, line: number, lines: [line] });
  }
  if (fromReply !== reply.length || fromRest !== rest.length) return null;
  return segments.map((segment) => ({
    folded: segment.folded,
    line: segment.line,
    text: withoutBlankEnds(segment.lines.join('\n')),
  }));
}

function filled(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line.trim() !== '');
}

function withoutBlankEnds(text: string): string {
  return text.replace(/^(?:[^\S\n]*\n)+/u, '').trimEnd();
}
