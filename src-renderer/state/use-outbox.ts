import { useEffect, useState } from 'react';
import type { CacheClient } from '../cache/cache-client.ts';
import type { OutboxView } from '../cache/cache-views.ts';

/** Everything that is not confirmed or not sent yet; null until the cache has said so. */
export function useOutbox(cache: CacheClient): OutboxView | null {
  const [outbox, setOutbox] = useState<OutboxView | null>(null);
  useEffect(() => cache.watchOutbox(setOutbox), [cache]);
  return outbox;
}
