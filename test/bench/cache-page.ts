import { noFilter, type QueueListing } from '#renderer/cache/queue-listing.ts';
import { connectCache, type CacheState, type Profile } from '#renderer/cache/cache-client.ts';

const cache = connectCache();
const wholeQueue: QueueListing = { section: 'all', filter: noFilter, order: 'queue' };

/** Opens the profile and waits until the cache is as wanted; answers the milliseconds that took. */
export async function openUntil(
  profile: Profile,
  wanted: 'letters' | 'tickets',
  count: number,
): Promise<number> {
  const begun = performance.now();
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop =
    wanted === 'letters'
      ? cache.watchState(({ letters }: CacheState) => {
          if (letters.inbox.letters === count && letters.inbox.synced) resolve();
        })
      : cache.watchQueue({ ...wholeQueue, first: 0, count: 40 }, ({ total, rows }) => {
          if (total === count && rows.length === 40) resolve();
        });
  await cache.open(profile);
  await promise;
  stop();
  return performance.now() - begun;
}

/** Milliseconds from asking for a range of the queue, or a letter, to having it. */
export async function ask(what: 'queue' | 'far-queue' | 'ticket', ticketId: string): Promise<number> {
  const begun = performance.now();
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop =
    what === 'ticket'
      ? cache.watchTicket(ticketId as Parameters<typeof cache.watchTicket>[0], () => resolve())
      : cache.watchQueue({ ...wholeQueue, first: what === 'queue' ? 0 : 60_000, count: 40 }, () => resolve());
  await promise;
  stop();
  return performance.now() - begun;
}
