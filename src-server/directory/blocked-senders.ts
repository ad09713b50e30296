import { Value } from 'typebox/value';
import type { BlockedSenderId } from '#shared/ids.ts';
import { normaliseAddress } from '#shared/mail/addresses.ts';
import {
  BlockedSenderSchema,
  type BlockedSender,
  type PutBlockedSender,
} from '#shared/protocol/blocked-sender.ts';
import type { ApiError } from '#shared/protocol/api-error.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Caller } from '../access/caller.ts';
import type { Database, Queryable } from '../database/database.ts';
import { commitChanges } from '../feed/commit-changes.ts';

/** Blocks an address; one that is blocked already keeps its first entry, which is answered. */
export async function blockSender(
  database: Database,
  caller: Caller,
  id: BlockedSenderId,
  { address, reason }: PutBlockedSender,
  now: number,
): Promise<Result<BlockedSender, ApiError>> {
  const normal = normaliseAddress(address);
  const wanted: BlockedSender = { id, address: normal, reason, agentId: caller.agentId, blockedAt: now };
  // A domain in its ASCII form may be longer than what was given; desks would refuse the whole feed.
  if (!normal.includes('@') || !normal.isWellFormed() || !Value.Check(BlockedSenderSchema, wanted)) {
    return err({ kind: 'invalid', message: 'This is no e-mail address.' });
  }
  return await database.transaction(async (transaction) => {
    const added = await transaction.query(
      `insert into blocked_sender (id, address, state) values ($1, $2, $3) on conflict do nothing returning id`,
      [id, normal, JSON.stringify(wanted)],
    );
    if (added.length > 0) {
      await commitChanges(transaction, [{ kind: 'blocked-sender', id }], [], [], now);
      return ok(wanted);
    }
    const [known] = await transaction.query<{ state: string }>(
      'select state from blocked_sender where address = $1',
      [normal],
    );
    if (known === undefined) return err({ kind: 'conflict', message: 'The id is taken.' });
    return ok(JSON.parse(known.state) as BlockedSender);
  });
}

/** Lets a sender write again; letters that were ignored meanwhile stay so. */
export async function unblockSender(database: Database, id: BlockedSenderId, now: number): Promise<void> {
  await database.transaction(async (transaction) => {
    const gone = await transaction.query('delete from blocked_sender where id = $1 returning id', [id]);
    if (gone.length > 0) await commitChanges(transaction, [{ kind: 'blocked-sender', id }], [], [], now);
  });
}

/** Which of these (normalised) addresses are blocked, within the transaction that decides about their letters. */
export async function readBlocked(
  transaction: Queryable,
  addresses: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await transaction.query<{ address: string }>(
    'select address from blocked_sender where address = any($1::text[])',
    // Strangers write what they like into From; the database's text knows no lone surrogates.
    [addresses.filter((address) => address.isWellFormed())],
  );
  return new Set(rows.map(({ address }) => address));
}
