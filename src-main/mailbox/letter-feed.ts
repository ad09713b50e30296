import type { ImapFlow } from 'imapflow';
import type { FolderCursor } from '#shared/bridge/streams.ts';
import type { Clock } from '#shared/clock.ts';
import type { MailFolder } from '#shared/ticket/letter.ts';
import type { Log } from '../log.ts';
import { pause } from './change-signal.ts';
import { frameLine } from './frame-lines.ts';
import { fetchEach } from './fetch-each.ts';
import { GivenUpLetters } from './given-up-letters.ts';
import { fetchSizes, fetchSources, searchUids, type FetchedLetter } from './imap-fetch.ts';
import { fetchLargeLetter } from './large-letter.ts';
import type { LetterRenderer } from './letter-renderer.ts';
import { listFolder, listTail, type Listing } from './list-folder.ts';
import { mailLimits } from './mail-limits.ts';
import type { MailConnection } from './mail-connection.ts';
import { ConnectionLost, type MailSession } from './mail-session.ts';
import type { MailTimes } from './mail-times.ts';
import type { StreamOutlet } from './stream-outlet.ts';
import { SuspectLetters } from './suspect-letters.ts';
import { planSync, type FolderState, type KnownFolder } from './uid-planner.ts';
import { UidSet } from '#shared/mail/uid-set.ts';

export interface LetterFeedOptions {
  readonly folder: MailFolder;
  readonly cursor: FolderCursor | null;
  readonly connection: MailConnection;
  /** Where the folder is; null while or where there is none. */
  readonly path: () => string | null;
  readonly renderer: LetterRenderer;
  readonly outlet: StreamOutlet;
  /** Resolves when what is more urgent than this feed has had its turn. */
  readonly turn: Promise<void>;
  readonly times: MailTimes;
  readonly clock: Clock;
  readonly log: Log;
  /** How many of the letters that were missing are on their way out. */
  readonly onProgress: (progress: { done: number; total: number } | null) => void;
  /** The reader was given everything that is there now. */
  readonly onSynced: () => void;
}

/** The first batch is small, so that the newest letters are on screen at once. */
const firstBatch = 60;
const batch = 400;
/** Letters whose size is asked for with one SEARCH LARGER. */
const window = 4_000;

/**
 * Brings one folder to one reader: what it lacks, newest first, then what comes.
 *
 * Every UID that the server lists ends in a frame. What a FETCH leaves out or breaks on is narrowed down and, after some
 * tries alone, declared unreadable, so that one letter never stops the rest; it is tried again from time to time.
 */
export class LetterFeed {
  readonly #options: LetterFeedOptions;
  readonly #suspects = new SuspectLetters();
  #known: KnownFolder;
  /** Declared unreadable, by this feed or by one before it; part of what is known. */
  readonly #unreadable: GivenUpLetters;
  #opened = false;
  /** When the folder was known to be compared with UID SEARCH; null before the first look. */
  #listedAt: number | null = null;
  #announced = '';

  constructor(options: LetterFeedOptions) {
    this.#options = options;
    const { cursor, times, clock } = options;
    this.#unreadable = new GivenUpLetters(times.unreadableAgainMs, clock);
    this.#known =
      cursor === null
        ? { uidValidity: '', uids: UidSet.empty, synced: null }
        : { uidValidity: cursor.uidValidity, uids: UidSet.parse(cursor.uids), synced: cursor.synced };
    // What could not be read before the desk was started anew is not given up for ever, nor asked for at once.
    this.#unreadable.add(UidSet.parse(cursor?.unreadable ?? '').intersection(this.#known.uids));
  }

  /** Goes on until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { connection, log, folder, times } = this.#options;
    while (!signal.aborted) {
      const session = await connection.session(signal);
      if (session === null) return;
      const either = AbortSignal.any([signal, session.lost]);
      if (this.#options.path() !== session.home) {
        await pause(times.fullCheckMs, either);
        continue;
      }
      try {
        await Promise.race([this.#options.turn, pause(times.politeMs, either)]);
        const seen = session.changes.count;
        const isComplete = await this.#sync(session, either);
        const checkMs = Math.min(times.fullCheckMs, this.#unreadable.waitMs());
        await session.changes.next(seen, either, isComplete ? checkMs : times.leftAgainMs);
      } catch (error) {
        if (signal.aborted) return;
        this.#options.onProgress(null);
        if (error instanceof ConnectionLost) {
          // The session is dropped by its connection in the same turn; the next one is waited for.
          await pause(0, signal);
          continue;
        }
        log.warn('mailbox-sync-failed', { folder, reason: error instanceof Error ? error.name : 'unknown' });
        await pause(times.syncAgainMs, either);
      }
    }
  }

  /** Answers whether the reader has everything now. */
  async #sync(session: MailSession, signal: AbortSignal): Promise<boolean> {
    const state = session.homeState();
    if (!this.#opened || state.uidValidity !== this.#known.uidValidity) this.#open(state);
    const listing = await this.#list(session, state);
    if (listing === null) {
      this.#announce({ ...state, exists: this.#known.uids.size });
      return true;
    }
    const { uids, isWhole } = listing;
    // What a search that is short does not find is not gone.
    const gone = isWhole ? this.#known.uids.union(this.#unreadable.uids).difference(uids) : UidSet.empty;
    if (gone.size > 0) this.#forget(gone);
    const missing = uids.difference(this.#known.uids);
    await this.#fetch(session, missing, signal);
    if (signal.aborted || !isWhole || uids.difference(this.#known.uids).size > 0) return false;
    this.#announce({
      uidValidity: state.uidValidity,
      uidNext: Math.max(state.uidNext ?? 1, uids.greatest() + 1),
      exists: this.#known.uids.size,
      highestModseq: state.highestModseq,
    });
    return true;
  }

  /** All UIDs that are there now, or null when nothing changed. */
  async #list(session: MailSession, state: FolderState): Promise<Listing | null> {
    const now = this.#options.clock.now();
    this.#listedAt ??= now;
    // The computer's clock may have been set back as well.
    const isDue = Math.abs(now - this.#listedAt) >= this.#options.times.fullCheckMs;
    const triesAgain = this.#unreadable.waitMs() === 0;
    const plan = isDue || triesAgain ? ({ kind: 'list' } as const) : planSync(this.#known, state);
    if (plan.kind === 'nothing') return null;
    if (plan.kind === 'tail') {
      const { uids } = this.#known;
      const tail = await session.run('sync', session.home, (client) =>
        listTail(client, plan.from, uids.size),
      );
      if (tail.isWhole) return { ...tail, uids: uids.union(tail.uids) };
    }
    this.#listedAt = now;
    const listing = await session.run('sync', session.home, (client) => listFolder(client, null));
    if (triesAgain) {
      const again = this.#unreadable.retry();
      this.#suspects.pardon(again);
      this.#known = { ...this.#known, uids: this.#known.uids.difference(again) };
    }
    return listing;
  }

  async #fetch(session: MailSession, missing: UidSet, signal: AbortSignal): Promise<void> {
    if (missing.size === 0) return;
    let done = 0;
    const step = (count: number): void => {
      done += count;
      this.#options.onProgress({ done, total: missing.size });
    };
    step(0);
    const plain = missing.difference(this.#suspects.all());
    let pieceSize = firstBatch;
    for (const part of plain.newestFirst(window, firstBatch)) {
      const heavy = await session.run('sync', session.home, async (client) =>
        (await searchUids(client, { uid: part.hull().format(), larger: mailLimits.heavyBytes })).intersection(
          part,
        ),
      );
      for (const piece of part.difference(heavy).newestFirst(batch, pieceSize)) {
        await this.#fetchBatch(session, piece, signal);
        step(piece.size);
      }
      await this.#fetchHeavy(session, heavy, signal, step);
      pieceSize = batch;
    }
    const suspects = missing.difference(plain);
    if (suspects.size > 0) await this.#fetchBatch(session, suspects, signal);
    step(suspects.size);
    this.#options.onProgress(null);
  }

  async #fetchHeavy(
    session: MailSession,
    heavy: UidSet,
    signal: AbortSignal,
    step: (count: number) => void,
  ): Promise<void> {
    if (heavy.size === 0) return;
    const sizes = await session.run('sync', session.home, (client) => fetchSizes(client, heavy));
    let open: number[] = [];
    let bytes = 0;
    const flush = async (): Promise<void> => {
      if (open.length > 0) await this.#fetchBatch(session, UidSet.of(open), signal);
      step(open.length);
      open = [];
      bytes = 0;
    };
    for (const uid of [...heavy.ascending()].reverse()) {
      const size = sizes.get(uid) ?? mailLimits.heavyBytes;
      if (size > mailLimits.letterBytes) {
        await this.#fetchBatch(session, UidSet.of([uid]), signal);
        step(1);
        continue;
      }
      if (bytes + size > mailLimits.batchBytes) await flush();
      open.push(uid);
      bytes += size;
    }
    await flush();
  }

  /** Letters of bearable size. Those that do not come are asked for again by the next sync, up to a point. */
  async #fetchBatch(session: MailSession, uids: UidSet, signal: AbortSignal): Promise<void> {
    const { hopeless } = await fetchEach(uids, this.#suspects, async (some) => {
      await this.#options.outlet.room();
      if (signal.aborted) throw new ConnectionLost();
      if (some.size === 1 && (await this.#isLarge(session, some))) {
        return (await this.#fetchLarge(session, some.greatest(), signal)) ? some : UidSet.empty;
      }
      const letters = await session.run('sync', session.home, (client) => fetchSources(client, some));
      this.#emit(letters);
      return UidSet.of(letters.map(({ uid }) => uid));
    });
    for (const uid of hopeless.ascending()) {
      if (await this.#isListed(session, uid)) this.#quarantine(uid);
    }
  }

  /** Where SEARCH LARGER lies, a letter that is asked for alone may turn out so. */
  async #isLarge(session: MailSession, uid: UidSet): Promise<boolean> {
    const sizes = await session.run('sync', session.home, (client) => fetchSizes(client, uid));
    return (sizes.get(uid.greatest()) ?? 0) > mailLimits.letterBytes;
  }

  async #isListed(session: MailSession, uid: number): Promise<boolean> {
    const found = await session.run('sync', session.home, (client) => searchUids(client, { uid: `${uid}` }));
    return found.has(uid);
  }

  /** Answers whether it came. */
  async #fetchLarge(session: MailSession, uid: number, signal: AbortSignal): Promise<boolean> {
    const { outlet, renderer } = this.#options;
    await outlet.room();
    if (signal.aborted) throw new ConnectionLost();
    const fetchIt = (client: ImapFlow): ReturnType<typeof fetchLargeLetter> =>
      fetchLargeLetter(client, uid, false);
    const large = await session.run('sync', session.home, fetchIt);
    if (large === null) return false;
    outlet.push(renderer.largeLine(this.#location(uid), large, false), large.bytes.length);
    this.#learn([uid]);
    return true;
  }

  /** Newest first, in pieces that the parser's threads share. */
  #emit(letters: readonly FetchedLetter[]): void {
    const { renderer, outlet } = this.#options;
    const newestFirst = letters.toSorted((a, b) => b.uid - a.uid);
    for (let from = 0; from < newestFirst.length; from += 40) {
      const piece = newestFirst.slice(from, from + 40);
      const bytes = piece.reduce((sum, letter) => sum + letter.bytes.length, 0);
      outlet.push(
        renderer.lines(piece.map((letter) => ({ letter, location: this.#location(letter.uid) }))),
        bytes,
      );
    }
    this.#learn(letters.map(({ uid }) => uid));
  }

  #learn(uids: readonly number[]): void {
    const learnt = UidSet.of(uids);
    for (const uid of uids) this.#suspects.clear(uid);
    this.#unreadable.remove(learnt);
    this.#known = { ...this.#known, uids: this.#known.uids.union(learnt) };
  }

  #quarantine(uid: number): void {
    const { log, folder, outlet } = this.#options;
    const one = UidSet.of([uid]);
    if (!this.#unreadable.uids.has(uid)) {
      log.warn('letter-unreadable', { folder, uid });
      outlet.push(frameLine({ type: 'unreadable', location: this.#location(uid) }));
    }
    this.#known = { ...this.#known, uids: this.#known.uids.union(one) };
    this.#unreadable.add(one);
  }

  #open(state: FolderState): void {
    const { folder, outlet } = this.#options;
    if (state.uidValidity !== this.#known.uidValidity) {
      this.#known = { uidValidity: state.uidValidity, uids: UidSet.empty, synced: null };
      this.#unreadable.remove(this.#unreadable.uids);
      this.#suspects.clearAll();
    }
    this.#opened = true;
    this.#announced = '';
    outlet.push(frameLine({ type: 'folder', folder, uidValidity: state.uidValidity }));
  }

  #forget(gone: UidSet): void {
    const { folder, outlet } = this.#options;
    this.#known = { ...this.#known, uids: this.#known.uids.difference(gone) };
    this.#unreadable.remove(gone);
    const { uidValidity } = this.#known;
    outlet.push(frameLine({ type: 'gone', folder, uidValidity, uids: gone.format() }));
  }

  /** Tells the reader that it has everything, once for each state. */
  #announce(state: FolderState): void {
    const { folder, outlet } = this.#options;
    const synced = {
      highestModseq: state.highestModseq,
      uidNext: Math.max(1, state.uidNext ?? this.#known.uids.greatest() + 1),
      exists: state.exists,
    };
    this.#known = { ...this.#known, synced };
    this.#options.onSynced();
    const words = JSON.stringify(synced);
    if (words === this.#announced) return;
    this.#announced = words;
    outlet.push(frameLine({ type: 'synced', folder, uidValidity: state.uidValidity, synced }));
  }

  #location(uid: number): { folder: MailFolder; uidValidity: string; uid: number } {
    return { folder: this.#options.folder, uidValidity: this.#known.uidValidity, uid };
  }
}
