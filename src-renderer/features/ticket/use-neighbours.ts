import { useEffect, useState } from 'react';
import type { TicketId } from '#shared/ids.ts';
import type { Neighbours } from '../../cache/cache-views.ts';
import { useDesk } from '../../state/desk-context.ts';
import { useQueueListing } from '../../state/queue-view.ts';

/** What stands around a ticket in the list on screen. */
export interface Around {
  /** Asked anew as the list changes; null until known. */
  readonly known: Neighbours | null;
  readonly ask: () => Promise<Neighbours>;
}

/** Follows what stands around a ticket in the list on screen. */
export function useNeighbours(ticketId: TicketId): Around {
  const { cache } = useDesk();
  const listing = useQueueListing();
  const [around, setAround] = useState<{
    readonly ticketId: TicketId;
    readonly found: Neighbours;
  } | null>(null);
  useEffect(() => {
    let current = true;
    // One row is watched to hear of changes; what stands around is then asked for.
    const stop = cache.watchQueue({ ...listing, first: 0, count: 1 }, () => {
      void cache.neighbours(ticketId, listing).then((found) => {
        if (current) setAround({ ticketId, found });
      });
    });
    return () => {
      current = false;
      stop();
    };
  }, [cache, listing, ticketId]);
  return {
    known: around?.ticketId === ticketId ? around.found : null,
    ask: async () => cache.neighbours(ticketId, listing),
  };
}
