import type { TSchema, Static } from 'typebox';
import { Value } from 'typebox/value';
import { FeedHeadSchema, type FeedHead } from '#shared/protocol/changes.ts';
import { PresenceSchema, type Presence } from '#shared/protocol/presence.ts';
import type { ApiClient } from './api-client.ts';
import { serverSentEvents } from './event-stream.ts';
import { backOffMs, type BackOff, type Scheduler } from '../scheduler.ts';
import { Wake } from './wake.ts';

/** What the live stream says; `connected` and `cut-off`: whoever wants to know more asks. */
export type LiveNews =
  | { readonly type: 'connected' | 'cut-off' }
  | { readonly type: 'head'; readonly head: FeedHead }
  | { readonly type: 'presence'; readonly presence: Presence };

/** The API says something at least every 15 seconds; a line that is silent for longer is dead. */
const silenceMs = 45_000;

const backOff: BackOff = { firstMs: 1_000, maxMs: 30_000 };

/**
 * Tells whenever the feed may have moved, and who is at which ticket, as the API announces it.
 *
 * Connects again by itself, with jitter, or at once when `retry` rings, until the signal aborts. Heads are hints, nothing
 * more: pulling finds the truth. What this desk cannot read, as events of a later API, is passed over.
 */
export async function* liveNews(
  api: Pick<ApiClient, 'openStream'>,
  scheduler: Scheduler,
  signal: AbortSignal,
  retry: Wake = new Wake(),
): AsyncGenerator<LiveNews> {
  let failures = 0;
  while (!signal.aborted) {
    const stream = await api.openStream('/v1/changes/live', { signal, silenceMs });
    if (stream.ok) {
      // Whatever happened while nobody listened is found by asking.
      yield { type: 'connected' };
      try {
        for await (const { event, data } of serverSentEvents(stream.value)) {
          failures = 0;
          const news = newsOf(event, data);
          if (news !== null) yield news;
        }
      } catch {
        // Broken or silent: the same as an end.
      }
      // The API may be gone: asking shows it at once, not with the next poll.
      yield { type: 'cut-off' };
    }
    failures += 1;
    await retry.waitAtMost(backOffMs(backOff, failures, scheduler.random()), scheduler, signal);
  }
}

function newsOf(event: string, data: string): LiveNews | null {
  if (event === 'head') {
    const head = parse(FeedHeadSchema, data);
    return head === null ? null : { type: 'head', head };
  }
  if (event === 'presence') {
    const presence = parse(PresenceSchema, data);
    return presence === null ? null : { type: 'presence', presence };
  }
  return null;
}

function parse<S extends TSchema>(schema: S, data: string): Static<S> | null {
  try {
    const value: unknown = JSON.parse(data);
    return Value.Check(schema, value) ? value : null;
  } catch {
    return null;
  }
}
