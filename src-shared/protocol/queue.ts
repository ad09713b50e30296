import { Type, type Static } from 'typebox';
import { TicketSchema } from '../ticket/ticket.ts';

export const QueueSectionSchema = Type.Union([
  Type.Literal('all'),
  Type.Literal('to-answer'),
  Type.Literal('mine'),
  Type.Literal('critical'),
  Type.Literal('waiting'),
  Type.Literal('closed'),
]);
/** A filter over the queue; the order is the same in all of them. */
export type QueueSection = Static<typeof QueueSectionSchema>;

/** `GET /v1/queue?section=S&cursor=C&limit=M`: tickets in queue order, by keyset; `cursor` is opaque. */
export const QueueQuerySchema = Type.Object({
  section: QueueSectionSchema,
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
});
export type QueueQuery = Static<typeof QueueQuerySchema>;

export const QueuePageSchema = Type.Object({
  tickets: Type.Array(TicketSchema),
  cursor: Type.Union([Type.String(), Type.Null()]),
});
export type QueuePage = Static<typeof QueuePageSchema>;
