import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { noFilter } from '../../cache/queue-listing.ts';
import { useDesk } from '../../state/desk-context.ts';

const shownTickets = 4;
const typingMs = 200;

/** Tickets that are not closed and have `text` in number, subject, client, address or phone; none for null. */
export function useOpenTickets(text: string | null): readonly Ticket[] {
  const { cache } = useDesk();
  const [wanted] = useDebouncedValue(text, typingMs);
  const [found, setFound] = useState<{ text: string; tickets: readonly Ticket[] } | null>(null);
  useEffect(() => {
    if (wanted === null) return;
    return cache.watchQueue(
      {
        section: 'all',
        filter: { ...noFilter, text: wanted },
        order: 'queue',
        first: 0,
        count: shownTickets,
      },
      ({ rows }) => setFound({ text: wanted, tickets: rows.map(({ ticket }) => ticket) }),
    );
  }, [cache, wanted]);
  return wanted !== null && found?.text === wanted ? found.tickets : [];
}
