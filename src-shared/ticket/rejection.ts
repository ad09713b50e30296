import { Type, type Static } from 'typebox';
import { AgentIdSchema } from '../ids.ts';
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
]);
export type Rejection = Static<typeof RejectionSchema>;
