import type { Database, Queryable } from './database.ts';
import { isRace } from './sql-error.ts';

const attempts = 5;

/** Runs a transaction again when it lost a race; `work` must have no effects outside the transaction. */
export async function raceSafeTransaction<T>(
  database: Database,
  work: (transaction: Queryable) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await database.transaction(work);
    } catch (error) {
      if (attempt === attempts || !isRace(error)) throw error;
    }
  }
}
