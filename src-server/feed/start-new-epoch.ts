import { randomUUID } from 'node:crypto';
import type { Queryable } from '../database/database.ts';

/** Begins a new epoch of the feed: every desk reads it anew. To be done after a backup was restored. */
export async function startNewEpoch(database: Queryable): Promise<void> {
  await database.query('update feed_head set epoch = $1', [randomUUID()]);
}
