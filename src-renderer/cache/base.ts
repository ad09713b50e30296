import type { TicketId } from '#shared/ids.ts';
import type { ChangesFrame, ChangesRequest } from '#shared/bridge/streams.ts';
import type { Change } from '#shared/protocol/changes.ts';
import type { Activity } from '#shared/ticket/activity.ts';
import type { Letter } from '#shared/ticket/letter.ts';
import {
  isOfQuarantine,
  quarantine,
  readTicket,
  rowsOfActivities,
  rowsOfLetters,
  rowsOfTickets,
  ticketChanges,
  touchedTickets,
  type VersionedTicket,
} from './base-rows.ts';
import { jsonBytes, parseJson } from './bytes.ts';
import { DamagedCache } from './damaged-cache.ts';
import type { CacheDatabase } from './database.ts';
import { Directory } from './directory.ts';
import { compareActivities } from './compare-activities.ts';
import { PagedTable } from './paged-table.ts';
import { emptyColumns, mergeColumns, type QueueColumns, type TicketChange } from './queue-columns.ts';
import { packSnapshot, unpackSnapshot } from './queue-snapshot.ts';
import type { SealedBox } from './sealed-box.ts';
import { SealedValues } from './sealed-values.ts';
import { searchableText } from './searchable-text.ts';
import { alignTexts, packTexts } from './text-snapshot.ts';
import { Turnstile } from './turnstile.ts';

const megabyte = 1 << 20;
/** A snapshot is written again when opening would have to replay this many tickets. */
const snapshotEvery = 1024;

/** What one application of frames changed; `everything` after a reset. */
export interface BaseChange {
  readonly everything: boolean;
  readonly tickets: ReadonlySet<TicketId>;
  readonly directory: boolean;
  /** Letters that cannot be read came, went or were looked at. */
  readonly quarantine: boolean;
  /** A regulation came: due moments and the queue look different. */
  readonly rules: boolean;
}

/** How far the feed has been read; `caughtUp` says whether its end was seen since opening. */
interface Position extends ChangesRequest {
  readonly caughtUp: boolean;
  /** Where the feed ended when it was last read; null before that. */
  readonly head: number | null;
}

/**
 * The confirmed base: tickets, the letters' facts, histories and the directory, with the feed position that vouches for them,
 * always stored in one transaction.
 */
export class Base {
  readonly #database: CacheDatabase;
  readonly #tickets: PagedTable;
  readonly #letters: PagedTable;
  readonly #activities: PagedTable;
  readonly #values: SealedValues;
  /** Small things, all of them in memory. */
  readonly directory: Directory;
  readonly #writers = new Turnstile();
  #position: Position = { epoch: null, after: 0, caughtUp: false, head: null };
  #columns = emptyColumns();
  #changedSinceSnapshot = 0;
  /** The stored snapshot's ids and the tickets that changed since; needed until its texts are read. */
  #textsBehind: { readonly ids: QueueColumns['ids']; readonly changed: Set<TicketId> } | null = null;

  constructor(database: CacheDatabase, box: SealedBox) {
    this.#database = database;
    this.#tickets = new PagedTable(database, 'tickets', box, 24 * megabyte);
    this.#letters = new PagedTable(database, 'letters', box, 8 * megabyte);
    this.#activities = new PagedTable(database, 'activities', box, 4 * megabyte);
    this.#values = new SealedValues(database.values, box);
    this.directory = new Directory(database, box);
  }

  /** Reads the snapshot of the queue and what came after it. Throws DamagedCache. */
  async open(): Promise<void> {
    const [packed, position] = await Promise.all([
      this.#values.get('queue'),
      this.#values.get('changes'),
      this.directory.open(),
      this.#tickets.open(),
      this.#letters.open(),
      this.#activities.open(),
    ]);
    if (position !== null)
      this.#position = { ...(parseJson(position) as ChangesRequest), caughtUp: false, head: null };
    const snapshot = packed === null ? { lastPage: 0, columns: emptyColumns() } : unpackSnapshot(packed);
    if (packed !== null) this.#textsBehind = { ids: snapshot.columns.ids, changed: new Set() };
    const changes: TicketChange[] = [];
    for await (const { id, row } of this.#tickets.since(snapshot.lastPage)) {
      changes.push({ id: id as TicketId, ticket: row === null ? null : readTicket(row).ticket });
    }
    this.#merge(snapshot.columns, changes);
    this.#changedSinceSnapshot = changes.length;
  }

  /** Sees to it that the columns have their texts; the first time after opening they are read. Throws DamagedCache. */
  async readTexts(): Promise<void> {
    if (this.#columns.texts === null) await this.#writers.pass(async () => this.#readTexts());
  }

  /** Where the feed has been read to. */
  get position(): Position {
    return this.#position;
  }

  /** What the stream of changes is asked with. */
  request(): ChangesRequest {
    return { epoch: this.#position.epoch, after: this.#position.after };
  }

  /** All tickets in the queue's order. */
  get columns(): QueueColumns {
    return this.#columns;
  }

  async tickets(ids: readonly TicketId[]): Promise<(VersionedTicket | null)[]> {
    const rows = await this.#tickets.getMany(ids);
    return rows.map((row) => (row === null ? null : readTicket(row)));
  }

  /** The letters of a ticket, oldest first. */
  async lettersOf(ticketId: TicketId): Promise<Letter[]> {
    const rows = await this.#letters.inGroup(ticketId);
    const letters = rows.map((row) => parseJson(row) as Letter);
    return letters.sort((a, b) => a.receivedAt - b.receivedAt || (a.id < b.id ? -1 : 1));
  }

  /** The letters that nobody could read and nobody has looked at, oldest first. */
  async quarantined(): Promise<Letter[]> {
    const rows = await this.#letters.inGroup(quarantine);
    const letters = rows.map((row) => parseJson(row) as Letter);
    return letters.sort((a, b) => a.receivedAt - b.receivedAt || (a.id < b.id ? -1 : 1));
  }

  /** A ticket's history, oldest first. */
  async activitiesOf(ticketId: TicketId): Promise<Activity[]> {
    const rows = await this.#activities.inGroup(ticketId);
    return rows.map((row) => parseJson(row) as Activity).sort(compareActivities);
  }

  /** Stores frames and the position after them. Frames that were seen before change nothing. */
  async apply(frames: readonly ChangesFrame[]): Promise<BaseChange> {
    return this.#writers.pass(async () => {
      let changes: Change[] = [];
      let everything = false;
      let position = this.#position;
      for (const frame of frames) {
        if (frame.type === 'caught-up') {
          position = { ...position, caughtUp: true };
          continue;
        }
        if (position.epoch !== null && frame.epoch !== position.epoch) {
          everything = true;
          changes = [];
          position = { epoch: frame.epoch, after: 0, caughtUp: false, head: null };
        }
        if (frame.type === 'reset') continue;
        for (const change of frame.changes) if (change.version > position.after) changes.push(change);
        position = {
          ...position,
          epoch: frame.epoch,
          after: Math.max(position.after, frame.next),
          head: frame.head ?? position.head,
        };
      }
      return this.#store(everything, changes, position);
    });
  }

  /** Tidies a little: changed rows into their pages. Answers whether there may be more to do. */
  async fold(atLeast?: number): Promise<boolean> {
    return this.#writers.pass(async () => {
      if ((await this.#letters.fold(atLeast)) || (await this.#activities.fold(atLeast))) return true;
      if (!this.#tickets.isWorthFolding(atLeast)) return false;
      // The snapshot must know of changed heads before they move into pages that opening does not replay.
      if (this.#changedSinceSnapshot > 0) await this.#storeSnapshot();
      return this.#tickets.fold(atLeast);
    });
  }

  async #store(everything: boolean, changes: readonly Change[], position: Position): Promise<BaseChange> {
    const tickets = ticketChanges(changes);
    const [ticketRows, letterRows, activityRows, directory, cursor] = await Promise.all([
      this.#tickets.prepare(rowsOfTickets(changes)),
      this.#letters.prepare(rowsOfLetters(changes)),
      this.#activities.prepare(rowsOfActivities(changes)),
      this.directory.prepare(changes),
      this.#values.seal('changes', jsonBytes({ epoch: position.epoch, after: position.after })),
    ]);
    const tables = [
      ...this.#tickets.tables,
      ...this.#letters.tables,
      ...this.#activities.tables,
      this.directory.table,
      this.#values.table,
    ];
    await this.#database.transaction('rw', tables, async () => {
      if (everything) {
        await Promise.all([
          this.#tickets.clear(),
          this.#letters.clear(),
          this.#activities.clear(),
          this.directory.table.clear(),
        ]);
        await this.#values.table.bulkDelete(['queue', 'texts']);
      }
      await this.#tickets.write(ticketRows);
      await this.#letters.write(letterRows);
      await this.#activities.write(activityRows);
      await this.directory.table.bulkPut(directory.records);
      await this.#values.table.put(cursor);
    });
    this.#position = position;
    if (everything) {
      this.directory.forget();
      this.#columns = emptyColumns();
      this.#textsBehind = null;
    }
    this.directory.learn(directory.members);
    this.#merge(this.#columns, tickets);
    this.#changedSinceSnapshot += tickets.length;
    if (this.#isSnapshotOld()) await this.#storeSnapshot();
    return {
      everything,
      tickets: touchedTickets(changes),
      directory: everything || directory.members.length > 0,
      quarantine: everything || changes.some(isOfQuarantine),
      rules: everything || directory.members.some(({ entity }) => entity === 'regulation'),
    };
  }

  /** While the feed is still being read a snapshot costs more than it is good for, unless much has come since. */
  #isSnapshotOld(): boolean {
    const limit = this.#position.caughtUp
      ? snapshotEvery
      : Math.max(4 * snapshotEvery, this.#columns.size / 2);
    return this.#changedSinceSnapshot > limit;
  }

  async #storeSnapshot(): Promise<void> {
    await this.#readTexts();
    const snapshot = packSnapshot({ lastPage: this.#tickets.lastPage, columns: this.#columns });
    const sealed = await Promise.all([
      this.#values.seal('queue', snapshot),
      this.#values.seal('texts', packTexts(this.#columns.texts ?? [])),
    ]);
    await this.#values.table.bulkPut(sealed);
    this.#changedSinceSnapshot = 0;
  }

  #merge(columns: QueueColumns, changes: readonly TicketChange[]): void {
    this.#columns = mergeColumns(columns, changes);
    for (const { id } of changes) this.#textsBehind?.changed.add(id);
  }

  async #readTexts(): Promise<void> {
    if (this.#textsBehind === null) return;
    const { ids, changed } = this.#textsBehind;
    const packed = await this.#values.get('texts');
    if (packed === null) throw new DamagedCache('the snapshot of texts is missing');
    const newer = (await this.tickets([...changed])).filter((found) => found !== null);
    const newerTexts = new Map(newer.map(({ ticket }) => [ticket.id, searchableText(ticket)]));
    this.#columns = { ...this.#columns, texts: alignTexts(packed, ids, this.#columns, newerTexts) };
    this.#textsBehind = null;
  }
}
