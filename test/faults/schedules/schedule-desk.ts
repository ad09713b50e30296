import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { pendingFrames } from '#main/desk-streams.ts';
import { Journal } from '#main/journal/journal.ts';
import type { ApiClient } from '#main/tickets/api-client.ts';
import { ApiConnection } from '#main/tickets/api-connection.ts';
import { changesFrames } from '#main/tickets/changes-stream.ts';
import { DeskSession } from '#main/tickets/desk-session.ts';
import { Outbox } from '#main/tickets/outbox.ts';
import { Wake } from '#main/tickets/wake.ts';
import { jsonBytes } from '#renderer/cache/bytes.ts';
import { databaseName } from '#renderer/cache/database.ts';
import { Cache } from '#renderer/cache/cache.ts';
import type { WatchMessage } from '#renderer/cache/port-messages.ts';
import type { OutboxView, QueueView, TicketView } from '#renderer/cache/cache-views.ts';
import { noFilter } from '#renderer/cache/queue-listing.ts';
import type { Clock } from '#shared/clock.ts';
import type { OperationId, TicketId } from '#shared/ids.ts';
import type { Connection } from '#shared/bridge/desk-status.ts';
import type { ChangesFrame } from '#shared/bridge/streams.ts';
import type { Author } from '#shared/ticket/author.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import { ManualScheduler } from '#test/integration/tickets/manual-scheduler.ts';
import { cheapCost, MortalDisk, openKeyStore, password, quiet } from './desk-parts.ts';
import { KnownTickets } from './known-tickets.ts';
import type { FaultyWay } from './faulty-way.ts';

/** The part of the API's client through which a desk works; what a planted bug replaces. */
export type DeskApi = Pick<ApiClient, 'call' | 'subscribe' | 'openStream'>;

export interface ScheduleDeskOptions {
  readonly index: number;
  readonly login: string;
  readonly userData: string;
  readonly way: FaultyWay;
  readonly clock: Clock;
  /** No other schedule's: what the caches are kept under. */
  readonly name: string;
  /** A planted bug. */
  readonly bug?: ((api: DeskApi) => DeskApi) | undefined;
}

/** A desk at work: everything that ends with its process. */
interface Life {
  readonly session: DeskSession;
  readonly disk: MortalDisk;
  readonly journal: Journal;
  readonly outbox: Outbox;
  readonly scheduler: ManualScheduler;
  readonly cache: Cache;
  readonly pullNow: Wake;
  readonly closing: AbortController;
  readonly api: DeskApi;
  readonly author: Author;
  readonly connection: ApiConnection;
}

/** So long is waited for something that may not come, as a pull after a hint that says nothing new. */
const patienceMs = 400;

/**
 * One desk of a schedule, from the parts of the product: session, journal, outbox, changes stream and cache. It can be
 * killed and started again on its folder. Time passes for it when the schedule says so.
 */
export class ScheduleDesk {
  readonly index: number;
  readonly way: FaultyWay;
  /** What the feed has told the present cache. */
  known = new KnownTickets();
  readonly #options: ScheduleDeskOptions;
  #life: Life | null = null;
  #caches = 0;
  #pulled = Promise.withResolvers<void>();

  constructor(options: ScheduleDeskOptions) {
    this.#options = options;
    this.index = options.index;
    this.way = options.way;
  }

  /** Null while the desk is off, or nobody could log in. */
  get life(): Life | null {
    return this.#life;
  }

  /** Starts the desk, logging in where the API did not want the old session any more. True when it works. */
  async start(): Promise<boolean> {
    if (this.#life !== null && this.#life.session.state.state === 'signed-in') return true;
    await this.stop();
    const { userData, clock, login, way } = this.#options;
    const session = new DeskSession({ userData, keyStore: openKeyStore, clock, log: quiet, cost: cheapCost });
    await session.resume();
    if (session.state.state !== 'signed-in') {
      await session.logIn({ apiUrl: way.url, login, password, certificateAuthority: null });
    }
    const { current } = session;
    const agent = current?.keeper.secrets?.agent;
    if (current === null || agent === undefined) {
      await session.close();
      return false;
    }
    const disk = new MortalDisk();
    const opened = await Journal.open({
      dir: current.dir,
      key: current.vault.subKey('journal'),
      clock,
      disk,
    });
    if (!opened.ok) throw new Error(`the journal does not open: ${opened.error.kind}`);
    const journal = opened.value;
    const api = this.#options.bug?.(current.api) ?? current.api;
    const author = { agentId: agent.id, role: agent.role };
    const connection = new ApiConnection(clock, () => {});
    connection.signedIn();
    api.subscribe((problem) => connection.called(problem));
    const scheduler = new ManualScheduler();
    const epoch = current.keeper.secrets?.epoch ?? null;
    const outbox = new Outbox({ journal, api, author, epoch, clock, scheduler, log: quiet });
    const pullNow = new Wake();
    const closing = new AbortController();
    const cache = this.#makeCache({ api, scheduler, outbox, journal, pullNow, closing });
    this.#life = {
      session,
      disk,
      journal,
      outbox,
      scheduler,
      cache,
      pullNow,
      closing,
      api,
      author,
      connection,
    };
    outbox.start();
    const key = Buffer.from(current.vault.subKey('cache')).toString('base64');
    await cache.open({ profileId: this.#cacheName, agentId: agent.id, keyBase64: key });
    return true;
  }

  /** Ends the desk properly. */
  async stop(): Promise<void> {
    const life = this.#life;
    this.#life = null;
    if (life === null) return;
    life.closing.abort();
    life.cache.end();
    await life.outbox.close();
    await life.journal.close();
    await life.session.close();
  }

  /** Kills the desk: whatever is under way ends nowhere. */
  async crash(): Promise<void> {
    this.#life?.disk.die();
    await this.stop();
  }

  /** The cache is lost, and read anew. Only while the desk is off. */
  async wipeCache(): Promise<void> {
    await Dexie.delete(databaseName(this.#cacheName));
    this.#caches += 1;
    this.known = new KnownTickets();
  }

  /** Asks for changes now, and waits until they came or could not. */
  async pull(): Promise<void> {
    const next = this.#nextPull();
    this.#life?.pullNow.ring();
    await next;
  }

  /** Waits until the desk has asked for changes, for a while. */
  async #nextPull(): Promise<void> {
    if (this.#life === null) return;
    const timer = setTimeout(() => this.#pulled.resolve(), patienceMs);
    await this.#pulled.promise;
    clearTimeout(timer);
  }

  /** Waits until what the live stream said was followed. */
  async afterHints(): Promise<void> {
    await this.#nextPull();
  }

  /** Time passes: what waits at most so long tries again, and ends as it ends. */
  async pass(ms: number): Promise<void> {
    this.#life?.scheduler.pass(ms);
    // Only then is the outbox at it.
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    await this.#life?.outbox.afterPush();
  }

  /** What the status bar says of the API. */
  get problem(): Connection['problem'] {
    return this.#life?.connection.connection.problem ?? null;
  }

  /** Operations without an answer. */
  get waiting(): readonly OperationId[] {
    return this.#answered((answer) => answer === null);
  }

  get rejected(): readonly OperationId[] {
    return this.#answered((answer) => answer?.outcome === 'rejected');
  }

  has(id: OperationId): boolean {
    return this.#life?.journal.state.operations.has(id) ?? false;
  }

  /** True when it is on the desk's disk. */
  async submit(operation: Operation): Promise<boolean> {
    const submitted = await this.#life?.outbox.submit(operation);
    return submitted?.ok ?? false;
  }

  async ticket(ticketId: TicketId): Promise<TicketView | null> {
    return await this.#look<TicketView | null>({ type: 'watch', id: 0, name: 'ticket', query: { ticketId } });
  }

  async everything(): Promise<QueueView | null> {
    const query = { section: 'everywhere', filter: noFilter, order: 'number', first: 0, count: 500 } as const;
    return await this.#look<QueueView>({ type: 'watch', id: 0, name: 'queue', query });
  }

  async outboxView(): Promise<OutboxView | null> {
    return await this.#look<OutboxView>({ type: 'watch', id: 0, name: 'outbox', query: null });
  }

  /** Removes what the schedule left in memory. */
  async end(): Promise<void> {
    await this.stop();
    await Dexie.delete(databaseName(this.#cacheName));
  }

  get #cacheName(): string {
    return `${this.#options.name}-${String(this.index)}-${String(this.#caches)}`;
  }

  #answered(
    wanted: (answer: { readonly outcome: 'applied' | 'rejected' } | null) => boolean,
  ): readonly OperationId[] {
    const operations = this.#life?.journal.state.operations ?? new Map();
    return [...operations].flatMap(([id, { answer }]) => (wanted(answer) ? [id] : []));
  }

  /** One look at what a window would show; null when it shows nothing for long. */
  async #look<T>(message: WatchMessage): Promise<T | null> {
    const cache = this.#life?.cache;
    if (cache === undefined) return null;
    const { promise, resolve } = Promise.withResolvers<T | null>();
    const timer = setTimeout(() => resolve(null), 2_000);
    const handle = cache.watch(message, (value) => resolve(value as T));
    const value = await promise;
    clearTimeout(timer);
    handle.stop();
    return value;
  }

  #makeCache(life: Pick<Life, 'api' | 'scheduler' | 'outbox' | 'journal' | 'pullNow' | 'closing'>): Cache {
    const { api, scheduler, outbox, journal, pullNow, closing } = life;
    const ended = (signal: AbortSignal): AbortSignal => AbortSignal.any([signal, closing.signal]);
    const pulled = (): void => {
      this.#pulled.resolve();
      this.#pulled = Promise.withResolvers();
    };
    const source = {
      api,
      scheduler,
      beforePull: () => outbox.afterPush(),
      onEpoch: (epoch: string) => outbox.noticeEpoch(epoch),
      onCaughtUp: pulled,
      onRetry: (afterMs: number | null) => {
        if (afterMs !== null) pulled();
      },
    };
    const notice = (frame: ChangesFrame): void => this.known.notice(frame);
    return new Cache({
      clock: this.#options.clock,
      random: () => 0,
      alarm: () => () => {},
      source: {
        async *changes(request, signal) {
          for await (const frame of changesFrames(source, request, ended(signal), pullNow)) {
            notice(frame);
            yield { frame, json: jsonBytes(frame) };
          }
        },
        async *letters(_request, signal) {
          await aborted(ended(signal));
          yield* [];
        },
        async *pending(signal) {
          for await (const frame of pendingFrames(journal, ended(signal))) {
            yield { frame, json: jsonBytes(frame) };
          }
        },
      },
    });
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => {
    signal.addEventListener('abort', resolve, { once: true });
  });
}
