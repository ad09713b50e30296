import { Type, type Static } from 'typebox';
import { OperationIdSchema } from '../ids.ts';
import { OperationSchema } from '../ticket/operation.ts';
import { RejectionSchema } from '../ticket/rejection.ts';

/** `POST /v1/operations`: a batch in the order in which the agent made it. */
export const OperationBatchSchema = Type.Object({
  operations: Type.Array(OperationSchema, { minItems: 1, maxItems: 500 }),
});
export type OperationBatch = Static<typeof OperationBatchSchema>;

/** What became of one operation. The same operation id gets the same answer for ever, marked `duplicate`. */
export const OperationAnswerSchema = Type.Union([
  Type.Object({
    id: OperationIdSchema,
    outcome: Type.Literal('applied'),
    /** The feed version in which the change can be seen. */
    version: Type.Integer({ minimum: 1 }),
    duplicate: Type.Boolean(),
  }),
  Type.Object({
    id: OperationIdSchema,
    outcome: Type.Literal('rejected'),
    rejection: RejectionSchema,
    duplicate: Type.Boolean(),
  }),
  Type.Object({
    /** An earlier operation of this batch on the same ticket was rejected; not recorded, may be sent again. */
    id: OperationIdSchema,
    outcome: Type.Literal('blocked'),
    by: OperationIdSchema,
  }),
]);
export type OperationAnswer = Static<typeof OperationAnswerSchema>;

/** Answers in the order of the batch; one that is missing is for an operation that failed for now: it is sent again. */
export const OperationAnswersSchema = Type.Object({ answers: Type.Array(OperationAnswerSchema) });
