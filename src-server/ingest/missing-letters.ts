import type { MissingAnswer, MissingQuery } from '#shared/protocol/ingest.ts';
import type { Queryable } from '../database/database.ts';
import { UidSet } from '#shared/mail/uid-set.ts';

/**
 * Which of these UIDs have no fate yet. A place that a desk quarantined (see letterIdOfPlace) is asked for again, for
 * its letter may have been unreadable for a bad hour of the mail server only. History has no fate any more once
 * `ticketsFrom` was moved back before it, so that desks submit it again.
 */
export async function missingLetters(
  database: Queryable,
  { folder, uidValidity, uids }: MissingQuery,
): Promise<MissingAnswer> {
  const wanted = UidSet.parse(uids);
  if (wanted.size === 0) return { uids: '' };
  const rows = await database.query<{ uid: number }>(
    `select p.uid from letter_location p join letter l on l.id = p.letter_id left join mailbox_record m on true
     where p.folder = $1 and p.uid_validity = $2 and p.uid between $3::bigint and $4::bigint
       and not (l.disposition in ('quarantined', 'reviewed') and l.id like '0:%')
       and not (l.disposition = 'history' and l.received_at >= m.tickets_from)
     order by p.uid`,
    [folder, uidValidity, Math.min(wanted.least(), maxUid), Math.min(wanted.greatest(), maxUid)],
  );
  return { uids: wanted.difference(UidSet.of(rows.map((row) => row.uid))).format() };
}

/** RFC 3501 §2.3.1.1: 32 bits. A client may still ask for more digits than the database's numbers take. */
const maxUid = 4_294_967_295;
