import type { Database } from '../database/database.ts';
import type { StoredRules } from '../regulation/stored-rules.ts';
import {
  recordAutomaticLetter,
  recordGivenUp,
  type RequestedSend,
} from '../sends/record-automatic-letter.ts';
import type { MailboxAddress } from '#shared/ticket/letter.ts';
import { jobTransaction } from './job-transaction.ts';

const pageSize = 100;

/**
 * Ends automatic letters of which nobody speaks any more: those that no desk could send in time, and those that a desk
 * let leave without ever telling what became of them. Of the latter a copy in Sent proves that they left; without one
 * nobody knows, and they are not sent again. Histories tell. Returns how many were not sent, or maybe not; null where another process does
 * it.
 */
export async function settleSends(
  database: Database,
  stored: StoredRules,
  now: number,
): Promise<number | null> {
  const found = await settleFound(database, stored, now);
  if (found === null) return null;
  for (let count = 0; ;) {
    const done = await jobTransaction(database, async (transaction) => {
      const rows = await transaction.query<RequestedSend & { why: 'expired' | 'uncertain' }>(
        `update send_request set state = case when state = 'leaving' then 'uncertain' else 'expired' end
         where id in (
           select id from send_request
           where (state = 'leaving' and lease_expires_at <= $1::bigint)
              or (expires_at <= $1::bigint
                  and (state = 'waiting' or (state = 'leased' and lease_expires_at <= $1::bigint)))
           order by id limit $2::int for update)
         returning id, ticket_id as "ticketId", message_id as "messageId", letter, state as why`,
        [now, pageSize],
      );
      const given = rows.map((request) => ({ request, why: request.why }));
      if (given.length > 0) await recordGivenUp(transaction, given, await stored.read(transaction), now);
      return given.length;
    });
    if (done === null) return null;
    count += done;
    if (done < pageSize) return count;
  }
}

/** Letters that left without a word of the desk, and that lie in Sent. Returns how many. */
async function settleFound(database: Database, stored: StoredRules, now: number): Promise<number | null> {
  for (let count = 0; ; count += 1) {
    const settled = await jobTransaction(database, async (transaction) => {
      const [row] = await transaction.query<RequestedSend & { copy: string }>(
        `select r.id, r.ticket_id as "ticketId", r.message_id as "messageId", r.letter, l.state as copy
         from send_request r join letter l on l.message_id = r.message_id and l.direction = 'out'
         where r.state in ('leaving', 'uncertain') and r.lease_expires_at <= $1::bigint
         order by r.id limit 1 for update of r`,
        [now],
      );
      if (row === undefined) return false;
      await transaction.query(`update send_request set state = 'sent' where id = $1`, [row.id]);
      const { receivedAt, from } = JSON.parse(row.copy) as { receivedAt: number; from: MailboxAddress };
      await recordAutomaticLetter(
        transaction,
        row,
        { at: receivedAt, from },
        await stored.read(transaction),
        now,
      );
      return true;
    });
    if (settled === null) return null;
    if (!settled) return count;
  }
}
