import type { Bytes } from './bytes.ts';
import { DamagedCache } from './damaged-cache.ts';
import type { CacheDatabase, HeadRecord, MarksRecord, PagedName } from './database.ts';
import { markOf, PageIndex } from './page-index.ts';
import { PageMemory, type OpenPage } from './page-memory.ts';
import { chunksForPages, type Row, type RowBundle } from './row-page.ts';
import type { SealedBox } from './sealed-box.ts';
import { groupMark, SealedPages, type SealedPage } from './sealed-pages.ts';

/** Sealed records on their way into the database. */
export interface PreparedWrite {
  readonly pages: readonly SealedPage[];
  readonly heads: readonly HeadRecord[];
  /** Heads that the pages supersede. */
  readonly folded: readonly string[];
}

/** Where the newest of an id's rows in pages lies. */
interface Place {
  readonly no: number;
  readonly row: Bytes;
  readonly group: string;
}

/** Below this many rows a batch goes into heads: a page of its own would not pay. */
const worthPages = 64;
/** So many heads are folded at once; fewer wait for company. */
const foldedAtOnce = 256;

/**
 * Encrypted rows in pages of up to 256, and in single heads where rows changed since.
 *
 *     write --many--> new pages        read = the head, else the newest page that has the id
 *       `-----few---> heads --fold--> pages, rewritten where the row lies
 *
 * Which pages have an id is known by marks in memory, stored beside the pages: an IndexedDB index over the ids of pages
 * took most of the time of storing them (51,200 ids: 1.8-3 s). One writer at a time; readers need no lock. Every write
 * happens inside the caller's transaction, so that rows and the cursor that vouches for them are stored together.
 */
export class PagedTable {
  readonly #database: CacheDatabase;
  readonly #name: PagedName;
  readonly #sealed: SealedPages;
  readonly #index = new PageIndex();
  readonly #memory: PageMemory;
  /** Which ids have a head; folding keeps them few. */
  readonly #headIds = new Set<string>();
  #lastPage = 0;
  /** Grows when rows move between pages: what a reader gathered across it may miss one. */
  #moves = 0;

  constructor(database: CacheDatabase, name: PagedName, box: SealedBox, keptBytes: number) {
    this.#database = database;
    this.#name = name;
    this.#sealed = new SealedPages(name, box);
    this.#memory = new PageMemory(keptBytes);
  }

  /** The greatest page number in use, 0 when there is none. */
  get lastPage(): number {
    return this.#lastPage;
  }

  /** What a transaction around {@link write} must name. */
  get tables() {
    return [this.#pages, this.#marks, this.#heads];
  }

  async open(): Promise<void> {
    for (const record of await this.#marks.toArray()) this.#addMarks(record);
    for (const id of await this.#heads.toCollection().primaryKeys()) this.#headIds.add(id);
  }

  /** Seals rows for {@link write}. Of several rows with one id the last counts. Each bundle is a page of its own. */
  async prepare(rows: readonly Row[], bundles: readonly RowBundle[] = []): Promise<PreparedWrite> {
    const newest = [...new Map(rows.map((row) => [row.id, row])).values()];
    const living = newest.filter((row) => row.json.length > 0);
    const isPaged = living.length >= worthPages;
    const inHeads = isPaged ? newest.filter((row) => row.json.length === 0) : newest;
    const [bundled, pages, heads] = await Promise.all([
      Promise.all(bundles.map(async (bundle) => this.#sealed.sealBundle(++this.#lastPage, bundle))),
      this.#sealPages(isPaged ? living : []),
      Promise.all(inHeads.map(async (row) => this.#sealed.sealHead(row))),
    ]);
    const inPages = [...bundles.flatMap(({ ids }) => ids), ...(isPaged ? living.map(({ id }) => id) : [])];
    return {
      pages: [...bundled, ...pages],
      heads,
      folded: inPages.filter((id) => this.#headIds.has(id)),
    };
  }

  /** Stores what {@link prepare} made, inside the caller's transaction. */
  async write({ pages, heads, folded }: PreparedWrite): Promise<void> {
    for (const { page, marks } of pages) {
      this.#memory.delete(page.no);
      this.#addMarks(marks);
    }
    for (const id of folded) this.#headIds.delete(id);
    for (const { id } of heads) this.#headIds.add(id);
    if (folded.length > 0) await this.#heads.bulkDelete([...folded]);
    if (pages.length > 0) {
      await this.#pages.bulkPut(pages.map(({ page }) => page));
      await this.#marks.bulkPut(pages.map(({ marks }) => marks));
    }
    if (heads.length > 0) await this.#heads.bulkPut([...heads]);
  }

  /** Forgets everything, inside the caller's transaction. */
  async clear(): Promise<void> {
    this.#moves++;
    this.#memory.clear();
    this.#index.clear();
    this.#headIds.clear();
    for (const table of this.tables) await table.clear();
  }

  /** The rows of these ids, null where there is none. */
  async getMany(ids: readonly string[]): Promise<(Bytes | null)[]> {
    return this.#steadily(async () => {
      const heads = await this.#headsOf(ids);
      const inPages = ids.filter((id) => !heads.has(id));
      await this.#load(inPages.flatMap((id) => this.#index.pagesOf(markOf(id)).slice(0, 1)));
      return Promise.all(
        ids.map(async (id) => {
          const head = heads.get(id);
          return head === undefined ? ((await this.#place(id))?.row ?? null) : living(head);
        }),
      );
    });
  }

  /** Those of these ids that have a row. */
  async known(ids: readonly string[]): Promise<Set<string>> {
    const rows = await this.getMany(ids);
    return new Set(ids.filter((_, index) => rows[index] !== null));
  }

  /** All rows of a group, in no order. */
  async inGroup(group: string): Promise<Bytes[]> {
    return this.#steadily(async () => {
      const found = new Map<string, Bytes | null>();
      const pages = this.#index.pagesOf(groupMark(group));
      await this.#load(pages);
      for (const no of pages) {
        const page = await this.#page(no);
        for (const [index, id] of page.ids.entries()) {
          if (page.groups[index] !== group) continue;
          // Only the newest page knows where a row belongs by now; this one may be older.
          const place = await this.#place(id);
          if (place?.group === group && !this.#headIds.has(id)) found.set(id, place.row);
        }
      }
      for (const head of await this.#heads.where('group').equals(group).toArray()) {
        found.set(head.id, living(await this.#sealed.openHead(head)));
      }
      return [...found.values()].filter((row) => row !== null);
    });
  }

  /** The rows that were stored after page `no`, oldest first, then every head. */
  async *since(no: number): AsyncGenerator<{ readonly id: string; readonly row: Bytes | null }> {
    for (const later of await this.#pages.where('no').above(no).primaryKeys()) {
      const page = await this.#page(later);
      for (const [index, id] of page.ids.entries()) yield { id, row: page.rows[index] ?? null };
    }
    for (const head of await this.#heads.toArray()) {
      yield { id: head.id, row: living(await this.#sealed.openHead(head)) };
    }
  }

  /** Whether {@link fold} has so many heads to move. */
  isWorthFolding(atLeast = foldedAtOnce): boolean {
    return this.#headIds.size > 0 && this.#headIds.size >= atLeast;
  }

  /**
   * Moves some heads into the pages where their rows lie, rows without a place to new pages.
   *
   * Answers whether there were at least so many. Must not run beside another writer.
   */
  async fold(atLeast = foldedAtOnce): Promise<boolean> {
    if (!this.isWorthFolding(atLeast)) return false;
    const heads = await this.#heads.limit(foldedAtOnce).toArray();
    const newer = new Map<string, Row>();
    for (const head of heads) newer.set(head.id, { ...head, json: await this.#sealed.openHead(head) });
    const homeless = new Map(newer);
    const pages: SealedPage[] = [];
    for (const no of new Set([...newer.keys()].flatMap((id) => this.#index.pagesOf(markOf(id))))) {
      const page = await this.#page(no);
      const listed = page.ids.filter((id) => homeless.delete(id) || newer.has(id));
      if (listed.length > 0) pages.push(...(await this.#sealReplaced(page, newer)));
    }
    pages.push(...(await this.#sealPages([...homeless.values()].filter((row) => row.json.length > 0))));
    await this.#database.transaction('rw', this.tables, async () => {
      this.#moves++;
      await this.write({ pages, heads: [], folded: [...newer.keys()] });
    });
    return true;
  }

  get #pages() {
    return this.#database.pages(this.#name);
  }

  get #marks() {
    return this.#database.marks(this.#name);
  }

  get #heads() {
    return this.#database.heads(this.#name);
  }

  /** Repeats a reading during which rows moved. */
  async #steadily<T>(read: () => Promise<T>): Promise<T> {
    for (;;) {
      const moves = this.#moves;
      try {
        const found = await read();
        if (moves === this.#moves) return found;
      } catch (error) {
        if (moves === this.#moves) throw error;
      }
    }
  }

  /** The row of an id as the pages have it. */
  async #place(id: string): Promise<Place | null> {
    for (const no of this.#index.pagesOf(markOf(id))) {
      const page = await this.#page(no);
      const index = page.ids.indexOf(id);
      const row = page.rows[index];
      if (row !== undefined) return { no, row, group: page.groups[index] ?? '' };
    }
    return null;
  }

  /** The rows of those ids that have a head, an empty row where it says that the entity is gone. */
  async #headsOf(ids: readonly string[]): Promise<Map<string, Bytes>> {
    const heads = await this.#heads.bulkGet(ids.filter((id) => this.#headIds.has(id)));
    const opened = heads
      .filter((head) => head !== undefined)
      .map(async (head) => [head.id, await this.#sealed.openHead(head)] as const);
    return new Map(await Promise.all(opened));
  }

  /** Brings pages into memory with one read. */
  async #load(nos: readonly number[]): Promise<void> {
    const moves = this.#moves;
    const missing = [...new Set(nos)].filter((no) => this.#memory.get(no) === undefined);
    const records = await this.#pages.bulkGet(missing);
    await Promise.all(
      records.map(async (record) => {
        if (record !== undefined) this.#remember(await this.#sealed.openPage(record), moves);
      }),
    );
  }

  async #page(no: number): Promise<OpenPage> {
    const known = this.#memory.get(no);
    if (known !== undefined) return known;
    const moves = this.#moves;
    const record = await this.#pages.get(no);
    if (record === undefined) throw new DamagedCache(`${this.#name} misses page ${no}`);
    const page = await this.#sealed.openPage(record);
    this.#remember(page, moves);
    return page;
  }

  /** Keeps a page that was read at `moves`, unless it may have been rewritten since. */
  #remember(page: OpenPage, moves: number): void {
    if (moves === this.#moves) this.#memory.add(page);
  }

  #addMarks({ no, marks }: MarksRecord): void {
    for (const mark of new Uint32Array(marks.slice().buffer)) this.#index.add(mark, no);
    this.#lastPage = Math.max(this.#lastPage, no);
  }

  /** Seals rows as new pages. */
  async #sealPages(rows: readonly Row[]): Promise<SealedPage[]> {
    return Promise.all(
      chunksForPages(rows).map(async (chunk) => this.#sealed.sealPage(++this.#lastPage, chunk)),
    );
  }

  /**
   * The page with newer rows in place of its own; what no longer fits goes to new pages.
   *
   * Rows that a later page has too are left out: on a new page they would look like the newest.
   */
  async #sealReplaced(page: OpenPage, newer: ReadonlyMap<string, Row>): Promise<SealedPage[]> {
    const rows: Row[] = [];
    for (const [index, id] of page.ids.entries()) {
      const place = await this.#place(id);
      if (place?.no !== page.no) continue;
      const row = newer.get(id) ?? { id, group: place.group, json: page.rows[index] ?? place.row };
      if (row.json.length > 0) rows.push(row);
    }
    const [first = [], ...rest] = chunksForPages(rows);
    return [await this.#sealed.sealPage(page.no, first), ...(await this.#sealPages(rest.flat()))];
  }
}

function living(row: Bytes): Bytes | null {
  return row.length === 0 ? null : row;
}
