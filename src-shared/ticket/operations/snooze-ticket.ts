import { Type, type Static } from 'typebox';
import { MomentSchema } from '../../moment.ts';
import { err, ok, type Result } from '../../result.ts';
import type { Author } from '../author.ts';
import type { Rejection } from '../rejection.ts';
import type { Ticket } from '../ticket.ts';
import { operationHead } from './operation-head.ts';

/** Puts a ticket out of sight until a moment, or (null) brings it back. */
export const SnoozeTicketSchema = Type.Object({
  ...operationHead,
  kind: Type.Literal('snooze-ticket'),
  until: Type.Union([MomentSchema, Type.Null()]),
});
export type SnoozeTicket = Static<typeof SnoozeTicketSchema>;

/** The deadline runs on meanwhile: looking away is no reason to answer later (regulation §3). */
export function snoozeTicket(
  ticket: Ticket,
  { until, madeAt }: SnoozeTicket,
  author: Author,
): Result<Ticket, Rejection> {
  if (ticket.status === 'closed') return err({ kind: 'closed' });
  if (until === null) return ok({ ...ticket, snooze: null });
  if (until <= madeAt) return err({ kind: 'moment-passed' });
  return ok({ ...ticket, snooze: { until, agentId: author.agentId } });
}
