import { Type, type Static } from 'typebox';
import { AgentIdSchema, TicketIdSchema } from '../ids.ts';
import { MomentSchema } from '../moment.ts';

/** Why an operation was refused, with the facts an agent needs to decide what to do next. */
export const RejectionSchema = Type.Union([
  Type.Object({ kind: Type.Literal('not-found') }),
  Type.Object({ kind: Type.Literal('forbidden') }),
  Type.Object({
    kind: Type.Literal('held-by-other'),
    agentId: AgentIdSchema,
    until: MomentSchema,
  }),
  Type.Object({ kind: Type.Literal('closed') }),
  Type.Object({ kind: Type.Literal('reason-required') }),
  Type.Object({ kind: Type.Literal('text-required') }),
  /** There is a ticket of this id or token already. */
  Type.Object({ kind: Type.Literal('exists') }),
  /** The client waits for an answer. */
  Type.Object({ kind: Type.Literal('unanswered') }),
  /** The moment named lies in the past. */
  Type.Object({ kind: Type.Literal('moment-passed') }),
  Type.Object({ kind: Type.Literal('moment-required') }),
  /** The operator's profile knows no such reason. */
  Type.Object({ kind: Type.Literal('unknown-reason') }),
  /** What the reason needs and was left blank, by the profile's ids. */
  Type.Object({ kind: Type.Literal('facts-required'), facts: Type.Array(Type.String()) }),
  Type.Object({ kind: Type.Literal('same-ticket') }),
  /** The ticket was given up for another. */
  Type.Object({ kind: Type.Literal('merged'), into: TicketIdSchema }),
  /** A ticket cannot part with all of its letters. */
  Type.Object({ kind: Type.Literal('nothing-left') }),
  /** No letter can be sent there. */
  Type.Object({ kind: Type.Literal('wrong-address') }),
  /** The service itself takes part in no ticket. */
  Type.Object({ kind: Type.Literal('own-address') }),
  /** The client takes part as long as there is a ticket. */
  Type.Object({ kind: Type.Literal('is-client') }),
  /** Said by the desk: what the API answers is that it cannot read the operation at all. */
  Type.Object({ kind: Type.Literal('unreadable') }),
]);
export type Rejection = Static<typeof RejectionSchema>;
