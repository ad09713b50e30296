import { PGlite, type Transaction } from '@electric-sql/pglite';
import type { Database, PoolState, Queryable } from './database.ts';

const int8 = 20;

/**
 * Opens the embedded PostgreSQL in `folder`, or in memory without one.
 *
 * One connection, so statements queue. Two opens of one folder diverge silently: hold the data folder's lock first.
 * The first start takes about 8 s and 800 MB. `onClosed` runs when it is closed again.
 */
export async function openPglite(
  folder: string | null,
  onClosed: () => Promise<void> = async () => {},
): Promise<Database> {
  const parsers = { [int8]: Number };
  const pglite = await PGlite.create(folder === null ? { parsers } : { dataDir: folder, parsers });
  return new PgliteDatabase(pglite, onClosed);
}

class PgliteDatabase implements Database {
  readonly engine = 'pglite';
  readonly #pglite: PGlite;
  readonly #onClosed: () => Promise<void>;
  #waiting = 0;

  constructor(pglite: PGlite, onClosed: () => Promise<void>) {
    this.#pglite = pglite;
    this.#onClosed = onClosed;
  }

  async query<Row extends object>(
    text: string,
    parameters: readonly unknown[] = [],
  ): Promise<readonly Row[]> {
    return await this.#counted(async () => await run<Row>(this.#pglite, text, parameters));
  }

  async transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T> {
    return await this.#counted(
      async () =>
        await this.#pglite.transaction(
          async (transaction) =>
            await work({ query: async (text, parameters = []) => await run(transaction, text, parameters) }),
        ),
    );
  }

  async listen(channel: string, onNotice: () => void): Promise<() => Promise<void>> {
    const stop = await this.#pglite.listen(channel, onNotice);
    return async () => {
      await stop();
    };
  }

  poolState(): PoolState {
    const busy = Math.min(this.#waiting, 1);
    return { total: 1, idle: 1 - busy, waiting: this.#waiting - busy };
  }

  async close(): Promise<void> {
    await this.#pglite.close();
    await this.#onClosed();
  }

  async #counted<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting += 1;
    try {
      return await work();
    } finally {
      this.#waiting -= 1;
    }
  }
}

async function run<Row extends object>(
  connection: PGlite | Transaction,
  text: string,
  parameters: readonly unknown[],
): Promise<readonly Row[]> {
  const result = await connection.query<Row>(text, [...parameters]);
  return result.rows;
}
