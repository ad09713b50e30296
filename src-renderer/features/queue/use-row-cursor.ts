import { useEffect, useEffectEvent, useState } from 'react';
import type { TicketId } from '#shared/ids.ts';
import type { QueueListing, QueueRow } from '../../cache/cache-views.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import type { QueueWindow } from '../../state/use-queue.ts';

/** The row that the keys act on. */
export interface RowCursor {
  readonly index: number;
  /** Undefined while it is not known yet, and while nothing is listed. */
  readonly row: QueueRow | undefined;
  readonly moveTo: (index: number) => void;
}

interface Place {
  readonly index: number;
  /** Whether the agent put the cursor there, or it only began there. */
  readonly isChosen: boolean;
  /** Null until the row is known. */
  readonly id: TicketId | null;
}

const top: Place = { index: 0, isChosen: false, id: null };

/**
 * Keeps the keys on one ticket.
 *
 * When rows come and go above, the cursor follows its ticket, and `on.shift` hears by how many rows, so that the list can
 * stay where it was under the agent's eyes; until the agent moved the cursor or scrolled, both stay at the top instead,
 * where the most urgent rows come in. When the ticket leaves, as after an answer, the next one takes its place.
 * A ticket that is opened in another way takes the cursor along.
 */
export function useRowCursor(
  listing: QueueListing,
  queue: QueueWindow | null,
  on: {
    readonly isScrolled: boolean;
    readonly show: (index: number) => void;
    readonly shift: (rows: number) => void;
  },
): RowCursor {
  const { cache } = useDesk();
  const ticketId = usePanels((panels) => panels.ticketId);
  const [place, setPlace] = useState(top);
  const [seen, setSeen] = useState<{ readonly listing: QueueListing; readonly queue: QueueWindow | null }>({
    listing,
    queue: null,
  });
  const [shift, setShift] = useState({ rows: 0 });
  if (seen.listing !== listing || seen.queue !== queue) {
    setSeen({ listing, queue });
    if (seen.listing !== listing) setPlace(top);
    else if (queue?.listing === listing) {
      const isKept = place.isChosen || on.isScrolled;
      const next = follow(isKept ? place : top, queue);
      setPlace(next.place);
      if (next.shift !== 0) setShift({ rows: next.shift });
    }
  }

  const shiftList = useEffectEvent((rows: number) => on.shift(rows));
  useEffect(() => {
    if (shift.rows !== 0) shiftList(shift.rows);
  }, [shift]);

  const showRow = useEffectEvent((index: number) => on.show(index));
  const findOpened = useEffectEvent(async (opened: TicketId) =>
    opened === place.id ? null : (await cache.neighbours(opened, listing)).place,
  );
  useEffect(() => {
    if (ticketId === null) return;
    let current = true;
    void findOpened(ticketId).then((index) => {
      if (!current || index === null) return;
      setPlace({ index, isChosen: true, id: ticketId });
      showRow(index);
    });
    return () => {
      current = false;
    };
  }, [ticketId]);

  const total = queue?.total ?? 0;
  const index = Math.max(0, Math.min(place.index, total - 1));
  return {
    index,
    row: queue?.rows[index - queue.first],
    moveTo: (wanted) => {
      const next = Math.max(0, Math.min(wanted, total - 1));
      setPlace({
        index: next,
        isChosen: true,
        id: queue?.rows[next - queue.first]?.ticket.id ?? null,
      });
      on.show(next);
    },
  };
}

/** Where the cursor is among newer rows, and by how many rows its ticket moved. */
function follow(place: Place, queue: QueueWindow): { readonly place: Place; readonly shift: number } {
  const index = Math.max(0, Math.min(place.index, queue.total - 1));
  const here = queue.rows[index - queue.first]?.ticket.id;
  // Out of what is known: nothing to be told of it.
  if (here === undefined || here === place.id) return { place: { ...place, index }, shift: 0 };
  const found = queue.rows.findIndex(({ ticket }) => ticket.id === place.id);
  if (place.id === null || found === -1) return { place: { ...place, index, id: here }, shift: 0 };
  return { place: { ...place, index: queue.first + found }, shift: queue.first + found - index };
}
