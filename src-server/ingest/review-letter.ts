import type { LetterId } from '#shared/ids.ts';
import type { ApiError } from '#shared/protocol/api-error.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Letter } from '#shared/ticket/letter.ts';
import type { Caller } from '../access/caller.ts';
import type { Database } from '../database/database.ts';
import { commitChanges } from '../feed/commit-changes.ts';
import { writeLetters } from './letter-rows.ts';

/**
 * Notes who was the first to look at a quarantined letter, so that tickets may close by themselves again. Any other
 * letter stays as it is.
 */
export async function reviewLetter(
  database: Database,
  caller: Caller,
  id: LetterId,
  now: number,
): Promise<Result<Record<string, never>, ApiError>> {
  return await database.transaction(async (transaction) => {
    const [row] = await transaction.query<{ state: string }>(
      'select state from letter where id = $1 for update',
      [id],
    );
    if (row === undefined) return err({ kind: 'not-found', message: 'There is no such letter.' });
    const letter = JSON.parse(row.state) as Letter;
    const { disposition } = letter;
    if (disposition.state === 'quarantined' && disposition.reviewedBy === null) {
      const reviewed = { ...letter, disposition: { ...disposition, reviewedBy: caller.agentId } };
      await writeLetters(transaction, [reviewed]);
      await commitChanges(transaction, [{ kind: 'letter', id }], [], [], now);
    }
    return ok({});
  });
}
