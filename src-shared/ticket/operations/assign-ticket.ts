import { Type, type Static } from 'typebox';
import { AgentIdSchema } from '../../ids.ts';
import { err, ok, type Result } from '../../result.ts';
import { roleAllows, type Author } from '../author.ts';
import type { Rejection } from '../rejection.ts';
import type { Ticket } from '../ticket.ts';
import { operationHead } from './operation-head.ts';

/** Makes a ticket somebody's job, or nobody's. */
export const AssignTicketSchema = Type.Object({
  ...operationHead,
  kind: Type.Literal('assign-ticket'),
  assigneeId: Type.Union([AgentIdSchema, Type.Null()]),
});
export type AssignTicket = Static<typeof AssignTicketSchema>;

/** A colleague's claimed ticket may be given away from senior on; a claim of anybody but the new assignee ends. */
export function assignTicket(
  ticket: Ticket,
  { assigneeId, madeAt }: AssignTicket,
  author: Author,
): Result<Ticket, Rejection> {
  if (ticket.status === 'closed') return err({ kind: 'closed' });
  const { holder } = ticket;
  const heldByOther = holder !== null && holder.agentId !== author.agentId && holder.until > madeAt;
  if (heldByOther && holder.agentId !== assigneeId && !roleAllows(author.role, 'senior')) {
    return err({ kind: 'held-by-other', agentId: holder.agentId, until: holder.until });
  }
  return ok({ ...ticket, assigneeId, holder: holder?.agentId === assigneeId ? holder : null });
}
