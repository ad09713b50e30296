import { v7 as newUuid } from 'uuid';
import type { OperationId } from '#shared/ids.ts';
import type { ApiError } from '#shared/protocol/api-error.ts';
import type { PutRegulation } from '#shared/protocol/put-regulation.ts';
import type { Regulation } from '#shared/regulation/regulation.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { JobOperation } from '#shared/ticket/job-operation.ts';
import { ingestLock } from '../database/advisory-locks.ts';
import type { Database } from '../database/database.ts';
import { raceSafeTransaction } from '../database/transaction.ts';
import { commitChanges } from '../feed/commit-changes.ts';
import { jobRecord } from '../jobs/job-record.ts';
import { checkRegulation } from './check-regulation.ts';
import { movedDeadlines, readWaitingTickets } from './moved-deadlines.ts';
import type { StoredRules } from './stored-rules.ts';

/**
 * Puts a new version of the regulation into force from now on; refused when somebody else did since `revision` was read.
 *
 * In the same transaction every waiting client's deadline that moves is written into the history of its ticket. No
 * ticket slips through: whoever changes tickets reads the rules after having locked them, so that those who come before
 * this transaction are seen here and those who come after it judge by the new version. Closed tickets stay as they are.
 */
export async function putRegulation(
  database: Database,
  { revision, ...proposed }: PutRegulation,
  stored: StoredRules,
  now: number,
): Promise<Result<Regulation, ApiError>> {
  const checked = checkRegulation(proposed);
  if (!checked.ok) return checked;
  return await raceSafeTransaction(database, async (transaction) => {
    await transaction.query('select pg_advisory_xact_lock($1::bigint)', [ingestLock]);
    // Conflicts with `for update`, not with readers.
    await transaction.query('lock table ticket in exclusive mode');
    const before = await stored.read(transaction);
    if (before.current.revision !== revision) {
      return err({ kind: 'conflict', message: 'Somebody else changed the regulation; read it again.' });
    }
    const since = Math.max(now, before.current.since);
    const regulation: Regulation = { revision: revision + 1, since, ...checked.value };
    await transaction.query('insert into regulation (revision, state) values ($1::bigint, $2)', [
      regulation.revision,
      JSON.stringify(regulation),
    ]);
    const after = before.with([regulation]);
    const moved = movedDeadlines(await readWaitingTickets(transaction), before.current, after.current);
    const operations = moved.map(({ ticket, from, to }): JobOperation => ({
      id: newUuid() as OperationId,
      ticketId: ticket.id,
      madeAt: now,
      kind: 'move-deadline',
      revision: regulation.revision,
      from,
      to,
    }));
    await commitChanges(
      transaction,
      [
        { kind: 'regulation', id: String(regulation.revision) },
        ...operations.map(({ id }) => ({ kind: 'activity', id }) as const),
        ...operations.map(({ ticketId }) => ({ kind: 'ticket', id: ticketId }) as const),
      ],
      operations.map(jobRecord),
      [],
      now,
    );
    return ok(regulation);
  });
}
