import type { ChangesQuery } from '#shared/protocol/changes.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { ApiError } from '#shared/protocol/api-error.ts';
import type { Queryable } from '../database/database.ts';
import type { Heads } from './heads.ts';

const defaultLimit = 1_000;

/**
 * One page of the feed as JSON text: states lie ready in the tables and are joined together, never parsed.
 *
 * By keyset over `feed.version`, so that a page costs the same at any depth. An `after` beyond the head is the mark of a
 * desk that has seen more than this database holds: the database was restored, whether or not its epoch was changed.
 * An activity is the operation as it was recorded: nothing is kept twice, so nothing can differ.
 */
export async function readChanges(
  database: Queryable,
  heads: Heads,
  query: ChangesQuery,
): Promise<Result<string, ApiError>> {
  const { epoch, feedVersion } = heads;
  if ((query.epoch !== undefined && query.epoch !== epoch) || query.after > feedVersion) {
    return err({ kind: 'epoch-changed', message: 'The feed has a new epoch; read it again from 0.' });
  }
  const limit = query.limit ?? defaultLimit;
  const rows =
    query.after === feedVersion
      ? []
      : await database.query<{ kind: string; id: string; version: number; state: string | null }>(
          `select f.kind, f.id, f.version,
                  case f.kind
                    when 'ticket' then (select t.state from ticket t where t.id = f.id)
                    when 'letter' then (select l.state from letter l where l.id = f.id)
                    when 'agent' then (select a.state from agent a where a.id = f.id)
                    when 'article' then (select p.state from article p where p.id = f.id)
                    when 'activity' then (
                      select '{"id":"' || o.id || '","ticketId":"' || o.ticket_id || '","agentId":'
                             || coalesce('"' || o.agent_id || '"', 'null') || ',"operation":' || o.body || '}' from operation o where o.id = f.id)
                    when 'template' then (select m.state from template m where m.id = f.id)
                    when 'blocked-sender' then (select b.state from blocked_sender b where b.id = f.id)
                    when 'regulation' then (select r.state from regulation r where r.revision = f.id::bigint)
                    when 'settings' then (select s.state from service_settings s)
                  end as state
           from feed f where f.version > $1::bigint order by f.version limit $2::int`,
          [query.after, limit],
        );
  const full = rows.length === limit;
  const last = rows.at(-1)?.version ?? query.after;
  // A page that is not full reaches the head, or further where the feed moved on while it was read.
  const next = full ? last : Math.max(last, feedVersion);
  const changes = rows.map(
    (row) =>
      `{"entity":"${row.kind}","id":"${row.id}","version":${row.version},"state":${row.state ?? 'null'}}`,
  );
  return ok(
    `{"epoch":${JSON.stringify(epoch)},"head":${Math.max(feedVersion, last)},"next":${next},"more":${String(full && last < feedVersion)},"changes":[${changes.join(',')}]}`,
  );
}
