import type { Watermark, WatermarkAnswer } from '#shared/protocol/ingest.ts';
import type { Queryable } from '../database/database.ts';

/**
 * The moment up to which the mailbox is known to be taken in: the greatest that was reported for the folders and
 * UIDVALIDITYs of the newest report. A mailbox that was numbered anew starts again.
 */
export async function readWatermark(database: Queryable): Promise<WatermarkAnswer> {
  const rows = await database.query<{ at: number }>(
    'select at from watermark order by reported_at desc limit 1',
  );
  return { at: rows[0]?.at ?? null };
}

/** The greatest wins, whatever the order of reports. A moment after the API's own present is cut to it. */
export async function reportWatermark(
  database: Queryable,
  { folders, at }: Watermark,
  now: number,
): Promise<WatermarkAnswer> {
  const key = folders
    .map(({ folder, uidValidity }) => `${folder} ${uidValidity}`)
    .sort()
    .join(', ');
  const rows = await database.query<{ at: number }>(
    `insert into watermark as w (folders, at, reported_at) values ($1, $2::bigint, $3::bigint)
     on conflict (folders) do update set
       at = greatest(w.at, excluded.at), reported_at = greatest(w.reported_at, excluded.reported_at)
     returning at`,
    [key, Math.min(at, now), now],
  );
  return { at: rows[0]?.at ?? null };
}
