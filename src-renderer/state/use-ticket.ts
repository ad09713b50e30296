import { useEffect, useState } from 'react';
import { Equal as isEqual } from 'typebox/value';
import type { TicketId } from '#shared/ids.ts';
import type { CacheClient } from '../cache/cache-client.ts';
import type { TicketView } from '../cache/cache-views.ts';
import { ticketAhead } from './tickets-ahead.ts';

/** An agent sees a change of tickets, not a page that blinks, as long as the next one comes within this time. */
const patienceMs = 300;

/** A ticket on screen: not yet known, not there, or there. */
export type TicketOnScreen =
  | { readonly state: 'loading' }
  | { readonly state: 'missing' }
  | { readonly state: 'here'; readonly view: TicketView };

interface Seen {
  readonly ticketId: TicketId;
  readonly view: TicketView | null;
}

/**
 * A ticket with its letters and what is pending of it, kept up to date by the cache.
 *
 * One that is at hand is there at once. While another is on its way the one before stays, unless that takes long.
 */
export function useTicket(cache: CacheClient, ticketId: TicketId): TicketOnScreen {
  const [wanted, setWanted] = useState<TicketId | null>(null);
  const [seen, setSeen] = useState<Seen | null>(null);
  const [lateId, setLateId] = useState<TicketId | null>(null);
  if (wanted !== ticketId) {
    setWanted(ticketId);
    const view = ticketAhead(ticketId);
    if (view !== null) setSeen({ ticketId, view });
  }
  useEffect(() => {
    const timer = setTimeout(() => setLateId(ticketId), patienceMs);
    const stop = cache.watchTicket(ticketId, (view) => {
      clearTimeout(timer);
      // What was at hand need not be drawn anew.
      setSeen((before) =>
        before?.ticketId === ticketId && isEqual(before.view, view) ? before : { ticketId, view },
      );
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [cache, ticketId]);
  const isHere = seen?.ticketId === ticketId;
  if (seen === null || (!isHere && (seen.view === null || lateId === ticketId))) return { state: 'loading' };
  return seen.view === null ? { state: 'missing' } : { state: 'here', view: seen.view };
}
