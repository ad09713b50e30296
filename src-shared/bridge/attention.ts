import { Type, type Static } from 'typebox';
import { TicketIdSchema } from '../ids.ts';

/** How many tickets want something, as the queue counts them: for tray and badge. */
export const AttentionSchema = Type.Object({
  overdue: Type.Integer({ minimum: 0 }),
  dueToday: Type.Integer({ minimum: 0 }),
  critical: Type.Integer({ minimum: 0 }),
  toAnswer: Type.Integer({ minimum: 0 }),
});
export type Attention = Static<typeof AttentionSchema>;

/** Something that happened to a ticket and that an agent wants to hear of. */
export const NewsSchema = Type.Object({
  ticketId: TicketIdSchema,
  /** 0 where the API has given none yet. */
  number: Type.Integer({ minimum: 0 }),
  client: Type.String(),
  subject: Type.String(),
  why: Type.Union([
    Type.Literal('new'),
    Type.Literal('client-wrote'),
    /** A mail server said that the last answer will not arrive. */
    Type.Literal('not-delivered'),
    Type.Literal('critical'),
    Type.Literal('assigned'),
    Type.Literal('at-risk'),
    Type.Literal('overdue'),
  ]),
});
export type News = Static<typeof NewsSchema>;
