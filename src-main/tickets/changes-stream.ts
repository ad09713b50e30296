import type { ChangesFrame, ChangesRequest } from '#shared/bridge/streams.ts';
import type { ApiClient } from './api-client.ts';
import { liveNews, type LiveNews } from './live-news.ts';
import { backOffMs, type BackOff, type Scheduler } from '../scheduler.ts';
import { Wake } from './wake.ts';

export interface ChangesSource {
  readonly api: Pick<ApiClient, 'call' | 'openStream'>;
  readonly scheduler: Scheduler;
  /** Pending operations are pushed before changes are pulled: resolves when that was tried. */
  readonly beforePull: () => Promise<void>;
  /** Told with every page, before its changes are: confirmed operations may have to be offered to a new epoch. */
  readonly onEpoch: (epoch: string) => Promise<void>;
  /** The reader has everything up to now. */
  readonly onCaughtUp: () => void;
  /** The next try after a failure; null when one succeeded. */
  readonly onRetry: (afterMs: number | null) => void;
  /** Everything that the live stream says. */
  readonly onLive?: (news: LiveNews) => void;
}

const pageLimit = 1000;
const backOff: BackOff = { firstMs: 1_000, maxMs: 60_000 };

/** Asked this often without any hint: a proxy may swallow the live stream. */
const pollMs = 60_000;

/**
 * The changes behind a reader's cursor: pages, `caught-up`, then whatever comes, until the signal aborts.
 *
 * A cursor of another epoch gets `reset` and everything from 0. Never throws; while the API is away it tries again,
 * with jitter, or at once when `retry` rings.
 */
export async function* changesFrames(
  source: ChangesSource,
  request: ChangesRequest,
  signal: AbortSignal,
  retry: Wake = new Wake(),
): AsyncGenerator<ChangesFrame> {
  const ended = new AbortController();
  const open = AbortSignal.any([signal, ended.signal]);
  const apiIsBack = new Wake();
  const listening = listen(source, retry, apiIsBack, open);
  let { epoch, after } = request;
  let failures = 0;
  let news = true;
  let reset = false;
  try {
    while (!open.aborted) {
      await source.beforePull();
      const query = { after, limit: pageLimit, ...(epoch === null ? {} : { epoch }) };
      const page = await source.api.call('pullChanges', { query }, { signal: open });
      const answered = page.ok ? page.value.epoch : page.error.kind === 'epoch-changed' ? '' : null;
      if (epoch !== null && answered !== null && answered !== epoch) {
        // Asked again without an epoch: the answer says which one it is now.
        [epoch, after, reset] = [null, 0, true];
      } else if (!page.ok) {
        failures += 1;
        const { retryAfterMs } = page.error;
        const waitMs = backOffMs(backOff, failures, source.scheduler.random(), retryAfterMs);
        if (!open.aborted) source.onRetry(waitMs);
        await retry.waitAtMost(waitMs, source.scheduler, open);
      } else if (reset) {
        reset = false;
        epoch = page.value.epoch;
        await source.onEpoch(epoch);
        yield { type: 'reset', epoch };
        // The page is left: what is offered again now goes first.
        news = true;
      } else {
        if (failures > 0) apiIsBack.ring();
        failures = 0;
        source.onRetry(null);
        const { next, head, more, changes } = page.value;
        epoch = page.value.epoch;
        await source.onEpoch(epoch);
        if (next > after || changes.length > 0) {
          after = next;
          news = true;
          yield { type: 'changes', epoch, next, head, changes };
        }
        if (more) continue;
        source.onCaughtUp();
        if (news) yield { type: 'caught-up' };
        news = false;
        await retry.waitAtMost(pollMs, source.scheduler, open);
      }
    }
  } finally {
    ended.abort();
    await listening;
  }
}

async function listen(
  source: ChangesSource,
  wake: Wake,
  apiIsBack: Wake,
  signal: AbortSignal,
): Promise<void> {
  for await (const news of liveNews(source.api, source.scheduler, signal, apiIsBack)) {
    source.onLive?.(news);
    // Who is at which ticket changes nothing in the feed.
    if (news.type !== 'presence') wake.ring();
  }
}
