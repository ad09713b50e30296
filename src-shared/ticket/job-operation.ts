import { Type, type Static } from 'typebox';
import { OperationIdSchema, TicketIdSchema } from '../ids.ts';
import { MomentSchema } from '../moment.ts';
import type { RuleBook } from '../regulation/rule-book.ts';
import { closesBySilenceAt } from './closes-by-silence-at.ts';
import { withEvents } from './apply-letter.ts';
import type { Ticket } from './ticket.ts';

const head = { id: OperationIdSchema, ticketId: TicketIdSchema, madeAt: MomentSchema };

/** What the API does to a ticket by itself. No desk can push it; it stands in the ticket's history under no agent. */
export const JobOperationSchema = Type.Union([
  /** Closes a ticket whose client stayed silent (regulation §3: 48 hours). */
  Type.Object({
    ...head,
    kind: Type.Literal('close-by-silence'),
    /** When the answer was sent that silence followed. */
    answeredAt: MomentSchema,
    /** When the closing was allowed. */
    closesAt: MomentSchema,
    /** Up to when all letters had been seen by then. */
    watermarkAt: MomentSchema,
  }),
  /** Brings a postponed ticket back on the day that was named. */
  Type.Object({ ...head, kind: Type.Literal('look-again') }),
  /** Says that a waiting client's deadline moved, because calendar or policy changed. */
  Type.Object({
    ...head,
    kind: Type.Literal('move-deadline'),
    revision: Type.Integer({ minimum: 1 }),
    from: MomentSchema,
    to: MomentSchema,
  }),
  /** Says that an automatic letter to the client was not sent, or that nobody knows. */
  Type.Object({
    ...head,
    kind: Type.Literal('give-up-letter'),
    letter: Type.Literal('receipt'),
    why: Type.Union([
      /** No desk could send it in time. */
      Type.Literal('expired'),
      /** The mail server does not take it. */
      Type.Literal('refused'),
      /** It may have left: it is not sent again. */
      Type.Literal('uncertain'),
    ]),
  }),
]);
export type JobOperation = Static<typeof JobOperationSchema>;

/**
 * The ticket after a job's operation; null where it has become pointless meanwhile, so that two processes which run the
 * same job do it once.
 */
export function reduceJob(ticket: Ticket, operation: JobOperation, rules: RuleBook): Ticket | null {
  switch (operation.kind) {
    case 'close-by-silence':
      return closeBySilence(ticket, operation.madeAt, rules);
    case 'look-again':
      return lookAgain(ticket, operation.madeAt);
    case 'move-deadline':
      return ticket.reactionStartedAt === null ? null : ticket;
    case 'give-up-letter':
      return ticket;
  }
}

function closeBySilence(ticket: Ticket, madeAt: number, rules: RuleBook): Ticket | null {
  const due = closesBySilenceAt(ticket, rules.current);
  if (due === null || due > madeAt) return null;
  const closed = withEvents(ticket, [...ticket.events, { kind: 'closing', at: madeAt }], rules);
  return {
    ...closed,
    status: 'closed',
    holder: null,
    snooze: null,
    closing: { outcome: 'silence', reason: '', at: madeAt, agentId: null },
  };
}

function lookAgain(ticket: Ticket, madeAt: number): Ticket | null {
  const { reason } = ticket;
  if (reason === null || reason.lookAgainAt === null || reason.lookAgainAt > madeAt) return null;
  const seen = { ...ticket, reason: { ...reason, lookAgainAt: null } };
  return ticket.status === 'closed' ? seen : { ...seen, status: 'open', snooze: null };
}
