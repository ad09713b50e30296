import type { Article } from '#shared/protocol/article.ts';
import type { Template } from '#shared/protocol/template.ts';
import type { Database } from '../database/database.ts';
import { commitChanges } from '../feed/commit-changes.ts';

interface Entities {
  readonly article: Article;
  readonly template: Template;
}

const tables: Readonly<Record<keyof Entities, string>> = { article: 'article', template: 'template' };

/** Creates or replaces articles or templates: all of them or none. */
export async function putEntities<K extends keyof Entities>(
  database: Database,
  kind: K,
  entities: readonly Entities[K][],
  now: number,
): Promise<void> {
  // Of one id twice the last counts: one statement cannot write one row twice.
  const last = [...new Map(entities.map((entity) => [entity.id, entity])).values()];
  await database.transaction(async (transaction) => {
    await transaction.query(
      `insert into ${tables[kind]} (id, state) select * from unnest($1::text[], $2::text[])
       on conflict (id) do update set state = excluded.state`,
      [last.map(({ id }) => id), last.map((entity) => JSON.stringify(entity))],
    );
    await commitChanges(
      transaction,
      last.map(({ id }) => ({ kind, id })),
      [],
      [],
      now,
    );
  });
}

/** Removes one; desks get a tombstone. Nothing happens where there is none. */
export async function removeEntity(
  database: Database,
  kind: keyof Entities,
  id: string,
  now: number,
): Promise<void> {
  await database.transaction(async (transaction) => {
    const gone = await transaction.query(`delete from ${tables[kind]} where id = $1 returning id`, [id]);
    if (gone.length > 0) await commitChanges(transaction, [{ kind, id }], [], [], now);
  });
}
