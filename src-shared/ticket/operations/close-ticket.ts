import { Type, type Static } from 'typebox';
import type { RuleBook } from '../../regulation/rule-book.ts';
import { err, ok, type Result } from '../../result.ts';
import { withEvents } from '../apply-letter.ts';
import type { Author } from '../author.ts';
import type { Rejection } from '../rejection.ts';
import { AgentClosingOutcomeSchema, type Ticket } from '../ticket.ts';
import { operationHead } from './operation-head.ts';

/** Ends a ticket. A later letter of the client opens it again. */
export const CloseTicketSchema = Type.Object({
  ...operationHead,
  kind: Type.Literal('close-ticket'),
  outcome: AgentClosingOutcomeSchema,
  /** Required, and not blank, for every outcome but `done`. */
  reason: Type.String({ maxLength: 2000 }),
});
export type CloseTicket = Static<typeof CloseTicketSchema>;

/** A client who waits for an answer cannot be closed as done: the regulation owes a reaction (§3). */
export function closeTicket(
  ticket: Ticket,
  { outcome, reason: given, madeAt }: CloseTicket,
  author: Author,
  rules: RuleBook,
): Result<Ticket, Rejection> {
  if (ticket.status === 'closed') return err({ kind: 'closed' });
  const reason = given.trim();
  if (outcome === 'done' && ticket.reactionStartedAt !== null) return err({ kind: 'unanswered' });
  if (outcome !== 'done' && reason === '') return err({ kind: 'reason-required' });
  // A desk's clock may run behind the letters it saw; the closing still comes after them.
  const at = Math.max(madeAt, ticket.lastLetterAt);
  const closed = withEvents(ticket, [...ticket.events, { kind: 'closing', at }], rules);
  return ok({
    ...closed,
    status: 'closed',
    holder: null,
    snooze: null,
    closing: { outcome, reason, at, agentId: author.agentId },
  });
}
