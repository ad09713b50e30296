import type { IngestLeaseAnswer } from '#shared/protocol/ingest.ts';
import type { Queryable } from '../database/database.ts';

/** Short, because letters wait for as long when the desk that holds it was just closed; desks renew at less than half. */
const leaseMs = 30_000;

/** Takes or extends the ingest lease. Only saves desks from doing the same work twice. */
export async function takeIngestLease(
  database: Queryable,
  deskId: string,
  now: number,
): Promise<IngestLeaseAnswer> {
  const taken = await database.query<{ expires_at: number }>(
    `insert into ingest_lease as l (desk_id, expires_at) values ($1, $2::bigint)
     on conflict (only_row) do update set desk_id = excluded.desk_id, expires_at = excluded.expires_at
     where l.desk_id = excluded.desk_id or l.expires_at <= $3::bigint
     returning expires_at`,
    [deskId, now + leaseMs, now],
  );
  const mine = taken[0];
  if (mine !== undefined) return { held: true, expiresAt: mine.expires_at };
  const rows = await database.query<{ expires_at: number }>('select expires_at from ingest_lease');
  return { held: false, expiresAt: rows[0]?.expires_at ?? now };
}
