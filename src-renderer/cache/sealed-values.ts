import type { Table } from 'dexie';
import type { Bytes } from './bytes.ts';
import type { ValueRecord } from './database.ts';
import type { SealedBox } from './sealed-box.ts';

/** Single sealed values under plain names. */
export class SealedValues {
  readonly table: Table<ValueRecord, string>;
  readonly #box: SealedBox;

  constructor(table: Table<ValueRecord, string>, box: SealedBox) {
    this.table = table;
    this.#box = box;
  }

  async get(key: string): Promise<Bytes | null> {
    const record = await this.table.get(key);
    return record === undefined ? null : this.#box.open(this.table.name, key, record.data);
  }

  async getAll(): Promise<Map<string, Bytes>> {
    const records = await this.table.toArray();
    const opened = records.map(
      async ({ key, data }) => [key, await this.#box.open(this.table.name, key, data)] as const,
    );
    return new Map(await Promise.all(opened));
  }

  /** Seals a value; the caller puts the record into the table inside a transaction. */
  async seal(key: string, value: Bytes): Promise<ValueRecord> {
    return { key, data: await this.#box.seal(this.table.name, key, value) };
  }
}
