import { useEffect, useState } from 'react';
import type { QueueSection } from '#shared/protocol/queue.ts';
import type { CacheClient } from '../cache/cache-client.ts';
import type { QueueView } from '../cache/cache-views.ts';

const pageSize = 50;

/** A range of a section's rows, with the section it belongs to. */
export interface QueueWindow extends QueueView {
  readonly section: QueueSection;
  readonly first: number;
}

/**
 * Rows around a visible range, kept up to date by the cache.
 *
 * Ranges are widened to whole pages, so that scrolling by a row does not ask anew. Null until the section's first
 * answer; while another range loads, the last one stays.
 */
export function useQueue(
  cache: CacheClient,
  section: QueueSection,
  visible: { readonly first: number; readonly count: number },
): QueueWindow | null {
  const [window, setWindow] = useState<QueueWindow | null>(null);
  const first = Math.max(0, Math.floor(visible.first / pageSize) - 1) * pageSize;
  const last = (Math.floor((visible.first + visible.count) / pageSize) + 2) * pageSize;
  useEffect(
    () =>
      cache.watchQueue({ section, first, count: last - first }, (view) => {
        setWindow({ ...view, section, first });
      }),
    [cache, section, first, last],
  );
  return window?.section === section ? window : null;
}
