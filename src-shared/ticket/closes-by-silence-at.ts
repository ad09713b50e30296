import type { Rules } from '../regulation/rule-book.ts';
import { closesAt } from '../sla/closing.ts';
import { postponedUntil } from './postponed-until.ts';
import type { Ticket } from './ticket.ts';

/** When silence of the client closes a ticket; null where it does not, as long as it is postponed to a named day. */
export function closesBySilenceAt(ticket: Ticket, { closing, calendar }: Rules): number | null {
  if (ticket.status !== 'waiting' || postponedUntil(ticket) !== null) return null;
  return closesAt(ticket.events, closing, calendar);
}
