import type { ApiError } from '#shared/protocol/api-error.ts';
import type { RegulationPreview } from '#shared/protocol/put-regulation.ts';
import type { ProposedRegulation } from '#shared/regulation/regulation.ts';
import { rulesOf } from '#shared/regulation/rule-book.ts';
import { ok, type Result } from '#shared/result.ts';
import type { Database } from '../database/database.ts';
import { checkRegulation } from './check-regulation.ts';
import { movedDeadlines, readWaitingTickets } from './moved-deadlines.ts';
import type { StoredRules } from './stored-rules.ts';

const exampleCount = 100;

/** Whose deadlines a regulation would move if it came into force now. Changes nothing. */
export async function previewRegulation(
  database: Database,
  proposed: ProposedRegulation,
  stored: StoredRules,
  now: number,
): Promise<Result<RegulationPreview, ApiError>> {
  const checked = checkRegulation(proposed);
  if (!checked.ok) return checked;
  const { current } = await stored.read(database);
  const waiting = await readWaitingTickets(database);
  const moved = movedDeadlines(waiting, current, rulesOf(checked.value, current.revision + 1, now));
  return ok({
    waiting: waiting.length,
    moved: moved.length,
    examples: moved.slice(0, exampleCount).map(({ ticket, from, to }) => ({
      ticketId: ticket.id,
      number: ticket.number,
      from,
      to,
    })),
  });
}
