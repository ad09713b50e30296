import type { Change } from '#shared/protocol/changes.ts';
import type { Letter } from '#shared/ticket/letter.ts';
import type {
  CacheClient,
  CacheState,
  OutboxView,
  Profile,
  QueueListing,
  QueueView,
  TicketView,
} from '#renderer/cache/cache-client.ts';
import { Cache } from '#renderer/cache/cache.ts';
import { PortClient } from '#renderer/cache/port-client.ts';
import { noFilter } from '#renderer/cache/queue-listing.ts';
import { servePort } from '#renderer/cache/serve-port.ts';
import { agentId, mondayMorning, sampleTicketId } from './samples.ts';
import { ScriptedStreams } from './scripted-streams.ts';

const deadlineMs = 20_000;
let profiles = 0;

/** A key of 32 equal bytes. */
export function sampleKey(byte: number): string {
  return btoa(String.fromCharCode(byte).repeat(32));
}

/** A profile that no other test uses. */
export function newProfile(): Profile {
  const profileId = `${Date.now().toString(16)}${(profiles++).toString(16)}`.padStart(32, '0');
  return { profileId, agentId, keyBase64: sampleKey(1) };
}

/** Everything that is not closed, in the queue's order. */
export const wholeQueue: QueueListing = { section: 'all', filter: noFilter, order: 'queue' };

/** A cache with one window, streams in the test's hands, and a clock that stands still until it is moved. */
export class CacheDesk {
  readonly streams = new ScriptedStreams();
  readonly client: CacheClient;
  now = mondayMorning;
  readonly #alarms = new Set<{ readonly at: number; readonly ring: () => void }>();
  readonly #cache: Cache;
  readonly #window: PortClient;

  constructor() {
    this.#cache = new Cache({
      source: this.streams.source,
      clock: { now: () => this.now },

      random: () => 0,
      alarm: (at, ring) => {
        const alarm = { at, ring };
        this.#alarms.add(alarm);
        return () => this.#alarms.delete(alarm);
      },
    });
    this.#window = this.connect();
    this.client = this.#window;
  }

  /** Another window. */
  connect(): PortClient {
    const { port1, port2 } = new MessageChannel();
    servePort(this.#cache, port1);
    return new PortClient(port2);
  }

  /** When the next alarm rings. */
  get nextAlarm(): number {
    return Math.min(...Array.from(this.#alarms, ({ at }) => at));
  }

  async close(): Promise<void> {
    await this.client.close();
    this.#window.bye();
    this.#cache.end();
  }

  /** Sends changes as one page of the feed that ends at their last version. */
  sendChanges(...changes: Change[]): void {
    const next = changes.at(-1)?.version ?? 0;
    this.streams.changes.send({ type: 'changes', epoch: 'e1', next, changes });
  }

  /** The first view of a section, or of another listing, that is as wanted. */
  async queue(
    listing: QueueListing['section'] | Partial<QueueListing>,
    isWanted: (view: QueueView) => boolean,
    range = { first: 0, count: 50 },
  ): Promise<QueueView> {
    const wanted = typeof listing === 'string' ? { section: listing } : listing;
    return seen<QueueView>(
      (listener) => this.client.watchQueue({ ...wholeQueue, ...wanted, ...range }, listener),
      isWanted,
    );
  }

  /** Moves the clock; alarms on the way ring. */
  moveTo(now: number): void {
    this.now = now;
    for (const alarm of this.#alarms) {
      if (alarm.at > now) continue;
      this.#alarms.delete(alarm);
      alarm.ring();
    }
  }

  async ticket(number: number, isWanted: (view: TicketView | null) => boolean): Promise<TicketView | null> {
    return seen<TicketView | null>(
      (listener) => this.client.watchTicket(sampleTicketId(number), listener),
      isWanted,
    );
  }

  async outbox(isWanted: (view: OutboxView) => boolean): Promise<OutboxView> {
    return seen<OutboxView>((listener) => this.client.watchOutbox(listener), isWanted);
  }

  async quarantine(isWanted: (letters: readonly Letter[]) => boolean): Promise<readonly Letter[]> {
    return seen<readonly Letter[]>((listener) => this.client.watchQuarantine(listener), isWanted);
  }

  async state(isWanted: (state: CacheState) => boolean): Promise<CacheState> {
    return seen<CacheState>((listener) => this.client.watchState(listener), isWanted);
  }
}

/** Waits for the first value that is as wanted; says what came instead. */
async function seen<T>(
  watch: (listener: (value: T) => void) => () => void,
  isWanted: (value: T) => boolean,
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  let last: T | undefined;
  const timer = setTimeout(
    () => reject(new Error(`never seen; last was ${JSON.stringify(last)}`)),
    deadlineMs,
  );
  const stop = watch((value) => {
    last = value;
    if (isWanted(value)) resolve(value);
  });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    stop();
  }
}

/** Waits until a condition holds, looking often. */
export async function until(isSo: () => boolean): Promise<void> {
  const end = Date.now() + deadlineMs;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`never so: ${isSo.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
