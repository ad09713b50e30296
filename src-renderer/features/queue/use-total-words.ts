import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '#shared/text/format-number.ts';
import type { QueueListing } from '../../cache/cache-views.ts';
import type { QueueWindow } from '../../state/use-queue.ts';

/** Somebody who types is not told of every letter. */
const settledMs = 600;

/**
 * How many tickets a listing has, for screen readers: said once for each listing, when the agent has settled on it.
 *
 * Tickets that come and go later are not said: that would be all day.
 */
export function useTotalWords(queue: QueueWindow | null, listing: QueueListing): string {
  const { t } = useTranslation();
  const [said, setSaid] = useState<{ readonly listing: QueueListing; readonly total: number } | null>(null);
  const total = queue?.listing === listing ? queue.total : null;
  const isSaid = said?.listing === listing;
  useEffect(() => {
    if (total === null || isSaid) return;
    const timer = setTimeout(() => setSaid({ listing, total }), settledMs);
    return () => clearTimeout(timer);
  }, [listing, total, isSaid]);
  return said === null ? '' : t('queue.total', { count: said.total, shown: formatNumber(said.total) });
}
