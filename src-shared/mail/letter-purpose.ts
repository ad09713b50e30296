import { Type, type Static } from 'typebox';

/**
 * Why the service writes a letter.
 *
 * - answer: to the client and participants of a ticket
 * - letter: the first word on a ticket that an agent began
 * - forward: to somebody outside of the ticket, who thereby takes no part in it
 */
export const LetterPurposeSchema = Type.Union([
  Type.Literal('answer'),
  Type.Literal('letter'),
  Type.Literal('forward'),
]);
export type LetterPurpose = Static<typeof LetterPurposeSchema>;
