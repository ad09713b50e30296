import { closesBySilenceAt } from '#shared/ticket/closes-by-silence-at.ts';
import type { Database } from '../database/database.ts';
import type { StoredRules } from '../regulation/stored-rules.ts';
import { lockTickets } from '../tickets/ticket-rows.ts';
import { jobTransaction } from './job-transaction.ts';

const pageSize = 500;

/**
 * Reckons anew when silence closes those tickets that were reckoned by an older version of the regulation, or never.
 * Returns how many; null where another process does it. Nothing of it is seen from outside, so no history tells of it.
 */
export async function retimeTickets(database: Database, stored: StoredRules): Promise<number | null> {
  for (let count = 0; ;) {
    const done = await jobTransaction(database, async (transaction) => {
      const { revision } = (await stored.read(transaction)).current;
      const rows = await transaction.query<{ id: string }>(
        `select id from ticket where status = 'waiting' and timed_by < $1::bigint order by timed_by, id limit $2::int`,
        [revision, pageSize],
      );
      if (rows.length === 0) return 0;
      const tickets = await lockTickets(
        transaction,
        rows.map(({ id }) => id),
      );
      const { current } = await stored.read(transaction);
      await transaction.query(
        `update ticket t set closes_at = g.closes_at, timed_by = $3::bigint
         from unnest($1::text[], $2::bigint[]) as g (id, closes_at) where t.id = g.id`,
        [
          [...tickets.keys()],
          [...tickets.values()].map((ticket) => closesBySilenceAt(ticket, current)),
          current.revision,
        ],
      );
      return rows.length;
    });
    if (done === null) return null;
    count += done;
    if (done < pageSize) return count;
  }
}
