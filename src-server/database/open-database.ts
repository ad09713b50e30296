import path from 'node:path';
import type { Database } from './database.ts';
import { lockDataFolder } from './data-folder-lock.ts';
import { migrate } from './migrate.ts';
import { openPglite } from './pglite-database.ts';
import { openPostgres } from './postgres-database.ts';

/**
 * Opens the database that the configuration names and brings its schema up to date.
 *
 * The embedded one is opened under the data folder's lock, which is given back by `close`.
 */
export async function openDatabase(
  from: { readonly databaseUrl: string | null; readonly dataFolder: string },
  onError: (error: Error) => void,
): Promise<Database> {
  const database =
    from.databaseUrl === null ? await openLocked(from.dataFolder) : openPostgres(from.databaseUrl, onError);
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

async function openLocked(dataFolder: string): Promise<Database> {
  const release = await lockDataFolder(dataFolder);
  try {
    return await openPglite(path.join(dataFolder, 'pglite'), release);
  } catch (error) {
    await release();
    throw error;
  }
}
