import type { Ticket } from './ticket.ts';

/** When somebody looks again at a ticket whose solution was put off; null where it was not, or the day has come. */
export function postponedUntil({ status, reason }: Pick<Ticket, 'status' | 'reason'>): number | null {
  return status === 'closed' ? null : (reason?.lookAgainAt ?? null);
}
