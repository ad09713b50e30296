import type { Bytes } from './bytes.ts';
import { DamagedCache } from './damaged-cache.ts';
import type { CacheDatabase, HeadRecord, PagedName, PageRecord } from './database.ts';
import { PageMemory, type OpenPage } from './page-memory.ts';
import { packPage, pageBytes, pageRows, rowOfPage, rowsOfPage } from './row-page.ts';
import type { SealedBox } from './sealed-box.ts';

/** What is stored of one entity; an empty `json` says that it is gone. */
export interface Row {
  readonly id: string;
  /** Rows of one group are found together; empty for none. */
  readonly group: string;
  readonly json: Bytes;
}

/** Sealed records on their way into the database. */
export interface PreparedWrite {
  readonly pages: readonly PageRecord[];
  readonly heads: readonly HeadRecord[];
  /** Heads that the pages supersede. */
  readonly folded: readonly string[];
}

/** Below this many rows a batch goes into heads: a page of its own would not pay. */
const worthPages = 64;
/** So many heads are folded at once; fewer wait for company. */
const foldedAtOnce = 256;

/**
 * Encrypted rows in pages of up to 256, and in single heads where rows changed since.
 *
 *     write --many--> new pages        read = the head, else the newest page that lists the id
 *       `-----few---> heads --fold--> pages, rewritten where the row lies
 *
 * One writer at a time; readers need no lock. Every write happens inside the caller's transaction, so that rows and the
 * cursor that vouches for them are stored together.
 */
export class PagedTable {
  readonly #database: CacheDatabase;
  readonly #name: PagedName;
  readonly #box: SealedBox;
  readonly #memory: PageMemory;
  #lastPage = 0;
  /** Grows when rows move between pages: what a reader gathered across it may miss one. */
  #moves = 0;

  constructor(database: CacheDatabase, name: PagedName, box: SealedBox, keptBytes: number) {
    this.#database = database;
    this.#name = name;
    this.#box = box;
    this.#memory = new PageMemory(keptBytes);
  }

  /** The greatest page number in use, 0 when there is none. */
  get lastPage(): number {
    return this.#lastPage;
  }

  /** What a transaction around {@link write} must name. */
  get tables() {
    return [this.#pages, this.#heads];
  }

  async open(): Promise<void> {
    this.#lastPage = (await this.#pages.orderBy('no').reverse().limit(1).primaryKeys())[0] ?? 0;
  }

  /** Seals rows for {@link write}. Of several rows with one id the last counts. */
  async prepare(rows: readonly Row[]): Promise<PreparedWrite> {
    const newest = [...new Map(rows.map((row) => [row.id, row])).values()];
    const living = newest.filter((row) => row.json.length > 0);
    const paged = living.length >= worthPages;
    const inHeads = paged ? newest.filter((row) => row.json.length === 0) : newest;
    const [pages, heads] = await Promise.all([
      paged ? this.#sealPages(living) : [],
      Promise.all(inHeads.map(async (row) => this.#sealHead(row))),
    ]);
    return { pages, heads, folded: paged ? living.map((row) => row.id) : [] };
  }

  /** Stores what {@link prepare} made, inside the caller's transaction. */
  async write({ pages, heads, folded }: PreparedWrite): Promise<void> {
    for (const page of pages) this.#memory.delete(page.no);
    if (folded.length > 0) await this.#heads.bulkDelete([...folded]);
    if (pages.length > 0) await this.#pages.bulkPut([...pages]);
    if (heads.length > 0) await this.#heads.bulkPut([...heads]);
  }

  /** Forgets everything, inside the caller's transaction. */
  async clear(): Promise<void> {
    this.#moves++;
    this.#memory.clear();
    await this.#pages.clear();
    await this.#heads.clear();
  }

  /** The rows of these ids, null where there is none. */
  async getMany(ids: readonly string[]): Promise<(Bytes | null)[]> {
    return this.#steadily(async () => this.#getMany(ids));
  }

  async #getMany(ids: readonly string[]): Promise<(Bytes | null)[]> {
    const { heads, pages } = await this.#places(ids);
    await this.#load(pages.flatMap((nos, index) => (heads[index] === undefined ? nos.slice(-1) : [])));
    return Promise.all(
      ids.map(async (id, index) => {
        const head = heads[index];
        if (head !== undefined) return living(await this.#openHead(head));
        const no = pages[index]?.at(-1);
        return no === undefined ? null : this.#rowIn(await this.#page(no), id);
      }),
    );
  }

  /** Which of these ids have a row, or had one that is known to be gone. */
  async known(ids: readonly string[]): Promise<boolean[]> {
    const { heads, pages } = await this.#places(ids);
    return ids.map((_, index) => heads[index] !== undefined || (pages[index]?.length ?? 0) > 0);
  }

  /** All rows of a group, in no order. */
  async inGroup(group: string): Promise<Bytes[]> {
    return this.#steadily(async () => this.#inGroup(group));
  }

  async #inGroup(group: string): Promise<Bytes[]> {
    const nos = await this.#pages.where('groups').equals(group).primaryKeys();
    const found = new Map<string, Bytes | null>();
    for (const no of nos.sort((a, b) => a - b)) {
      const page = await this.#page(no);
      for (const [index, id] of page.ids.entries()) {
        if (page.groups[index] === group) found.set(id, rowOfPage(page.data, index));
      }
    }
    const [moved, heads] = await Promise.all([
      this.#heads.bulkGet([...found.keys()]),
      this.#heads.where('group').equals(group).toArray(),
    ]);
    for (const head of moved) if (head !== undefined) found.delete(head.id);
    for (const head of heads) found.set(head.id, living(await this.#openHead(head)));
    return [...found.values()].filter((row) => row !== null);
  }

  /** The rows that were stored after page `no`, oldest first, then every head. */
  async *since(no: number): AsyncGenerator<{ readonly id: string; readonly row: Bytes | null }> {
    for (let next = no + 1; next <= this.#lastPage; next++) {
      const record = await this.#pages.get(next);
      if (record === undefined) continue;
      const page = await this.#open(record);
      for (const [index, id] of page.ids.entries()) yield { id, row: rowOfPage(page.data, index) };
    }
    for (const head of await this.#heads.toArray()) {
      yield { id: head.id, row: living(await this.#openHead(head)) };
    }
  }

  /**
   * Moves the oldest heads into the pages where their rows lie, rows without a place to the last page.
   *
   * Answers whether there was enough to be worth it. Must not run beside another writer.
   */
  async fold(atLeast = foldedAtOnce): Promise<boolean> {
    const heads = await this.#heads.limit(foldedAtOnce).toArray();
    if (heads.length === 0 || heads.length < atLeast) return false;
    const ids = heads.map((head) => head.id);
    const { pages } = await this.#places(ids);
    const rows = new Map<string, Row>();
    for (const head of heads) rows.set(head.id, { ...head, json: await this.#openHead(head) });
    const rewritten: PageRecord[] = [];
    for (const no of new Set(pages.flat())) {
      rewritten.push(...(await this.#replaced(await this.#page(no), rows)));
    }
    const homeless = [...rows.values()].filter(
      (row, index) => pages[index]?.length === 0 && row.json.length > 0,
    );
    rewritten.push(...(await this.#sealPages(homeless)));
    await this.#database.transaction('rw', this.#pages, this.#heads, async () => {
      this.#moves++;
      await this.write({ pages: rewritten, heads: [], folded: ids });
    });
    return true;
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

  get #pages() {
    return this.#database.pages(this.#name);
  }

  get #heads() {
    return this.#database.heads(this.#name);
  }

  async #places(ids: readonly string[]) {
    return this.#database.transaction('r', this.#pages, this.#heads, async () => {
      const [heads, pages] = await Promise.all([
        this.#heads.bulkGet([...ids]),
        Promise.all(ids.map(async (id) => this.#pages.where('ids').equals(id).primaryKeys())),
      ]);
      return { heads, pages: pages.map((nos) => nos.sort((a, b) => a - b)) };
    });
  }

  /** Brings pages into memory with one read. */
  async #load(nos: readonly number[]): Promise<void> {
    const moves = this.#moves;
    const missing = [...new Set(nos)].filter((no) => this.#memory.get(no) === undefined);
    const records = await this.#pages.bulkGet(missing);
    await Promise.all(
      records.map(async (record) => {
        if (record !== undefined) this.#remember(await this.#open(record), moves);
      }),
    );
  }

  async #page(no: number): Promise<OpenPage> {
    const known = this.#memory.get(no);
    if (known !== undefined) return known;
    const moves = this.#moves;
    const record = await this.#pages.get(no);
    if (record === undefined) throw new DamagedCache(`${this.#name} misses page ${no}`);
    const page = await this.#open(record);
    this.#remember(page, moves);
    return page;
  }

  /** Keeps a page that was read at `moves`, unless it may have been rewritten since. */
  #remember(page: OpenPage, moves: number): void {
    if (moves === this.#moves) this.#memory.add(page);
  }

  async #open(record: PageRecord): Promise<OpenPage> {
    return { ...record, data: await this.#box.open(`${this.#name}Pages`, String(record.no), record.data) };
  }

  #rowIn(page: OpenPage, id: string): Bytes {
    const index = page.ids.lastIndexOf(id);
    if (index === -1) throw new DamagedCache(`${this.#name} misses a row`);
    return rowOfPage(page.data, index);
  }

  async #openHead(head: HeadRecord): Promise<Bytes> {
    return this.#box.open(`${this.#name}Heads`, head.id, head.data);
  }

  async #sealHead({ id, group, json }: Row): Promise<HeadRecord> {
    return { id, group, data: await this.#box.seal(`${this.#name}Heads`, id, json) };
  }

  async #sealPages(rows: readonly Row[]): Promise<PageRecord[]> {
    return Promise.all(chunks(rows).map(async (chunk) => this.#sealPage(++this.#lastPage, chunk)));
  }

  async #sealPage(no: number, rows: readonly Row[]): Promise<PageRecord> {
    const data = await this.#box.seal(
      `${this.#name}Pages`,
      String(no),
      packPage(rows.map((row) => row.json)),
    );
    return { no, ids: rows.map((row) => row.id), groups: rows.map((row) => row.group), data };
  }

  /** The page with newer rows in place of its own; what no longer fits goes to new pages. */
  async #replaced(page: OpenPage, newer: ReadonlyMap<string, Row>): Promise<PageRecord[]> {
    const rows = rowsOfPage(page.data)
      .map((json, index): Row => {
        const id = page.ids[index] ?? '';
        return newer.get(id) ?? { id, group: page.groups[index] ?? '', json };
      })
      .filter((row) => row.json.length > 0);
    const [first = [], ...rest] = chunks(rows);
    return [await this.#sealPage(page.no, first), ...(await this.#sealPages(rest.flat()))];
  }
}

function living(row: Bytes): Bytes | null {
  return row.length === 0 ? null : row;
}

function chunks(rows: readonly Row[]): Row[][] {
  const all: Row[][] = [];
  let size = 0;
  for (const row of rows) {
    const current = all.at(-1);
    if (current === undefined || current.length >= pageRows || size + row.json.length > pageBytes) {
      all.push([row]);
      size = row.json.length;
    } else {
      current.push(row);
      size += row.json.length;
    }
  }
  return all;
}
