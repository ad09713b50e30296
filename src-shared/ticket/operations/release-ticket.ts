import { Type, type Static } from 'typebox';
import { err, ok, type Result } from '../../result.ts';
import { roleAllows, type Author } from '../author.ts';
import type { Rejection } from '../rejection.ts';
import type { Ticket } from '../ticket.ts';
import { operationHead } from './operation-head.ts';

/** Gives a claimed ticket back to the queue. */
export const ReleaseTicketSchema = Type.Object({
  ...operationHead,
  kind: Type.Literal('release-ticket'),
});
export type ReleaseTicket = Static<typeof ReleaseTicketSchema>;

/** One's own claim at any time, a colleague's from senior on; releasing a free ticket changes nothing. */
export function releaseTicket(
  ticket: Ticket,
  _operation: ReleaseTicket,
  author: Author,
): Result<Ticket, Rejection> {
  const { holder } = ticket;
  if (holder === null) return ok(ticket);
  if (holder.agentId !== author.agentId && !roleAllows(author.role, 'senior')) {
    return err({ kind: 'held-by-other', agentId: holder.agentId, until: holder.until });
  }
  return ok({ ...ticket, holder: null });
}
