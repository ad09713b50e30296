import type { Queryable } from '../database/database.ts';

/** What every cache in this process is checked against. */
export interface Heads {
  readonly feedVersion: number;
  readonly epoch: string;
  /** See the table `access_head`. */
  readonly revocations: number;
}

/**
 * Reads the heads for many requests at once.
 *
 * Every read begins after its request came in, so what another process committed before is always seen; requests that
 * come while a read is under way share the next one. One small query thus serves all requests of a busy moment.
 */
export class HeadReader {
  readonly #database: Queryable;
  #running: Promise<Heads> | null = null;
  #next: Promise<Heads> | null = null;

  constructor(database: Queryable) {
    this.#database = database;
  }

  async read(): Promise<Heads> {
    if (this.#running === null) return await this.#start();
    this.#next ??= this.#afterRunning(this.#running);
    return await this.#next;
  }

  async #afterRunning(running: Promise<Heads>): Promise<Heads> {
    // The failure belongs to those who wait for it; this read stands for itself.
    await running.catch(() => null);
    this.#next = null;
    return await this.#start();
  }

  async #start(): Promise<Heads> {
    const read = this.#query();
    this.#running = read;
    try {
      return await read;
    } finally {
      if (this.#running === read) this.#running = null;
    }
  }

  async #query(): Promise<Heads> {
    const rows = await this.#database.query<Heads>(
      'select f.version as "feedVersion", f.epoch, a.revocations from feed_head f cross join access_head a',
    );
    const heads = rows[0];
    if (heads === undefined) throw new Error('the feed has no head');
    return heads;
  }
}
