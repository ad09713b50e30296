import { Type, type Static } from 'typebox';
import { CategoryIdSchema } from '../../regulation/category.ts';
import { ok, type Result } from '../../result.ts';
import type { Rejection } from '../rejection.ts';
import type { Ticket } from '../ticket.ts';
import { operationHead } from './operation-head.ts';

/** Says what kind of work a ticket is (regulation §2); null takes the word back. */
export const ClassifyTicketSchema = Type.Object({
  ...operationHead,
  kind: Type.Literal('classify-ticket'),
  category: Type.Union([CategoryIdSchema, Type.Null()]),
});
export type ClassifyTicket = Static<typeof ClassifyTicketSchema>;

/** Allowed also on closed tickets: reports count by kind of work, and a mistake is often seen late. */
export function classifyTicket(ticket: Ticket, { category }: ClassifyTicket): Result<Ticket, Rejection> {
  return ok({ ...ticket, category });
}
