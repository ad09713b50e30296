import { Type, type Static } from 'typebox';
import { MomentSchema } from '../../moment.ts';
import { err, ok, type Result } from '../../result.ts';
import type { Author } from '../author.ts';
import type { Rejection } from '../rejection.ts';
import type { Ticket } from '../ticket.ts';
import { OvertookSchema } from '../overtook.ts';
import { operationHead } from './operation-head.ts';

/** Takes a ticket into work until it is released, answered or `until` (the end of the working day). */
export const ClaimTicketSchema = Type.Object({
  ...operationHead,
  kind: Type.Literal('claim-ticket'),
  until: MomentSchema,
  /** Tickets that nobody held and whose turn came first: a pick out of order leaves its trace (regulation §3). */
  overtook: Type.Optional(OvertookSchema),
});
export type ClaimTicket = Static<typeof ClaimTicketSchema>;

/** Refused while somebody else's claim lasts; repeating one's own claim extends it. */
export function claimTicket(
  ticket: Ticket,
  operation: ClaimTicket,
  author: Author,
): Result<Ticket, Rejection> {
  if (ticket.status === 'closed') return err({ kind: 'closed' });
  const { holder } = ticket;
  if (holder !== null && holder.agentId !== author.agentId && holder.until > operation.madeAt) {
    return err({ kind: 'held-by-other', agentId: holder.agentId, until: holder.until });
  }
  return ok({ ...ticket, holder: { agentId: author.agentId, until: operation.until } });
}
