import { Type, type Static } from 'typebox';
import { TicketIdSchema } from '../ids.ts';

/** Tickets that stood before another one in the queue when it was taken out of turn, in queue order. */
export const OvertookSchema = Type.Object({
  /** The first of them. */
  ticketIds: Type.Array(TicketIdSchema, { maxItems: 20 }),
  /** How many there were. */
  count: Type.Integer({ minimum: 1 }),
});
export type Overtook = Static<typeof OvertookSchema>;
