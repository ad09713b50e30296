import { join } from 'node:path';
import type { PendingChange } from '#shared/bridge/pending.ts';
import type { Clock } from '#shared/clock.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { diskProblem, systemDisk, type Disk, type DiskFile, type DiskProblem } from './disk.ts';
import { foldJournal, recordsOf } from './fold-journal.ts';
import type { FrameWriter } from './journal-file.ts';
import { canBeRead, type JournalRecord } from './journal-record.ts';
import type { JournalState } from './journal-state.ts';
import {
  holdsDamagedCopy,
  journalName,
  loadJournal,
  writeJournal,
  type JournalDamage,
} from './load-journal.ts';
import { pendingChanges } from './pending-changes.ts';

export interface JournalError {
  readonly kind:
    | DiskProblem
    /** The file is sealed with another key; it was not touched. */
    | 'wrong-key'
    /** A newer desk wrote it; it was not touched. */
    | 'newer-format'
    | 'closed';
}

interface JournalOptions {
  /** Exists already. */
  readonly dir: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
  readonly clock: Clock;
  readonly disk?: Disk;
}

interface Waiting {
  readonly records: readonly JournalRecord[];
  readonly settle: (result: Result<void, JournalError>) => void;
}

/** Confirmed operations are offered again when the feed begins a new life, but not for ever. */
const keepConfirmedMs = 14 * 24 * 3_600_000;

/** Below this size a journal is not worth rewriting. */
const smallBytes = 256 * 1024;

/**
 * The agent's work that nobody else has yet: one append-only encrypted file.
 *
 * `append` resolves when the records would survive a power cut, and only then are they in `state`. Records that are
 * appended together are found together or not at all. What was appended while a sync was running shares the next one.
 * When the disk refuses, `append` answers why, `state` stays as it was and later appends try again.
 */
export class Journal {
  /** Set when a part of the file could not be read: the file was kept under another name. */
  readonly damage: JournalDamage | null;
  /** Set while such a file, of this opening or an earlier one, lies beside the journal. */
  readonly holdsDamagedCopy: boolean;
  readonly #dir: string;
  readonly #key: Uint8Array;
  readonly #clock: Clock;
  readonly #disk: Disk;
  readonly #listeners = new Set<(change: PendingChange) => void>();
  #file: DiskFile | null;
  #writer: FrameWriter;
  #size: number;
  #state: JournalState;
  #compactAbove: number;
  /** After a failed write or sync nobody knows what the file holds: it is written anew before anything else. */
  #suspect = false;
  #waiting: Waiting[] = [];
  #flushing: Promise<void> | null = null;
  #closed = false;

  private constructor(options: Required<JournalOptions>, opened: OpenedJournal) {
    this.#dir = options.dir;
    this.#key = options.key;
    this.#clock = options.clock;
    this.#disk = options.disk;
    this.#file = opened.file;
    this.#writer = opened.writer;
    this.#size = opened.size;
    this.#state = opened.state;
    this.damage = opened.damage;
    this.holdsDamagedCopy = opened.holdsDamagedCopy;
    this.#compactAbove = Math.max(smallBytes, opened.size);
    this.#suspect = opened.file === null;
  }

  /**
   * Opens the journal of a folder or begins one. Reads whatever a power cut left; see `load-journal.ts`. One that is whole
   * and cannot be written to opens all the same: what is in it can be read, and every `append` says why it fails.
   */
  static async open(options: JournalOptions): Promise<Result<Journal, JournalError>> {
    const settled = { disk: systemDisk, ...options };
    const { disk, key, clock, dir } = settled;
    try {
      const loaded = await loadJournal(disk, dir, key, clock.now());
      if (!loaded.ok) return loaded;
      const { state, damage, reusable } = loaded.value;
      const file =
        reusable === null
          ? await writeJournal(disk, dir, key, state)
          : { ...reusable, file: await openForAppending(disk, join(dir, journalName), reusable) };
      const journal = new Journal(settled, {
        ...file,
        state,
        damage,
        holdsDamagedCopy: await holdsDamagedCopy(dir),
      });
      await journal.dropExpired();
      return ok(journal);
    } catch (error) {
      return err({ kind: diskProblem(error) });
    }
  }

  get state(): JournalState {
    return this.#state;
  }

  /** Resolves after fsync. Several records at once are one whole. Rejects records that do not fit their schema. */
  async append(record: JournalRecord | readonly JournalRecord[]): Promise<Result<void, JournalError>> {
    if (this.#closed) return err({ kind: 'closed' });
    const records = 'kind' in record ? [record] : record;
    if (records.length === 0) return ok(undefined);
    // A bug of the caller, found here and not at the next start, when the agent's work depends on it.
    if (!canBeRead(records)) throw new TypeError('a record does not fit its schema');
    const { promise, resolve } = Promise.withResolvers<Result<void, JournalError>>();
    this.#waiting.push({ records, settle: resolve });
    this.#flushing ??= this.#flush();
    return await promise;
  }

  /** Tells every change of what the desk shows, in the order of the journal, after it is on disk. */
  subscribe(listener: (change: PendingChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Removes operations that were confirmed longer ago than anybody will ask. */
  async dropExpired(): Promise<Result<void, JournalError>> {
    const at = this.#clock.now();
    const expired: JournalRecord[] = [];
    for (const [id, { answer }] of this.#state.operations) {
      if (answer?.outcome === 'applied' && answer.at + keepConfirmedMs < at) {
        expired.push({ v: 2, at, kind: 'operation-removed', id });
      }
    }
    return this.append(expired);
  }

  /** Resolves when everything that was appended is settled and the file is closed. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#flushing;
    await this.#file?.close().catch(() => {});
    this.#file = null;
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      const result = await this.#write(group.map(({ records }) => records));
      if (result.ok) {
        this.#apply(group.flatMap(({ records }) => records));
        for (const { settle } of group) settle(result);
        await this.#compactWhenWorthwhile();
      } else {
        for (const { settle } of group) settle(result);
      }
    }
    this.#flushing = null;
  }

  async #write(groups: readonly (readonly JournalRecord[])[]): Promise<Result<void, JournalError>> {
    try {
      if (this.#suspect || this.#file === null) await this.#rewrite();
      const file = this.#file;
      if (file === null) return err({ kind: 'disk-failed' });
      const mark = this.#writer.sequence;
      const bytes = Buffer.concat(groups.map((records) => this.#writer.frame(JSON.stringify(records))));
      try {
        await file.write(bytes, this.#size);
        await file.sync();
      } catch (error) {
        this.#suspect = true;
        this.#writer.rewind(mark);
        // What was refused must not turn up after a restart. Shrinking works on a full disk, too.
        await file.truncate(this.#size).catch(() => {});
        throw error;
      }
      this.#size += bytes.length;
      return ok(undefined);
    } catch (error) {
      return err({ kind: diskProblem(error) });
    }
  }

  #apply(records: readonly JournalRecord[]): void {
    this.#state = foldJournal(this.#state, records);
    for (const record of records) {
      for (const change of pendingChanges(record, this.#state)) {
        for (const listener of this.#listeners) listener(change);
      }
    }
  }

  /** Rewrites the file when more than half of it is garbage. */
  async #compactWhenWorthwhile(): Promise<void> {
    if (this.#size <= this.#compactAbove) return;
    const live = recordsOf(this.#state).reduce((sum, record) => sum + JSON.stringify(record).length, 0);
    // Looked at again only after as much again was written: the look itself costs a pass over the state.
    this.#compactAbove = Math.max(smallBytes, this.#size * 2);
    if (this.#size < 2 * live) return;
    try {
      await this.#rewrite();
    } catch {
      // The old file is still there and whole; the next append finds out whether the disk works.
      this.#suspect = true;
    }
  }

  async #rewrite(): Promise<void> {
    // Closed first: Windows does not replace a file that is open.
    await this.#file?.close().catch(() => {});
    this.#file = null;
    const written = await writeJournal(this.#disk, this.#dir, this.#key, this.#state);
    this.#file = written.file;
    this.#writer = written.writer;
    this.#size = written.size;
    this.#suspect = false;
    this.#compactAbove = Math.max(smallBytes, written.size * 2);
  }
}

/** Null where the disk refuses: the next append finds out whether it still does. */
async function openForAppending(
  disk: Disk,
  path: string,
  { torn, size }: { readonly torn: boolean; readonly size: number },
): Promise<DiskFile | null> {
  let file: DiskFile | null = null;
  try {
    file = await disk.openForWriting(path);
    if (torn) {
      // A torn end is cut off: the next frame goes where the last whole one ends.
      await file.truncate(size);
      await file.sync();
    }
    return file;
  } catch {
    await file?.close().catch(() => {});
    return null;
  }
}

interface OpenedJournal {
  /** Null where the folder may be read and not written to. */
  readonly file: DiskFile | null;
  readonly writer: FrameWriter;
  readonly size: number;
  readonly state: JournalState;
  readonly damage: JournalDamage | null;
  readonly holdsDamagedCopy: boolean;
}
