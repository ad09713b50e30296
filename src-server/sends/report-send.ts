import type { OutgoingId } from '#shared/ids.ts';
import type { ApiError } from '#shared/protocol/api-error.ts';
import type { SendReport } from '#shared/protocol/send-request.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Database, Queryable } from '../database/database.ts';
import { raceSafeTransaction } from '../database/transaction.ts';
import type { StoredRules } from '../regulation/stored-rules.ts';
import { readReceipt } from './read-receipt.ts';
import { recordAutomaticLetter, recordGivenUp, type RequestedSend } from './record-automatic-letter.ts';

/** A server that said "later" is given some time, and another desk may have the better line. */
const againAfterMs = 10 * 60_000;

interface Row extends RequestedSend {
  readonly state: string;
  readonly deskId: string | null;
  readonly leaseExpiresAt: number | null;
}

/**
 * Takes a desk's word on an automatic letter.
 *
 * `leaving` needs a lease that still holds, for another desk may be at it otherwise, and somebody who is still to be told:
 * a human may have answered since the lease. After that only the desk that let it leave can say what became of it, however late; the same word twice is one word.
 */
export async function reportSend(
  database: Database,
  id: OutgoingId,
  report: SendReport,
  stored: StoredRules,
  now: number,
): Promise<Result<Record<string, never>, ApiError>> {
  return await raceSafeTransaction(database, async (transaction) => {
    const [row] = await transaction.query<Row>(
      `select id, ticket_id as "ticketId", message_id as "messageId", letter, state, desk_id as "deskId",
              lease_expires_at as "leaseExpiresAt"
       from send_request where id = $1 for update`,
      [id],
    );
    if (row === undefined) return err({ kind: 'not-found', message: 'There is no such letter to send.' });
    if (row.deskId !== report.deskId) return conflict;
    return await step(transaction, row, report, stored, now);
  });
}

const conflict: Result<never, ApiError> = err({
  kind: 'conflict',
  message: 'This desk has no right to send the letter, or no more.',
});

async function step(
  transaction: Queryable,
  row: Row,
  report: SendReport,
  stored: StoredRules,
  now: number,
): Promise<Result<Record<string, never>, ApiError>> {
  const hasLeft = row.state === 'leaving' || row.state === 'uncertain';
  switch (report.outcome) {
    case 'leaving':
      if (row.state !== 'leased' || (row.leaseExpiresAt ?? 0) <= now) return conflict;
      if ((await readReceipt(transaction, row.ticketId, (await stored.read(transaction)).current)) === null) {
        await setState(transaction, row.id, 'needless');
        return conflict;
      }
      await setState(transaction, row.id, 'leaving');
      return ok({});
    case 'sent':
      if (row.state === 'sent') return ok({});
      if (!hasLeft) return conflict;
      await setState(transaction, row.id, 'sent');
      await recordAutomaticLetter(
        transaction,
        row,
        { at: Math.min(report.at, now), from: report.from },
        await stored.read(transaction),
        now,
      );
      return ok({});
    case 'not-sent':
      if (row.state !== 'leaving' && row.state !== 'leased') return conflict;
      await transaction.query(
        `update send_request set state = 'waiting', desk_id = null, lease_expires_at = null, not_before = $2::bigint
         where id = $1`,
        [row.id, now + againAfterMs],
      );
      return ok({});
    case 'refused':
    case 'uncertain': {
      const state = report.outcome === 'refused' ? 'failed' : 'uncertain';
      if (row.state === state) return ok({});
      if (row.state !== 'leased' && row.state !== 'leaving') return conflict;
      await setState(transaction, row.id, state);
      const given = [{ request: row, why: report.outcome }];
      await recordGivenUp(transaction, given, await stored.read(transaction), now);
      return ok({});
    }
  }
}

async function setState(transaction: Queryable, id: OutgoingId, state: string): Promise<void> {
  await transaction.query('update send_request set state = $2 where id = $1', [id, state]);
}

/** How many automatic letters are in each state, for the metrics. */
export async function countSendRequests(
  database: Queryable,
): Promise<readonly { readonly state: string; readonly count: number }[]> {
  return await database.query(
    'select state, count(*)::int as count from send_request group by state order by state',
  );
}
