import { Type, type Static } from 'typebox';
import { MomentSchema } from '../../moment.ts';
import type { RuleBook } from '../../regulation/rule-book.ts';
import { err, ok, type Result } from '../../result.ts';
import type { Author } from '../author.ts';
import type { Rejection } from '../rejection.ts';
import { FactsSchema, type Ticket } from '../ticket.ts';
import { operationHead } from './operation-head.ts';

/**
 * Names the reason for which a solution is put off or refused (regulation §3), with what has to be said of it.
 *
 * The client learns of it by an answer, which is what the clock looks at. `reasonId` null takes the reason back.
 */
export const GiveReasonSchema = Type.Object({
  ...operationHead,
  kind: Type.Literal('give-reason'),
  reasonId: Type.Union([Type.String({ maxLength: 40 }), Type.Null()]),
  facts: FactsSchema,
  /** When somebody looks at the ticket again. */
  lookAgainAt: Type.Union([MomentSchema, Type.Null()]),
});
export type GiveReason = Static<typeof GiveReasonSchema>;

/** Refused where the profile knows no such reason, a fact is blank, or a date is needed and missing or past. */
export function giveReason(
  ticket: Ticket,
  { reasonId, facts, lookAgainAt, madeAt }: GiveReason,
  author: Author,
  rules: RuleBook,
): Result<Ticket, Rejection> {
  if (ticket.status === 'closed') return err({ kind: 'closed' });
  if (reasonId === null) return ok({ ...ticket, reason: null });
  const reason = rules.current.profile.reasons.find(({ id }) => id === reasonId);
  if (reason === undefined) return err({ kind: 'unknown-reason' });
  const missing = reason.facts.map(({ id }) => id).filter((id) => (facts[id] ?? '').trim() === '');
  if (missing.length > 0) return err({ kind: 'facts-required', facts: missing });
  if (lookAgainAt === null && reason.needsLookAgain) return err({ kind: 'moment-required' });
  if (lookAgainAt !== null && lookAgainAt <= madeAt) return err({ kind: 'moment-passed' });
  return ok({
    ...ticket,
    reason: {
      id: reasonId,
      outcome: reason.outcome,
      facts: Object.fromEntries(reason.facts.map(({ id }) => [id, (facts[id] ?? '').trim()])),
      lookAgainAt: reason.needsLookAgain ? lookAgainAt : null,
      at: madeAt,
      agentId: author.agentId,
    },
  });
}
