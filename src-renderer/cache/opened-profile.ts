import type { Clock } from '#shared/clock.ts';
import type { LetterId, TicketId } from '#shared/ids.ts';
import { Base } from './base.ts';
import { inBatches, type BatchLimits } from './batches.ts';
import type { CacheState, Profile } from './cache-views.ts';
import { CacheDatabase } from './database.ts';
import { keepReading } from './keep-reading.ts';
import { LetterStore } from './letter-store.ts';
import type { PendingPart } from './pending-part.ts';
import { SealedBox } from './sealed-box.ts';
import type { Received, StreamSource } from './stream-source.ts';
import { View } from './view.ts';

/** How frames of all streams are gathered. */
export const streamLimits: BatchLimits = { items: 512, weight: 4 << 20, lingerMs: 40 };
/** Folding starts when nothing was stored for this long; what is not needed at once is read so much later. */
const idleMs = 3000;

/** What the cache is built from. */
export interface CacheParts {
  readonly source: StreamSource;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Rings once when the clock shows `at`, or has passed it; answers how to stop it. */
  readonly alarm: (at: number, ring: () => void) => () => void;
}

/** What looks different than before. */
export interface CacheChange {
  readonly everything: boolean;
  readonly tickets: ReadonlySet<TicketId>;
  readonly contents: ReadonlySet<LetterId>;
  readonly directory: boolean;
  readonly quarantine: boolean;
  /** A regulation came: what is due, and when, looks different everywhere. */
  readonly rules: boolean;
}

/** Whoever opened the profile. */
export interface ProfileOwner {
  changed(change: CacheChange): void;
  /** Reading or writing the database failed; the profile must be closed. Told once. */
  broke(error: unknown): void;
}

export const noChange: CacheChange = {
  everything: false,
  tickets: new Set(),
  contents: new Set(),
  directory: false,
  quarantine: false,
  rules: false,
};

/** One profile's database, open, with the streams that keep it up to date. */
export class OpenedProfile {
  readonly view: View;
  readonly #parts: CacheParts;
  readonly #owner: ProfileOwner;
  readonly #database: CacheDatabase;
  readonly #base: Base;
  readonly #letters: LetterStore;
  readonly #pending: PendingPart;
  readonly #ended = new AbortController();
  #idle: ReturnType<typeof setTimeout> | undefined;
  #textsWanted: ReturnType<typeof setTimeout> | undefined;

  private constructor(
    profile: Profile,
    box: SealedBox,
    parts: CacheParts,
    pending: PendingPart,
    owner: ProfileOwner,
  ) {
    this.#pending = pending;
    this.#parts = parts;
    this.#owner = owner;
    this.#database = new CacheDatabase(profile.profileId);
    this.#base = new Base(this.#database, box);
    this.#letters = new LetterStore(this.#database, box);
    this.view = new View({
      base: this.#base,
      letters: this.#letters,
      pending,
      agentId: profile.agentId,
      clock: parts.clock,
    });
  }

  /** Opens the database and begins to follow the streams. Rejects when what is stored cannot be read. */
  static async open(
    profile: Profile,
    parts: CacheParts,
    pending: PendingPart,
    owner: ProfileOwner,
  ): Promise<OpenedProfile> {
    const box = await SealedBox.withKey(profile.keyBase64);
    const opened = new OpenedProfile(profile, box, parts, pending, owner);
    try {
      await opened.#database.open();
      await opened.#base.open();
      await opened.#letters.open();
    } catch (error) {
      opened.close();
      throw error;
    }
    opened.#follow();
    // So that the first search finds them there.
    opened.#textsWanted = setTimeout(() => {
      void opened.#guarded(async () => opened.#base.readTexts());
    }, idleMs);
    return opened;
  }

  /** Lets go of the database; writes under way are aborted, with their cursors. */
  close(): void {
    this.#ended.abort();
    clearTimeout(this.#idle);
    clearTimeout(this.#textsWanted);
    this.#database.close();
  }

  /** Tells the owner, once, that the database cannot be worked with; after closing there is nothing to tell. */
  break(error: unknown): void {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort();
    this.#owner.broke(error);
  }

  get changesCaughtUp(): boolean {
    return this.#base.position.caughtUp;
  }

  /** Whether nothing of the feed is stored yet: the profile is new on this computer, or its database was lost. */
  get isEmpty(): boolean {
    return this.#base.position.epoch === null;
  }

  /** How much of the feed is here, from 0 to 1; null while nobody knows how long it is. */
  get changesShare(): number | null {
    const { after, head } = this.#base.position;
    return head === null ? null : head === 0 ? 1 : Math.min(1, after / head);
  }

  get folders(): CacheState['letters'] {
    return { inbox: this.#letters.folderState('inbox'), sent: this.#letters.folderState('sent') };
  }

  #follow(): void {
    const { source, random } = this.#parts;
    const { signal } = this.#ended;
    const read = <Frame>(
      open: () => AsyncIterable<Received<Frame>>,
      store: (received: Received<Frame>[]) => Promise<CacheChange>,
    ) => {
      void keepReading(async (progressed) => this.#read(open(), store, progressed), { signal, random });
    };
    read(
      () => source.changes(this.#base.request(), signal),
      async (received) => {
        const change = await this.#base.apply(received.map(({ frame }) => frame));
        return {
          ...noChange,
          ...change,
          tickets: new Set([...change.tickets, ...this.#pending.confirmedTickets()]),
        };
      },
    );
    read(
      () => source.letters(this.#letters.request(), signal),
      async (received) => ({ ...noChange, contents: await this.#letters.apply(received) }),
    );
  }

  async #read<Frame>(
    frames: AsyncIterable<Received<Frame>>,
    store: (received: Received<Frame>[]) => Promise<CacheChange>,
    progressed: () => void,
  ): Promise<void> {
    for await (const batch of inBatches(frames, ({ json }) => json.length, streamLimits)) {
      if (this.#ended.signal.aborted) return;
      const change = await this.#guarded(async () => store(batch));
      if (change === null) return;
      progressed();
      this.#owner.changed(change);
      this.#foldWhenIdle();
    }
  }

  #foldWhenIdle(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      void this.#guarded(async () => {
        if ((await this.#base.fold()) || (await this.#letters.fold())) this.#foldWhenIdle();
      });
    }, idleMs);
  }

  /** Reports what fails inside, unless the profile was closed meanwhile, and answers null then. */
  async #guarded<T>(task: () => Promise<T>): Promise<T | null> {
    try {
      return await task();
    } catch (error) {
      this.break(error);
      return null;
    }
  }
}
