import { useEffect, useState } from 'react';
import type { TicketId } from '#shared/ids.ts';
import type { CacheClient } from '../cache/cache-client.ts';
import type { TicketView } from '../cache/cache-views.ts';

/** A ticket on screen: not yet known, not there, or there. */
export type TicketOnScreen =
  | { readonly state: 'loading' }
  | { readonly state: 'missing' }
  | { readonly state: 'here'; readonly view: TicketView };

/** A ticket with its letters and what is pending of it, kept up to date by the cache. */
export function useTicket(cache: CacheClient, ticketId: TicketId): TicketOnScreen {
  const [seen, setSeen] = useState<{ ticketId: TicketId; view: TicketView | null } | null>(null);
  useEffect(() => cache.watchTicket(ticketId, (view) => setSeen({ ticketId, view })), [cache, ticketId]);
  if (seen?.ticketId !== ticketId) return { state: 'loading' };
  return seen.view === null ? { state: 'missing' } : { state: 'here', view: seen.view };
}
