import { useEffect, useState } from 'react';
import type { TicketId } from '#shared/ids.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { noFilter } from '../../../cache/queue-listing.ts';
import { useDesk } from '../../../state/desk-context.ts';

const most = 8;

/** More than are shown: the ticket itself and merged ones are among them, as many as a client may have had. */
const asked = 50;

/**
 * Tickets that a text finds by number, subject or client, closed ones too, the newest first; without a text the
 * client's others. Null while the answer is on its way.
 */
export function useTicketSearch(text: string, ticket: Ticket): readonly Ticket[] | null {
  const { cache } = useDesk();
  const { address, phone, name } = ticket.client;
  const wanted = text.trim() || address || phone || name;
  const [found, setFound] = useState<{ wanted: string; tickets: readonly Ticket[] } | null>(null);
  useEffect(() => {
    if (wanted === '') return;
    return cache.watchQueue(
      {
        section: 'everywhere',
        filter: { ...noFilter, text: wanted },
        order: 'received-newest',
        first: 0,
        count: asked,
      },
      ({ rows }) => setFound({ wanted, tickets: rows.map((row) => row.ticket) }),
    );
  }, [cache, wanted]);
  if (wanted === '') return [];
  if (found?.wanted !== wanted) return null;
  return found.tickets.filter((other) => mayBeOther(other, ticket.id)).slice(0, most);
}

/** What was merged is no ticket to do anything with. */
function mayBeOther({ id, mergedInto }: Ticket, own: TicketId): boolean {
  return id !== own && mergedInto === null;
}
