import type { ImapFlow } from 'imapflow';
import type { FolderCursor } from '#shared/bridge/streams.ts';
import type { Clock } from '#shared/clock.ts';
import type { MailFolder } from '#shared/ticket/letter.ts';
import type { Log } from '../log.ts';
import { pause } from './change-signal.ts';
import { frameLine } from './frame-lines.ts';
import { fetchSizes, fetchSources, searchFrom, searchUids, type FetchedLetter } from './imap-fetch.ts';
import { fetchLargeLetter } from './large-letter.ts';
import type { LetterRenderer } from './letter-renderer.ts';
import { mailLimits } from './mail-limits.ts';
import type { MailConnection } from './mail-connection.ts';
import { ConnectionLost, type MailSession } from './mail-session.ts';
import type { MailTimes } from './mail-times.ts';
import type { StreamOutlet } from './stream-outlet.ts';
import { SuspectLetters } from './suspect-letters.ts';
import { explainsCount, planSync, type FolderState, type KnownFolder } from './uid-planner.ts';
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
 * Every UID that the server lists ends in a frame. What a FETCH leaves out although it ends with OK is asked for
 * again alone; what breaks a FETCH or the connection is narrowed down and, after three tries alone, declared
 * unreadable, so that one letter never stops the rest.
 */
export class LetterFeed {
  readonly #options: LetterFeedOptions;
  readonly #suspects = new SuspectLetters();
  #known: KnownFolder;
  #opened = false;
  #listedAt = Number.NEGATIVE_INFINITY;
  #announced = '';

  constructor(options: LetterFeedOptions) {
    this.#options = options;
    const { cursor } = options;
    this.#known =
      cursor === null
        ? { uidValidity: '', uids: UidSet.empty, synced: null }
        : { uidValidity: cursor.uidValidity, uids: UidSet.parse(cursor.uids), synced: cursor.synced };
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
        await this.#sync(session, either);
        await session.changes.next(seen, either, times.fullCheckMs);
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

  async #sync(session: MailSession, signal: AbortSignal): Promise<void> {
    const state = session.homeState();
    if (!this.#opened || state.uidValidity !== this.#known.uidValidity) this.#open(state);
    const listed = await this.#list(session, state);
    if (listed === null) {
      this.#announce({ ...state, exists: this.#known.uids.size });
      return;
    }
    const gone = this.#known.uids.difference(listed);
    if (gone.size > 0) this.#forget(gone);
    await this.#fetch(session, listed.difference(this.#known.uids), signal);
    if (signal.aborted) return;
    this.#announce({
      uidValidity: state.uidValidity,
      uidNext: Math.max(state.uidNext ?? 1, listed.greatest() + 1),
      exists: this.#known.uids.size,
      highestModseq: state.highestModseq,
    });
  }

  /** All UIDs that are there now, or null when nothing changed. */
  async #list(session: MailSession, state: FolderState): Promise<UidSet | null> {
    const { clock, times } = this.#options;
    const plan =
      this.#listedAt + times.fullCheckMs <= clock.now() && this.#listedAt > 0
        ? ({ kind: 'list' } as const)
        : planSync(this.#known, state);
    if (plan.kind === 'nothing') return null;
    if (plan.kind === 'tail') {
      const found = await session.run('sync', session.home, (client) => searchFrom(client, plan.from));
      // The answer may have brought a newer count along.
      if (explainsCount(this.#known, found, session.homeState())) return this.#known.uids.union(found);
    }
    this.#listedAt = clock.now();
    return await session.run('sync', session.home, (client) => searchUids(client, { all: true }));
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
    for (const piece of this.#suspects.groups(missing)) {
      await this.#fetchSuspects(session, piece, signal);
      step(piece.size);
    }
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
        await this.#fetchLarge(session, uid, signal);
        step(1);
        continue;
      }
      if (bytes + size > mailLimits.batchBytes) await flush();
      open.push(uid);
      bytes += size;
    }
    await flush();
  }

  /** Fetches letters of bearable size; what fails is remembered as suspect and tried in smaller groups. */
  async #fetchBatch(session: MailSession, uids: UidSet, signal: AbortSignal): Promise<void> {
    const { outlet } = this.#options;
    await outlet.room();
    if (signal.aborted) throw new ConnectionLost();
    let letters: FetchedLetter[];
    try {
      letters = await session.run('sync', session.home, (client) => fetchSources(client, uids));
    } catch (error) {
      this.#suspects.blame(uids);
      if (error instanceof ConnectionLost) throw error;
      await this.#tryAgain(session, uids, signal);
      return;
    }
    this.#emit(letters);
    const left = uids.difference(UidSet.of(letters.map(({ uid }) => uid)));
    if (left.size === 0) return;
    // The FETCH ended with OK and left these out: some servers do.
    this.#suspects.blame(left);
    await this.#tryAgain(session, left, signal);
  }

  async #tryAgain(session: MailSession, uids: UidSet, signal: AbortSignal): Promise<void> {
    for (const piece of this.#suspects.groups(uids)) await this.#fetchSuspects(session, piece, signal);
  }

  /** A suspect that is alone may turn out large (where SEARCH LARGER lies), gone, or unreadable. */
  async #fetchSuspects(session: MailSession, uids: UidSet, signal: AbortSignal): Promise<void> {
    if (uids.size > 1) {
      await this.#fetchBatch(session, uids, signal);
      return;
    }
    const uid = uids.greatest();
    if (this.#suspects.isHopeless(uid)) {
      this.#quarantine(uid);
      return;
    }
    await this.#options.outlet.room();
    if (signal.aborted) throw new ConnectionLost();
    this.#suspects.blame(uids);
    let letters: FetchedLetter[] = [];
    try {
      const size = await session.run('sync', session.home, async (client) =>
        (await fetchSizes(client, uids)).get(uid),
      );
      if ((size ?? 0) > mailLimits.letterBytes) {
        await this.#fetchLarge(session, uid, signal);
        return;
      }
      letters = await session.run('sync', session.home, (client) => fetchSources(client, uids));
    } catch (error) {
      if (error instanceof ConnectionLost) throw error;
    }
    if (letters.length > 0) {
      this.#emit(letters);
    } else if (await this.#isListed(session, uid)) {
      if (this.#suspects.isHopeless(uid)) this.#quarantine(uid);
      else await this.#fetchSuspects(session, uids, signal);
    } else {
      this.#suspects.clear(uid);
    }
  }

  async #isListed(session: MailSession, uid: number): Promise<boolean> {
    const found = await session.run('sync', session.home, (client) => searchUids(client, { uid: `${uid}` }));
    return found.has(uid);
  }

  async #fetchLarge(session: MailSession, uid: number, signal: AbortSignal): Promise<void> {
    const { outlet, renderer } = this.#options;
    await outlet.room();
    if (signal.aborted) throw new ConnectionLost();
    const fetchIt = (client: ImapFlow): ReturnType<typeof fetchLargeLetter> =>
      fetchLargeLetter(client, uid, false);
    const large = await session.run('sync', session.home, fetchIt);
    if (large === null) {
      if (await this.#isListed(session, uid)) this.#quarantine(uid);
      return;
    }
    outlet.push(renderer.largeLine(this.#location(uid), large, false), large.bytes.length);
    this.#learn([uid]);
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
    for (const uid of uids) this.#suspects.clear(uid);
    this.#known = { ...this.#known, uids: this.#known.uids.union(UidSet.of(uids)) };
  }

  #quarantine(uid: number): void {
    const { log, folder, outlet } = this.#options;
    log.warn('letter-unreadable', { folder, uid });
    outlet.push(frameLine({ type: 'unreadable', location: this.#location(uid) }));
    this.#learn([uid]);
  }

  #open(state: FolderState): void {
    const { folder, outlet } = this.#options;
    if (state.uidValidity !== this.#known.uidValidity) {
      this.#known = { uidValidity: state.uidValidity, uids: UidSet.empty, synced: null };
      this.#suspects.clearAll();
    }
    this.#opened = true;
    this.#announced = '';
    outlet.push(frameLine({ type: 'folder', folder, uidValidity: state.uidValidity }));
  }

  #forget(gone: UidSet): void {
    const { folder, outlet } = this.#options;
    this.#known = { ...this.#known, uids: this.#known.uids.difference(gone) };
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
