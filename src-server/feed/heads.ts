import type { Queryable } from '../database/database.ts';
import { SharedRead } from '../database/shared-read.ts';

/** What every cache in this process is checked against. */
export interface Heads {
  readonly feedVersion: number;
  readonly epoch: string;
  /** See the table `access_head`. */
  readonly revocations: number;
}

/** Reads the heads for many requests at once: one small query serves all requests of a busy moment. */
export class HeadReader {
  readonly #shared: SharedRead<Heads>;

  constructor(database: Queryable) {
    this.#shared = new SharedRead(async () => {
      const rows = await database.query<Heads>(
        'select f.version as "feedVersion", f.epoch, a.revocations from feed_head f cross join access_head a',
      );
      const heads = rows[0];
      if (heads === undefined) throw new Error('the feed has no head');
      return heads;
    });
  }

  async read(): Promise<Heads> {
    return await this.#shared.read();
  }
}
