import { useEffect, useState } from 'react';
import type { Outgoing, OutgoingState } from '#shared/bridge/draft.ts';
import type { TicketId } from '#shared/ids.ts';
import { useDesk } from '../../state/desk-context.ts';

type Answers = ReadonlyMap<TicketId, OutgoingState>;

/**
 * Where the newest letter of each ticket stands, unless it has left.
 *
 * The same object until one of them moves: the outbox also tells of each draft that is saved, and nobody who types is
 * to wait for the queue to be drawn.
 */
export function useUnsentAnswers(): Answers {
  const { cache } = useDesk();
  const [answers, setAnswers] = useState<Answers>(new Map());
  useEffect(
    () =>
      cache.watchOutbox(({ outgoing }) => {
        const newest = unsentAnswers(outgoing);
        setAnswers((before) => (isSame(before, newest) ? before : newest));
      }),
    [cache],
  );
  return answers;
}

function unsentAnswers(outgoing: readonly Outgoing[]): Answers {
  const unsent = outgoing.filter(({ state }) => state !== 'sent');
  const inOrder = unsent.toSorted((a, b) => a.queuedAt - b.queuedAt);
  return new Map(inOrder.map(({ ticketId, state }) => [ticketId, state]));
}

function isSame(a: Answers, b: Answers): boolean {
  return a.size === b.size && [...a].every(([ticketId, state]) => b.get(ticketId) === state);
}
