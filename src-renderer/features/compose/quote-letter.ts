import type { Draft } from '#shared/bridge/draft.ts';
import type { LetterContent } from '#shared/mail/letter-content.ts';
import { letterReply, letterText } from '#shared/mail/letter-text.ts';
import { quotedHtml, textHtml } from './text-html.ts';

const maxQuotedLines = 400;
const maxForwardedLines = 4000;

/**
 * What the client wrote, quoted below `attribution`.
 *
 * Only the client's own words are quoted; older quotes and signatures stay in the letters they came with. Where the
 * agent has marked a part, that part alone. Empty where the letter's text is not here.
 */
export function quoteLetter(
  { content }: { readonly content: LetterContent | null },
  attribution: string,
  selected: string | null = null,
): string {
  const words = selected ?? (content === null ? '' : ownWords(content));
  if (words.trim() === '') return '';
  const quoted = words
    .trim()
    .split('\n')
    .slice(0, maxQuotedLines)
    .map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`.trimEnd()));
  return `${attribution}\n${quoted.join('\n')}`;
}

/** A draft with one more quote at its end, in text and HTML alike; the same draft where that stands in it already. */
export function withQuote(draft: Draft, quote: string): Draft {
  if (quote === '' || draft.text.includes(quote)) return draft;
  const html = draft.html === '' ? textHtml(draft.text) : draft.html;
  return {
    ...draft,
    text: `${draft.text}\n\n${quote}`,
    html: `${html}<p></p>${quotedHtml(quote)}`,
  };
}

/** The whole text of a letter that is passed on, below the lines that say where it came from. */
export function forwardLetter(
  { content }: { readonly content: LetterContent | null },
  head: readonly string[],
): string {
  const words = content === null ? '' : letterText(content).trim();
  const lines = words.split('\n').slice(0, maxForwardedLines);
  return [...head, '', ...lines].join('\n').trimEnd();
}

/** A letter that is nothing but quotes is quoted as it is. */
function ownWords(content: LetterContent): string {
  const reply = letterReply(content);
  return reply === '' ? letterText(content) : reply;
}
