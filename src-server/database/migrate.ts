import { migrationLock } from './advisory-locks.ts';
import type { Database } from './database.ts';
import { migrations } from './migrations.ts';

/**
 * Brings the schema up to date, all in one transaction, so that a failed start leaves the old schema.
 *
 * Safe when several processes start together. Throws when the database was migrated by a newer program.
 */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.query('select pg_advisory_xact_lock($1::bigint)', [migrationLock]);
    await transaction.query(
      'create table if not exists migration (number int primary key, name text not null, ran_at timestamptz not null default now())',
    );
    const done = await transaction.query<{ number: number }>('select number from migration order by number');
    const newest = done.at(-1)?.number ?? 0;
    if (newest > migrations.length) {
      throw new Error(
        `The database is at schema ${newest}, this program knows ${migrations.length}: start a newer ticket API.`,
      );
    }
    for (const [index, migration] of migrations.entries()) {
      if (index < newest) continue;
      for (const statement of migration.statements) await transaction.query(statement);
      await transaction.query('insert into migration (number, name) values ($1, $2)', [
        index + 1,
        migration.name,
      ]);
    }
  });
}
