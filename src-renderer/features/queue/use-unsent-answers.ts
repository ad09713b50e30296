import { useMemo } from 'react';
import type { OutgoingState } from '#shared/bridge/draft.ts';
import type { TicketId } from '#shared/ids.ts';
import { useDesk } from '../../state/desk-context.ts';
import { useOutbox } from '../../state/use-outbox.ts';

/** Where the newest letter of each ticket stands, unless it has left. */
export function useUnsentAnswers(): ReadonlyMap<TicketId, OutgoingState> {
  const outgoing = useOutbox(useDesk().cache)?.outgoing;
  return useMemo(() => {
    const unsent = (outgoing ?? []).filter(({ state }) => state !== 'sent');
    const inOrder = unsent.toSorted((a, b) => a.queuedAt - b.queuedAt);
    return new Map(inOrder.map(({ ticketId, state }) => [ticketId, state]));
  }, [outgoing]);
}
