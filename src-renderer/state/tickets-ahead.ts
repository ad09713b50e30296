import { useEffect } from 'react';
import type { TicketId } from '#shared/ids.ts';
import type { CacheClient } from '../cache/cache-client.ts';
import type { TicketView } from '../cache/cache-views.ts';

interface Ahead {
  /** Null until the cache has answered, and for a ticket that is not there. */
  view: TicketView | null;
  /** How many ask for it. */
  wanted: number;
  readonly stop: () => void;
}

const tickets = new Map<TicketId, Ahead>();

/** A ticket that is at hand, as it is now; null for any other. */
export function ticketAhead(ticketId: TicketId): TicketView | null {
  return tickets.get(ticketId)?.view ?? null;
}

/**
 * Keeps a ticket at hand, and up to date, that is likely to be opened next: the one under the cursor, or the one after
 * that on screen. It is then drawn with the key itself. Null for none.
 *
 * It is asked for when the page has nothing else to do.
 */
export function useTicketAhead(cache: CacheClient, ticketId: TicketId | null): void {
  useEffect(() => {
    if (ticketId === null) return;
    let letGo: (() => void) | null = null;
    const idle = requestIdleCallback(
      () => {
        letGo = keepAhead(cache, ticketId);
      },
      { timeout: 200 },
    );
    return () => {
      cancelIdleCallback(idle);
      letGo?.();
    };
  }, [cache, ticketId]);
}

/** Answers what lets go of it again. */
export function keepAhead(cache: Pick<CacheClient, 'watchTicket'>, ticketId: TicketId): () => void {
  const kept = tickets.get(ticketId) ?? begin(cache, ticketId);
  kept.wanted += 1;
  return () => {
    kept.wanted -= 1;
    if (kept.wanted > 0) return;
    kept.stop();
    tickets.delete(ticketId);
  };
}

function begin(cache: Pick<CacheClient, 'watchTicket'>, ticketId: TicketId): Ahead {
  const stop = cache.watchTicket(ticketId, (view) => {
    begun.view = view;
  });
  const begun: Ahead = { view: null, wanted: 0, stop };
  tickets.set(ticketId, begun);
  return begun;
}
