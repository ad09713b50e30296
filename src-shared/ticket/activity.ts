import { Type, type Static } from 'typebox';
import { AgentIdSchema, OperationIdSchema, TicketIdSchema } from '../ids.ts';
import { JobOperationSchema } from './job-operation.ts';
import { OperationSchema } from './operation.ts';

/**
 * One line of a ticket's history: an operation that was applied, and who made it. Notes are activities too.
 *
 * Written once, never changed. Sent letters have none: the letter itself stands in the conversation.
 */
export const ActivitySchema = Type.Object({
  id: OperationIdSchema,
  ticketId: TicketIdSchema,
  /** Null: the API did it by itself. */
  agentId: Type.Union([AgentIdSchema, Type.Null()]),
  operation: Type.Union([OperationSchema, JobOperationSchema]),
});
export type Activity = Static<typeof ActivitySchema>;
