import type { LetterContent } from '#shared/mail/letter-content.ts';
import { letterReply, letterText } from '#shared/mail/letter-text.ts';

const maxQuotedLines = 400;

/**
 * The text that an answer begins with: two empty lines to write on, then what the client wrote, quoted.
 *
 * Only the client's own words are quoted; older quotes and signatures stay in the letters they came with. Empty where
 * the letter's text is not here.
 */
export function quoteLetter(
  { content }: { readonly content: LetterContent | null },
  attribution: string,
): string {
  const words = content === null ? '' : ownWords(content).trim();
  if (words === '') return '';
  const quoted = words
    .split('\n')
    .slice(0, maxQuotedLines)
    .map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`.trimEnd()));
  return `\n\n${attribution}\n${quoted.join('\n')}\n`;
}

/** A letter that is nothing but quotes is quoted as it is. */
function ownWords(content: LetterContent): string {
  const reply = letterReply(content);
  return reply === '' ? letterText(content) : reply;
}
