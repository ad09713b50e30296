import type { LetterContent } from './letter-content.ts';
import { splitQuotes } from './quote-split.ts';
import { isForwardedSubject } from './subject.ts';

/** The whole text of a letter, HTML converted. */
export function letterText({ text, parts }: Pick<LetterContent, 'text' | 'parts'>): string {
  if (text !== null) return text;
  const [only] = parts;
  return only?.kind === 'text' ? only.text : '';
}

/** The letter's text without quotes and signature; empty where it has no words of its own. */
export function letterReply(content: Pick<LetterContent, 'text' | 'parts' | 'subject'>): string {
  return splitQuotes(letterText(content), { forwarded: isForwardedSubject(content.subject) }).reply;
}
