import { Type, type Static } from 'typebox';
import { err, ok, type Result } from '../../result.ts';
import type { Author } from '../author.ts';
import type { Rejection } from '../rejection.ts';
import type { Ticket } from '../ticket.ts';
import { operationHead } from './operation-head.ts';

/** Hands a ticket to the developers, or takes it back (regulation §3). */
export const EscalateTicketSchema = Type.Object({
  ...operationHead,
  kind: Type.Literal('escalate-ticket'),
  escalated: Type.Boolean(),
  /** The developers' own name for it; may be empty. */
  reference: Type.String({ maxLength: 200 }),
});
export type EscalateTicket = Static<typeof EscalateTicketSchema>;

/** Tells nobody and stops no clock: only an answer to the client does. */
export function escalateTicket(
  ticket: Ticket,
  { escalated, reference, madeAt }: EscalateTicket,
  author: Author,
): Result<Ticket, Rejection> {
  if (ticket.status === 'closed') return err({ kind: 'closed' });
  if (!escalated) return ok({ ...ticket, escalation: null });
  return ok({
    ...ticket,
    escalation: { reference: reference.trim(), at: madeAt, agentId: author.agentId },
  });
}
