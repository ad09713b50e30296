import { useEffect, useState } from 'react';
import type { TicketId } from '#shared/ids.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { useDesk } from '../../../state/desk-context.ts';

/** Other tickets by their ids, kept up to date; null for one that is not on this desk (yet), nothing before it is known. */
export function useTickets(ids: readonly TicketId[]): ReadonlyMap<TicketId, Ticket | null> {
  const { cache } = useDesk();
  const [seen, setSeen] = useState<ReadonlyMap<TicketId, Ticket | null>>(new Map());
  const joined = ids.join(' ');
  useEffect(() => {
    const wanted = joined === '' ? [] : (joined.split(' ') as TicketId[]);
    const stops = wanted.map((id) =>
      cache.watchTicket(id, (view) => {
        setSeen((before) => new Map(before).set(id, view?.ticket ?? null));
      }),
    );
    return () => {
      for (const stop of stops) stop();
    };
  }, [cache, joined]);
  return seen;
}
