import type { Draft } from '#shared/bridge/draft.ts';
import type { LetterContent } from '#shared/mail/letter-content.ts';
import { letterReply, letterText } from '#shared/mail/letter-text.ts';

const shownWords = 160;

/** The beginning of what a letter says, on one line; null where its text is not here or is empty. */
export function letterWords(content: LetterContent | null, sent: Draft | null): string | null {
  const own = content === null ? (sent?.text ?? '') : letterReply(content) || letterText(content);
  const line = own
    .slice(0, 4 * shownWords)
    .replaceAll(/\s+/gu, ' ')
    .trim();
  return line === '' ? null : line.slice(0, shownWords);
}
