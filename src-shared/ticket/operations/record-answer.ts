import { Type, type Static } from 'typebox';
import { MomentSchema } from '../../moment.ts';
import { AnswerKindSchema } from '../../regulation/answer-kind.ts';
import type { RuleBook } from '../../regulation/rule-book.ts';
import { ok, type Result } from '../../result.ts';
import { applyAnswer } from '../apply-letter.ts';
import type { Author } from '../author.ts';
import { MailboxAddressSchema } from '../letter.ts';
import type { Rejection } from '../rejection.ts';
import type { Ticket } from '../ticket.ts';
import { operationHead } from './operation-head.ts';

/**
 * States that an answer left by SMTP: the answer and the change of the ticket's state are this one operation, so that
 * neither can arrive without the other.
 */
export const RecordAnswerSchema = Type.Object({
  ...operationHead,
  kind: Type.Literal('record-answer'),
  messageId: Type.String({ maxLength: 998 }),
  answerKind: AnswerKindSchema,
  /** The server's acceptance, by the corrected clock: the reaction moment. */
  answeredAt: MomentSchema,
  from: MailboxAddressSchema,
  /** Recipients that the server accepted, or deferred; never Bcc. */
  to: Type.Array(MailboxAddressSchema, { maxItems: 100 }),
  cc: Type.Array(MailboxAddressSchema, { maxItems: 100 }),
  subject: Type.String({ maxLength: 4000 }),
  /** Ids that the answer refers to, so that a follow-up to any of them finds this ticket. */
  references: Type.Array(Type.String({ maxLength: 998 }), { maxItems: 1000 }),
  /**
   * Feed version of the ticket that the answer was written against: whoever was taken out of the ticket after that is not
   * let in again by having got it. Absent: the agent knew, and sent it to them all the same.
   */
  ticketVersion: Type.Optional(Type.Integer({ minimum: 0 })),
});
export type RecordAnswer = Static<typeof RecordAnswerSchema>;

/** Never refused for the ticket's state: the letter has left, no rule may cancel a human answer. */
export function recordAnswer(
  ticket: Ticket,
  operation: RecordAnswer,
  author: Author,
  rules: RuleBook,
): Result<Ticket, Rejection> {
  const { answeredAt: at, answerKind, messageId } = operation;
  const answered = applyAnswer(ticket, { at, answerKind, messageId, agentId: author.agentId }, rules);
  const holder = ticket.holder?.agentId === author.agentId ? null : ticket.holder;
  return ok({ ...answered, holder });
}
