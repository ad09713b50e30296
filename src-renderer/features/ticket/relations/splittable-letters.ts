import type { TicketLetter, TicketView } from '../../../cache/cache-views.ts';

/** The letters that can become a ticket of their own: those with which the client turned to the service. */
export function splittableLetters({
  ticket,
  letters,
}: Pick<TicketView, 'ticket' | 'letters'>): readonly TicketLetter[] {
  const contacts = new Set(
    ticket.events.flatMap((event) => (event.kind === 'client-contact' ? [event.letterId] : [])),
  );
  return letters.filter(({ id }) => contacts.has(id));
}

/** Whether there is something to split off that leaves a word of the client behind. */
export function canSplit(view: Pick<TicketView, 'ticket' | 'letters'>): boolean {
  const contacts = view.ticket.events.filter(({ kind }) => kind === 'client-contact').length;
  return contacts > 1 && splittableLetters(view).length > 0;
}
