import { Dexie, type Table } from 'dexie';
import type { Bytes } from './bytes.ts';

/** A sealed page of rows. */
export interface PageRecord {
  readonly no: number;
  readonly data: Bytes;
}

/** The marks of a page's ids and groups, 32-bit words; see `PageIndex`. */
export interface MarksRecord {
  readonly no: number;
  readonly marks: Bytes;
}

/** A sealed row that is newer than what the pages say of it; an empty row says that it is gone. */
export interface HeadRecord {
  readonly id: string;
  readonly group: string;
  readonly data: Bytes;
}

/** One sealed value: cursors, the queue's snapshot, members of the directory. */
export interface ValueRecord {
  readonly key: string;
  readonly data: Bytes;
}

/** What {@link CacheDatabase} keeps in pages and heads. */
export type PagedName = 'tickets' | 'letters' | 'contents' | 'activities';

/**
 * The database of one profile. Outside sealed data it holds ids only: random ones, and the hashes that letters go by.
 *
 * Durability is relaxed: a lost tail takes its cursor along and is fetched again.
 */
export class CacheDatabase extends Dexie {
  readonly values: Table<ValueRecord, string>;
  readonly directory: Table<ValueRecord, string>;

  constructor(profileId: string) {
    super(databaseName(profileId), {
      autoOpen: false,
      cache: 'disabled',
      chromeTransactionDurability: 'relaxed',
    });
    // Both serve live queries, which nobody runs here: they would remember and broadcast every key that is written.
    this.unuse({ stack: 'dbcore', name: 'Observability' });
    this.unuse({ stack: 'dbcore', name: 'Cache' });
    this.version(1).stores({
      values: 'key',
      directory: 'key',
      ticketsPages: 'no',
      ticketsMarks: 'no',
      ticketsHeads: 'id',
      lettersPages: 'no',
      lettersMarks: 'no',
      lettersHeads: 'id, group',
      contentsPages: 'no',
      contentsMarks: 'no',
      contentsHeads: 'id',
    });
    this.version(2).stores({
      activitiesPages: 'no',
      activitiesMarks: 'no',
      activitiesHeads: 'id, group',
    });
    // Tickets got tags: what is here has none, and is fetched anew.
    this.version(3)
      .stores({})
      .upgrade(async (transaction) => {
        for (const name of transaction.storeNames) await transaction.table(name).clear();
      });
    this.values = this.table('values');
    this.directory = this.table('directory');
  }

  pages(name: PagedName): Table<PageRecord, number> {
    return this.table(`${name}Pages`);
  }

  marks(name: PagedName): Table<MarksRecord, number> {
    return this.table(`${name}Marks`);
  }

  heads(name: PagedName): Table<HeadRecord, string> {
    return this.table(`${name}Heads`);
  }
}

/** The name of a profile's database. */
export function databaseName(profileId: string): string {
  return `stp-${profileId}`;
}
