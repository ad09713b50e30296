import { Type, type Static } from 'typebox';
import { err, ok, type Result } from '../../result.ts';
import type { Author } from '../author.ts';
import type { Rejection } from '../rejection.ts';
import type { Ticket } from '../ticket.ts';
import { OvertookSchema } from '../overtook.ts';
import { operationHead } from './operation-head.ts';

/** Moves a ticket out of turn, or back into it (regulation §3: critical requests may go out of order). */
export const SetCriticalitySchema = Type.Object({
  ...operationHead,
  kind: Type.Literal('set-criticality'),
  critical: Type.Boolean(),
  /** Required, and not blank, when `critical` is true. */
  reason: Type.String({ maxLength: 2000 }),
  /** Whom the ticket overtook by this. */
  overtook: Type.Optional(OvertookSchema),
});
export type SetCriticality = Static<typeof SetCriticalitySchema>;

/** Refused without a reason; the reason stays with the ticket as long as it is critical. */
export function setCriticality(
  ticket: Ticket,
  operation: SetCriticality,
  author: Author,
): Result<Ticket, Rejection> {
  if (ticket.status === 'closed') return err({ kind: 'closed' });
  if (!operation.critical) return ok({ ...ticket, critical: null });
  const reason = operation.reason.trim();
  if (reason === '') return err({ kind: 'reason-required' });
  return ok({ ...ticket, critical: { reason, at: operation.madeAt, agentId: author.agentId } });
}
