import { Type, type Static } from 'typebox';
import { AgentIdSchema, DraftIdSchema, OperationIdSchema, OutgoingIdSchema } from '../ids.ts';
import { RoleSchema } from '../ticket/author.ts';
import { OperationSchema } from '../ticket/operation.ts';
import { RejectionSchema } from '../ticket/rejection.ts';
import { DraftSchema, OutgoingSchema } from './draft.ts';
import { NoteDraftSchema } from './note-draft.ts';

/** An operation that the base does not show yet. */
export const PendingOperationSchema = Type.Object({
  operation: OperationSchema,
  author: Type.Object({ agentId: AgentIdSchema, role: RoleSchema }),
  state: Type.Union([
    Type.Object({ kind: Type.Literal('waiting') }),
    /** The API has it; it leaves the view's pending part when base >= version. */
    Type.Object({ kind: Type.Literal('confirmed'), version: Type.Integer() }),
    /** Stays visible until the agent decides. */
    Type.Object({ kind: Type.Literal('rejected'), rejection: RejectionSchema }),
  ]),
});
export type PendingOperation = Static<typeof PendingOperationSchema>;

/** One change of the pending part, in the order of the journal. `removed` items are gone from it. */
export const PendingChangeSchema = Type.Union([
  Type.Object({ kind: Type.Literal('operation'), operation: PendingOperationSchema }),
  Type.Object({ kind: Type.Literal('operation-removed'), id: OperationIdSchema }),
  Type.Object({ kind: Type.Literal('draft'), draft: DraftSchema }),
  Type.Object({ kind: Type.Literal('draft-removed'), id: DraftIdSchema }),
  Type.Object({ kind: Type.Literal('note'), note: NoteDraftSchema }),
  Type.Object({ kind: Type.Literal('note-removed'), id: OperationIdSchema }),
  Type.Object({ kind: Type.Literal('outgoing'), outgoing: OutgoingSchema }),
  Type.Object({ kind: Type.Literal('outgoing-removed'), id: OutgoingIdSchema }),
]);
export type PendingChange = Static<typeof PendingChangeSchema>;
