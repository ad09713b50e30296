import { Dexie } from 'dexie';
import type { LetterId } from '#shared/ids.ts';
import type { CacheCalls, CacheState, Profile, TicketView, WatchedViews } from './cache-views.ts';
import { databaseName } from './database.ts';
import { FollowedPending } from './followed-pending.ts';
import {
  noChange,
  OpenedProfile,
  streamLimits,
  type CacheChange,
  type CacheParts,
} from './opened-profile.ts';
import type { CallMessage, WatchMessage } from './port-messages.ts';
import { Turnstile } from './turnstile.ts';
import type { View } from './view.ts';
import { WatchLoop } from './watch-loop.ts';

/** A database that breaks again this soon is given up for a while. */
const rebuiltRecentlyMs = 60_000;
const retryMs = 30_000;

interface Watch {
  readonly message: WatchMessage;
  readonly loop: WatchLoop;
  /** Of a watched ticket: whose contents matter. */
  letters: ReadonlySet<LetterId>;
}

/** What a watcher holds of its watch. */
export interface WatchHandle {
  /** The last value was taken; the next one may come. */
  acknowledge(): void;
  stop(): void;
}

/**
 * The cache of the profile that is signed in, for any number of watchers.
 *
 *     closed --open--> opening --> open <--caught up-- rebuilding
 *                         `--empty, cannot be read, breaks-^   `--breaks again--> failed --later--> opening
 *
 * Watches outlive profiles: they get the new one's data once it is open. What waits to be sent is told whether or not the
 * database opens.
 */
export class Cache {
  readonly #parts: CacheParts;
  readonly #turns = new Turnstile();
  readonly #watches = new Set<Watch>();
  #profile: Profile | null = null;
  #opened: OpenedProfile | null = null;
  /** Of the profile, whether its database opens or not. */
  #pending: FollowedPending | null = null;
  #state: CacheState['state'] = 'closed';
  #rebuiltAt = Number.NEGATIVE_INFINITY;
  #retry: ReturnType<typeof setTimeout> | undefined;
  /** When deadlines, claims and the like change the queue with no change of data. */
  #alarm: { readonly at: number; readonly stop: () => void } | null = null;

  /** The API's clock minus this computer's. */
  #clockOffsetMs = 0;

  constructor(parts: CacheParts) {
    const { alarm, clock } = parts;
    this.#parts = {
      ...parts,
      clock: { now: () => clock.now() + this.#clockOffsetMs },
      alarm: (at, ring) => alarm(at - this.#clockOffsetMs, ring),
    };
  }

  /** Lets go of everything; the cache is not used any more. */
  end(): void {
    this.#forget();
    for (const { loop } of this.#watches) loop.stop();
    this.#watches.clear();
  }

  /** Opening the profile that is open already changes nothing. Resolves when it can be asked. */
  async open(profile: Profile): Promise<void> {
    await this.#turns.pass(async () => {
      const isSame =
        this.#profile?.profileId === profile.profileId && this.#profile.agentId === profile.agentId;
      if (isSame && this.#opened !== null) return;
      this.#forget();
      this.#profile = profile;
      this.#pending = new FollowedPending(this.#parts, streamLimits, (tickets) => {
        this.#changed({ ...noChange, tickets });
        this.#touch(({ message }) => message.name === 'outbox');
      });
      await this.#open(profile);
    });
  }

  async close(): Promise<void> {
    await this.#turns.pass(async () => {
      this.#forget();
      this.#enter('closed');
      return Promise.resolve();
    });
  }

  /** Deletes the open profile's database and fetches everything anew. */
  async wipe(): Promise<void> {
    await this.#turns.pass(async () => {
      if (this.#profile !== null) await this.#rebuild(this.#profile);
    });
  }

  /** Answers a call of a window. */
  async call(message: CallMessage): Promise<CacheCalls[keyof CacheCalls]['value']> {
    switch (message.name) {
      case 'open':
        await this.open(message.params);
        return null;
      case 'close':
        await this.close();
        return null;
      case 'wipe':
        await this.wipe();
        return null;
      case 'correctClock':
        if (message.params.offsetMs !== this.#clockOffsetMs) {
          this.#clockOffsetMs = message.params.offsetMs;
          this.#setAlarm(Number.POSITIVE_INFINITY);
          this.#touch((watch) => watch.message.name === 'queue');
        }
        return null;
      case 'neighbours': {
        const { ticketId, listing } = message.params;
        const nothing = { previous: null, next: null, place: null, total: 0 };
        return (await this.#ask(async (view) => view.neighbours(ticketId, listing))) ?? nothing;
      }
      case 'ahead': {
        const { ticketId, asCritical } = message.params;
        return this.#ask(async (view) => view.ahead(ticketId, asCritical));
      }
      case 'next':
        return this.#ask(async (view) => view.next());
      case 'tags':
        return (await this.#ask(async (view) => view.tags())) ?? [];
      case 'letterContent': {
        const { letterId } = message.params;
        return this.#ask(async (view) => view.letterContent(letterId));
      }
    }
  }

  /** Sends the result now, and again whenever it changed and the last one was acknowledged. */
  watch(message: WatchMessage, send: (value: unknown) => void): WatchHandle {
    const loop = new WatchLoop(async () => this.#look(watch), send);
    const watch: Watch = { message, loop, letters: new Set() };
    this.#watches.add(watch);
    loop.touch();
    return {
      acknowledge: () => loop.acknowledge(),
      stop: () => {
        loop.stop();
        this.#watches.delete(watch);
      },
    };
  }

  async #open(profile: Profile): Promise<void> {
    this.#enter('opening');
    try {
      this.#opened = await this.#openDatabase(profile);
      this.#enter(this.#opened.isEmpty ? 'rebuilding' : 'open');
      this.#touchAll();
    } catch {
      await this.#rebuild(profile);
    }
  }

  async #rebuild(profile: Profile): Promise<void> {
    this.#leave();
    this.#enter('rebuilding');
    this.#rebuiltAt = this.#parts.clock.now();
    try {
      await Dexie.delete(databaseName(profile.profileId));
      this.#opened = await this.#openDatabase(profile);
      this.#touchAll();
    } catch {
      this.#fail();
    }
  }

  #fail(): void {
    this.#leave();
    this.#enter('failed');
    this.#retry = setTimeout(() => {
      void this.#turns.pass(async () => {
        if (this.#state === 'failed' && this.#profile !== null) await this.#open(this.#profile);
      });
    }, retryMs);
  }

  async #openDatabase(profile: Profile): Promise<OpenedProfile> {
    const pending = this.#pending?.part;
    if (pending === undefined) throw new Error('no profile is open');
    return OpenedProfile.open(profile, this.#parts, pending, {
      changed: (change) => this.#changed(change),
      broke: () => {
        void this.#turns.pass(async () => {
          if (this.#profile !== profile) return;
          if (this.#parts.clock.now() - this.#rebuiltAt < rebuiltRecentlyMs) this.#fail();
          else await this.#rebuild(profile);
        });
      },
    });
  }

  /** Lets go of the profile. */
  #forget(): void {
    this.#leave();
    this.#pending?.end();
    this.#pending = null;
    this.#profile = null;
  }

  /** Lets go of its database. */
  #leave(): void {
    clearTimeout(this.#retry);
    this.#setAlarm(Number.POSITIVE_INFINITY);
    this.#opened?.close();
    this.#opened = null;
  }

  #enter(state: CacheState['state']): void {
    this.#state = state;
    this.#touch((watch) => watch.message.name === 'state');
  }

  #changed(change: CacheChange): void {
    if (this.#state === 'rebuilding' && this.#opened?.changesCaughtUp === true) this.#state = 'open';
    this.#touch(({ message, letters }) => {
      switch (message.name) {
        case 'queue':
          return change.everything || change.rules || change.tickets.size > 0;
        case 'outbox':
          return change.everything || change.tickets.size > 0;
        case 'ticket':
          return (
            change.everything ||
            change.rules ||
            change.tickets.has(message.query.ticketId) ||
            [...letters].some((id) => change.contents.has(id))
          );
        case 'directory':
          return change.directory;
        case 'quarantine':
          return change.quarantine;
        case 'state':
          return true;
      }
    });
  }

  #touchAll(): void {
    this.#touch(() => true);
  }

  #touch(isMeant: (watch: Watch) => boolean): void {
    for (const watch of this.#watches) if (isMeant(watch)) watch.loop.touch();
  }

  /** What a watcher sees now; null while there is nothing to tell. */
  async #look(watch: Watch): Promise<{ readonly value: unknown } | null> {
    if (watch.message.name === 'state') return { value: this.#cacheState() };
    const opened = this.#opened;
    if (opened === null) {
      const outbox = watch.message.name === 'outbox' ? (this.#pending?.outbox ?? null) : null;
      return outbox === null ? null : { value: outbox };
    }
    try {
      const value = await look(opened.view, watch.message);
      if (watch.message.name === 'ticket') watch.letters = lettersOf(value as TicketView | null);
      if (this.#opened !== opened) return null;
      if (watch.message.name === 'queue') this.#setAlarm(opened.view.queueChangesAt);
      return { value };
    } catch (error) {
      if (this.#opened === opened) opened.break(error);
      return null;
    }
  }

  /** Null while no profile is open, and where the answer cannot be read: whoever asks works on without it. */
  async #ask<T>(question: (view: View) => Promise<T>): Promise<T | null> {
    const opened = this.#opened;
    if (opened === null) return null;
    try {
      return await question(opened.view);
    } catch (error) {
      if (this.#opened === opened) opened.break(error);
      return null;
    }
  }

  #setAlarm(at: number): void {
    if (this.#alarm?.at === at) return;
    this.#alarm?.stop();
    this.#alarm = null;
    if (at === Number.POSITIVE_INFINITY) return;
    const ring = () => {
      this.#alarm = null;
      this.#touch(({ message }) => message.name === 'queue');
    };
    this.#alarm = { at, stop: this.#parts.alarm(at, ring) };
  }

  #cacheState(): CacheState {
    const unread = { letters: 0, synced: false };
    return {
      state: this.#state,
      changesCaughtUp: this.#opened?.changesCaughtUp ?? false,
      changesShare: this.#opened?.changesShare ?? null,
      letters: this.#opened?.folders ?? { inbox: unread, sent: unread },
    };
  }
}

async function look(
  view: View,
  message: Exclude<WatchMessage, { name: 'state' }>,
): Promise<WatchedViews[keyof WatchedViews]['value']> {
  switch (message.name) {
    case 'queue':
      return view.queue(message.query);
    case 'ticket':
      return view.ticket(message.query.ticketId);
    case 'outbox':
      return view.outbox();
    case 'directory':
      return view.directory();
    case 'quarantine':
      return view.quarantine();
  }
}

function lettersOf(view: TicketView | null): ReadonlySet<LetterId> {
  return new Set(view?.letters.map((letter) => letter.id));
}
