import { Type, type Static } from 'typebox';
import { OperationIdSchema, TicketIdSchema } from '../ids.ts';
import { MomentSchema } from '../moment.ts';

/** A note that an agent is writing. Saved as one types, never touched by anything remote. */
export const NoteDraftSchema = Type.Object({
  /** Of the operation that it will be: once that one is submitted, the draft is gone. */
  id: OperationIdSchema,
  ticketId: TicketIdSchema,
  text: Type.String({ minLength: 1, maxLength: 20_000 }),
  updatedAt: MomentSchema,
});
export type NoteDraft = Static<typeof NoteDraftSchema>;
