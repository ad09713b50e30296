import type { Ticket, TicketEvent } from './ticket.ts';

type AnswerEvent = Extract<TicketEvent, { readonly kind: 'answer' }>;

/**
 * The answer on which a ticket rests: the last that a human gave, notices apart, and only where there is none the last
 * of any kind. By it silence closes, and it is missed when it does not arrive.
 */
export function decisiveAnswer({ events }: Pick<Ticket, 'events'>): AnswerEvent | null {
  const answers = events.filter((event) => event.kind === 'answer');
  return (
    answers.findLast(({ human, answerKind }) => human && answerKind !== 'notice') ?? answers.at(-1) ?? null
  );
}
