import { v7 as newUuid } from 'uuid';
import type { OperationId } from '#shared/ids.ts';
import { reduceJob, type JobOperation } from '#shared/ticket/job-operation.ts';
import type { Database } from '../database/database.ts';
import type { StoredRules } from '../regulation/stored-rules.ts';
import { lockTickets } from '../tickets/ticket-rows.ts';
import { commitJob, jobTransaction, type JobDone } from './job-transaction.ts';

const pageSize = 200;

/**
 * Brings postponed tickets back into the queue on the day that was named. Returns how many; null where another process
 * does it.
 */
export async function lookAgain(
  database: Database,
  stored: StoredRules,
  now: number,
): Promise<number | null> {
  for (let count = 0; ;) {
    const page = await jobTransaction(database, async (transaction) => {
      const rows = await transaction.query<{ id: string }>(
        'select id from ticket where look_again_at <= $1::bigint order by look_again_at, id limit $2::int',
        [now, pageSize],
      );
      const tickets = await lockTickets(
        transaction,
        rows.map(({ id }) => id),
      );
      const rules = await stored.read(transaction);
      const done = [...tickets.values()].flatMap((ticket): JobDone[] => {
        const operation: JobOperation = {
          id: newUuid() as OperationId,
          ticketId: ticket.id,
          madeAt: now,
          kind: 'look-again',
        };
        const seen = reduceJob(ticket, operation, rules);
        return seen === null ? [] : [{ operation, ticket: seen }];
      });
      if (done.length > 0) await commitJob(transaction, done, [], rules, now);
      return { done: done.length, isLast: rows.length < pageSize || done.length === 0 };
    });
    if (page === null) return null;
    count += page.done;
    if (page.isLast) return count;
  }
}
