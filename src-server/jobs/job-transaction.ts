import type { RuleBook } from '#shared/regulation/rule-book.ts';
import type { JobOperation } from '#shared/ticket/job-operation.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { jobLock } from '../database/advisory-locks.ts';
import type { Database, Queryable } from '../database/database.ts';
import { raceSafeTransaction } from '../database/transaction.ts';
import { commitChanges, type TicketMove } from '../feed/commit-changes.ts';
import { writeTickets } from '../tickets/ticket-rows.ts';
import { jobRecord } from './job-record.ts';

/** Runs a step of a job; null where another process runs the jobs at the moment. */
export async function jobTransaction<T>(
  database: Database,
  step: (transaction: Queryable) => Promise<T>,
): Promise<T | null> {
  return await raceSafeTransaction(database, async (transaction) => {
    const [row] = await transaction.query<{ taken: boolean }>(
      'select pg_try_advisory_xact_lock($1::bigint) as taken',
      [jobLock],
    );
    return row?.taken === true ? await step(transaction) : null;
  });
}

/** What a job did to one ticket. */
export interface JobDone {
  readonly operation: JobOperation;
  /** As it is after it. */
  readonly ticket: Ticket;
}

/** Writes what a job did, with a line in each history. Ends the transaction's work. */
export async function commitJob(
  transaction: Queryable,
  done: readonly JobDone[],
  moves: readonly TicketMove[],
  rules: RuleBook,
  now: number,
): Promise<void> {
  await writeTickets(
    transaction,
    done.map(({ ticket }) => ticket),
    rules,
  );
  await commitChanges(
    transaction,
    [
      ...done.map(({ operation }) => ({ kind: 'activity', id: operation.id }) as const),
      ...done.map(({ ticket }) => ({ kind: 'ticket', id: ticket.id }) as const),
    ],
    done.map(({ operation }) => jobRecord(operation)),
    moves,
    now,
  );
}
