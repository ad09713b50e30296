import type { Ticket } from './ticket.ts';

type QueueKey = Pick<Ticket, 'critical' | 'reactionStartedAt' | 'receivedAt' | 'id'>;

/**
 * Orders the queue: critical first, then by the start of the open reaction period, then by id.
 *
 * First in, first out with an exception for critical cases (regulation §3). Tickets that await no reaction come last,
 * oldest first.
 */
export function compareInQueue(a: QueueKey, b: QueueKey): number {
  const critical = Number(b.critical !== null) - Number(a.critical !== null);
  if (critical !== 0) return critical;
  const waits = Number(a.reactionStartedAt === null) - Number(b.reactionStartedAt === null);
  if (waits !== 0) return waits;
  const start = (a.reactionStartedAt ?? a.receivedAt) - (b.reactionStartedAt ?? b.receivedAt);
  if (start !== 0) return start;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}
