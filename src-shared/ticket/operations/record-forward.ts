import { Type, type Static } from 'typebox';
import { MomentSchema } from '../../moment.ts';
import type { RuleBook } from '../../regulation/rule-book.ts';
import { ok, type Result } from '../../result.ts';
import { withoutOutsideAnswer } from '../apply-letter.ts';
import { MailboxAddressSchema } from '../letter.ts';
import type { Rejection } from '../rejection.ts';
import type { Ticket } from '../ticket.ts';
import { operationHead } from './operation-head.ts';

/**
 * States that a letter of the ticket was passed on to somebody outside of it.
 *
 * No answer to the client: no clock stops, and whoever it went to takes no part in the ticket (regulation §5).
 */
export const RecordForwardSchema = Type.Object({
  ...operationHead,
  kind: Type.Literal('record-forward'),
  messageId: Type.String({ maxLength: 998 }),
  /** The server's acceptance, by the corrected clock. */
  forwardedAt: MomentSchema,
  from: MailboxAddressSchema,
  to: Type.Array(MailboxAddressSchema, { maxItems: 100 }),
  cc: Type.Array(MailboxAddressSchema, { maxItems: 100 }),
  subject: Type.String({ maxLength: 4000 }),
});
export type RecordForward = Static<typeof RecordForwardSchema>;

/**
 * Never refused for the ticket's state: the letter has left.
 *
 * Its copy in Sent may have been found first, and taken for an answer where nobody had announced the forward: then it
 * is counted already, and the answer is taken back.
 */
export function recordForward(
  ticket: Ticket,
  { messageId, forwardedAt }: RecordForward,
  rules: RuleBook,
): Result<Ticket, Rejection> {
  const current = withoutOutsideAnswer(ticket, messageId, rules);
  return ok({
    ...current,
    letterCount: ticket.letterCount + (current === ticket ? 1 : 0),
    lastLetterAt: Math.max(current.lastLetterAt, forwardedAt),
  });
}
