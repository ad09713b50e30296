import type { Bytes } from './bytes.ts';
import type { HeadRecord, MarksRecord, PagedName, PageRecord } from './database.ts';
import { markOf } from './page-index.ts';
import type { OpenPage } from './page-memory.ts';
import { packBundle, packPage, unpackPage, type Row, type RowBundle } from './row-page.ts';
import type { SealedBox } from './sealed-box.ts';

/** A page as it is stored, and the marks that it is found by. */
export interface SealedPage {
  readonly page: PageRecord;
  readonly marks: MarksRecord;
}

/** Turns rows into the records of one paged table and back. */
export class SealedPages {
  readonly #name: PagedName;
  readonly #box: SealedBox;

  constructor(name: PagedName, box: SealedBox) {
    this.#name = name;
    this.#box = box;
  }

  async sealPage(no: number, rows: readonly Row[]): Promise<SealedPage> {
    return this.#seal(no, packPage(rows), marksOf(rows));
  }

  async sealBundle(no: number, bundle: RowBundle): Promise<SealedPage> {
    return this.#seal(no, packBundle(bundle), marksOf(bundle.ids.map((id) => ({ id, group: '' }))));
  }

  async openPage({ no, data }: PageRecord): Promise<OpenPage> {
    return unpackPage(no, await this.#box.open(`${this.#name}Pages`, String(no), data));
  }

  async sealHead({ id, group, json }: Row): Promise<HeadRecord> {
    return { id, group, data: await this.#box.seal(`${this.#name}Heads`, id, json) };
  }

  async openHead({ id, data }: HeadRecord): Promise<Bytes> {
    return this.#box.open(`${this.#name}Heads`, id, data);
  }

  async #seal(no: number, packed: Bytes, marks: Bytes): Promise<SealedPage> {
    const data = await this.#box.seal(`${this.#name}Pages`, String(no), packed);
    return { page: { no, data }, marks: { no, marks } };
  }
}

/** Groups have marks of their own, so that a group's pages are not looked into for a row of the same name. */
export function groupMark(group: string): number {
  return markOf(`group ${group}`);
}

function marksOf(rows: readonly Pick<Row, 'id' | 'group'>[]): Bytes {
  const marks = new Set(rows.map(({ id }) => markOf(id)));
  for (const { group } of rows) if (group !== '') marks.add(groupMark(group));
  return new Uint8Array(Uint32Array.from(marks).buffer);
}
