import { Type, type Static } from 'typebox';
import { MomentSchema } from '../../moment.ts';
import type { RuleBook } from '../../regulation/rule-book.ts';
import { err, ok, type Result } from '../../result.ts';
import { reopened } from '../apply-letter.ts';
import type { Author } from '../author.ts';
import type { Rejection } from '../rejection.ts';
import type { Ticket } from '../ticket.ts';
import { operationHead } from './operation-head.ts';

/** Takes a closed, or waiting, ticket back into the queue. */
export const ReopenTicketSchema = Type.Object({
  ...operationHead,
  kind: Type.Literal('reopen-ticket'),
  /** Only where a closing is undone: how the ticket stood before it. */
  restore: Type.Optional(
    Type.Object({
      status: Type.Union([Type.Literal('open'), Type.Literal('waiting')]),
      snoozedUntil: Type.Union([MomentSchema, Type.Null()]),
    }),
  ),
});
export type ReopenTicket = Static<typeof ReopenTicketSchema>;

/**
 * What was closed without an answer waits for it again, from the same moment as before. By hand a ticket becomes open,
 * also where nobody waits; undoing a closing leaves alone what somebody else, or a letter, has opened meanwhile.
 */
export function reopenTicket(
  ticket: Ticket,
  { restore, madeAt }: ReopenTicket,
  author: Author,
  rules: RuleBook,
): Result<Ticket, Rejection> {
  if (ticket.mergedInto !== null) return err({ kind: 'merged', into: ticket.mergedInto });
  if (ticket.status !== 'closed') {
    return ok(restore === undefined ? { ...ticket, status: 'open', snooze: null } : ticket);
  }
  const back = reopened(ticket, rules);
  if (restore === undefined) return ok({ ...back, status: 'open' });
  const { status, snoozedUntil } = restore;
  const isAhead = snoozedUntil !== null && snoozedUntil > madeAt;
  return ok({
    ...back,
    status: back.reactionStartedAt === null ? status : 'open',
    snooze: isAhead ? { until: snoozedUntil, agentId: author.agentId } : null,
  });
}
