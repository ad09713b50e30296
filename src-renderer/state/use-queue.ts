import { useEffect, useState } from 'react';
import { Equal as isEqual } from 'typebox/value';
import type { CacheClient } from '../cache/cache-client.ts';
import type { QueueListing, QueueRow, QueueView } from '../cache/cache-views.ts';

const pageSize = 25;

/** A range of a listing's rows, with the listing it belongs to. */
export interface QueueWindow extends QueueView {
  readonly listing: QueueListing;
  readonly first: number;
}

/**
 * Rows around a visible range, kept up to date by the cache.
 *
 * Ranges are widened to whole pages, so that scrolling by a row does not ask anew. Null until the first answer; while
 * another listing or range loads, the last one stays.
 */
export function useQueue(
  cache: CacheClient,
  listing: QueueListing,
  visible: { readonly first: number; readonly count: number },
): QueueWindow | null {
  const [window, setWindow] = useState<QueueWindow | null>(null);
  const first = Math.max(0, Math.floor(visible.first / pageSize) - 1) * pageSize;
  const last = (Math.floor((visible.first + visible.count) / pageSize) + 2) * pageSize;
  useEffect(
    () =>
      cache.watchQueue({ ...listing, first, count: last - first }, (view) => {
        setWindow((before) => ({
          ...view,
          rows: withKnown(view.rows, before?.rows ?? []),
          counts: before !== null && isEqual(before.counts, view.counts) ? before.counts : view.counts,
          listing,
          first,
        }));
      }),
    [cache, listing, first, last],
  );
  return window;
}

/** The rows with those that were there already in place of equal ones, so that they need not be drawn again. */
function withKnown(rows: readonly QueueRow[], known: readonly QueueRow[]): readonly QueueRow[] {
  const byId = new Map(known.map((row) => [row.ticket.id, row]));
  return rows.map((row) => {
    const before = byId.get(row.ticket.id);
    return before !== undefined && isEqual(before, row) ? before : row;
  });
}
