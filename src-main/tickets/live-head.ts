import { Value } from 'typebox/value';
import { FeedHeadSchema, type FeedHead } from '#shared/protocol/changes.ts';
import type { ApiClient } from './api-client.ts';
import { serverSentEvents } from './event-stream.ts';
import { backOffMs, type BackOff, type Scheduler } from '../scheduler.ts';

/** The API says something at least every 15 seconds; a line that is silent for longer is dead. */
const silenceMs = 45_000;

const backOff: BackOff = { firstMs: 1_000, maxMs: 30_000 };

/**
 * Tells whenever the feed may have moved: the head that the API announced, or null for "connected" and
 * "cut off": ask yourself.
 *
 * Connects again by itself, with jitter, until the signal aborts. A hint, nothing more: pulling finds the truth.
 */
export async function* liveHeads(
  api: Pick<ApiClient, 'openStream'>,
  scheduler: Scheduler,
  signal: AbortSignal,
): AsyncGenerator<FeedHead | null> {
  let failures = 0;
  while (!signal.aborted) {
    const stream = await api.openStream('/v1/changes/live', { signal, silenceMs });
    if (stream.ok) {
      // Whatever happened while nobody listened is found by asking.
      yield null;
      try {
        for await (const { event, data } of serverSentEvents(stream.value)) {
          failures = 0;
          const head = event === 'head' ? parseHead(data) : null;
          if (head !== null) yield head;
        }
      } catch {
        // Broken or silent: the same as an end.
      }
      // The API may be gone: asking shows it at once, not with the next poll.
      yield null;
    }
    failures += 1;
    await scheduler.delay(backOffMs(backOff, failures, scheduler.random()), signal);
  }
}

function parseHead(data: string): FeedHead | null {
  try {
    const value: unknown = JSON.parse(data);
    return Value.Check(FeedHeadSchema, value) ? value : null;
  } catch {
    return null;
  }
}
