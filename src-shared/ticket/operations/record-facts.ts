import { Type, type Static } from 'typebox';
import { ok, type Result } from '../../result.ts';
import type { Rejection } from '../rejection.ts';
import { FactsSchema, type Ticket } from '../ticket.ts';
import { operationHead } from './operation-head.ts';

/** Writes down what the kind of work needs to be known, a restore its date and mode; a blank text takes a fact back. */
export const RecordFactsSchema = Type.Object({
  ...operationHead,
  kind: Type.Literal('record-facts'),
  /** Only those that change: two agents may write down different ones at the same time. */
  facts: FactsSchema,
});
export type RecordFacts = Static<typeof RecordFactsSchema>;

/** Allowed also on closed tickets, like their classification. */
export function recordFacts(ticket: Ticket, { facts }: RecordFacts): Result<Ticket, Rejection> {
  const told = Object.entries({ ...ticket.facts, ...facts }).map(([id, text]) => [id, text.trim()] as const);
  return ok({ ...ticket, facts: Object.fromEntries(told.filter(([, text]) => text !== '')) });
}
