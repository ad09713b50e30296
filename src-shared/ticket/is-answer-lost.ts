import { decisiveAnswer } from './decisive-answer.ts';
import type { Ticket } from './ticket.ts';

/**
 * Whether a mail server said that a ticket's last answer will not arrive, for one of its recipients at least: the client
 * may know nothing. Another answer makes up for it, and so does closing the ticket.
 */
export function isAnswerLost({ status, events }: Pick<Ticket, 'status' | 'events'>): boolean {
  if (status === 'closed') return false;
  const last = decisiveAnswer({ events });
  if (last === null) return false;
  return events.some(
    (event) =>
      event.kind === 'bounce' &&
      event.messageId === last.messageId &&
      event.recipients.some(({ permanent }) => permanent),
  );
}
