import { letterReply, letterText } from '#shared/mail/letter-text.ts';
import type { Language } from '#shared/text/language.ts';
import type { TicketLetter } from '../../cache/cache-views.ts';

/**
 * The language that a client is to be written to in: that of the newest letter of theirs whose words tell it, or else
 * Russian. Told by the letters that only one of the two writes.
 */
export function clientLanguage(
  letters: readonly Pick<TicketLetter, 'direction' | 'kind' | 'subject' | 'content'>[],
): Language {
  const received = letters.filter(({ direction, kind }) => direction === 'in' && kind === 'human');
  for (const { subject, content } of received.toReversed()) {
    const words = content === null ? '' : letterReply(content) || letterText(content);
    const language = languageOfText(`${words}\n${subject}`);
    if (language !== null) return language;
  }
  return 'ru';
}

/** I with a dot and short U. */
const belarusianLetters = /[\u0456\u045E]/giu;
/** I, shcha and the hard sign. */
const russianLetters = /[\u0438\u0449\u044A]/giu;

/** Too few letters tell nothing: a name, "Ok". */
const fewestLetters = 8;

/** The language of a text; null where it has too few letters to tell. */
export function languageOfText(text: string): Language | null {
  const count = (letters: RegExp) => text.match(letters)?.length ?? 0;
  const cyrillic = count(/\p{Script=Cyrillic}/gu);
  const latin = count(/\p{Script=Latin}/gu);
  if (cyrillic + latin < fewestLetters) return null;
  // Addresses of sites and names of products stand in letters of any language.
  if (latin > 3 * cyrillic) return 'en';
  return count(belarusianLetters) > count(russianLetters) ? 'be' : 'ru';
}
