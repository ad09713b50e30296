import { Type } from 'typebox';
import type { Language } from '../text/language.ts';
import { LocalisedTextSchema } from './fact.ts';

/**
 * A letter that the service sends by itself. `receipt` tells a client whose letter opened a ticket that it arrived, and
 * by when it will be answered; it is no reaction (regulation §1) and stops no clock.
 */
export const AutomaticLetterSchema = Type.Object(
  {
    id: Type.Literal('receipt'),
    enabled: Type.Boolean(),
    /** `{{number}}`, `{{deadline}}` and `{{subject}}` are filled from the ticket. */
    text: LocalisedTextSchema,
  },
  { additionalProperties: false },
);

/** What the text of an automatic letter can be filled with. */
export const automaticLetterSlots = ['number', 'deadline', 'subject'] as const;
export type AutomaticLetterSlot = (typeof automaticLetterSlots)[number];

/**
 * The language to write in to a client of whom no more than a subject is known: Belarusian and English where it can be
 * nothing else, otherwise Russian.
 */
export function languageForSubject(subject: string): Language {
  if (/[ўі]/iu.test(subject) && !/[ищъ]/iu.test(subject)) return 'be';
  const words = subject.match(/\p{Script=Latin}{2,}/gu) ?? [];
  return words.length >= 3 && !/\p{Script=Cyrillic}/u.test(subject) ? 'en' : 'ru';
}
