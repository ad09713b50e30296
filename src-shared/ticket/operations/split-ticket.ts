import { Type, type Static } from 'typebox';
import { LetterIdSchema, TicketIdSchema } from '../../ids.ts';
import type { RuleBook } from '../../regulation/rule-book.ts';
import { err, ok, type Result } from '../../result.ts';
import { withEvents } from '../apply-letter.ts';
import type { Rejection } from '../rejection.ts';
import { TicketSchema, type Ticket, type TicketEvent } from '../ticket.ts';
import { withLink } from './link-tickets.ts';
import { operationHead } from './operation-head.ts';

/** Makes letters of a client, who asked for two things, a ticket of their own. */
export const SplitTicketSchema = Type.Object({
  ...operationHead,
  kind: Type.Literal('split-ticket'),
  newTicketId: TicketIdSchema,
  /** Of the new ticket; made by the desk like that of `create-ticket`. */
  token: TicketSchema.properties.token,
  subject: Type.String({ maxLength: 2000 }),
  letterIds: Type.Array(LetterIdSchema, { minItems: 1, maxItems: 500 }),
});
export type SplitTicket = Static<typeof SplitTicketSchema>;

/** What stays; {@link splitOff} is the other half. Refused for letters that are not the client's, or all there are. */
export function splitTicket(
  ticket: Ticket,
  operation: SplitTicket,
  rules: RuleBook,
): Result<Ticket, Rejection> {
  const { newTicketId, letterIds, subject } = operation;
  if (ticket.mergedInto !== null) return err({ kind: 'merged', into: ticket.mergedInto });
  if (newTicketId === ticket.id) return err({ kind: 'same-ticket' });
  if (subject.trim() === '') return err({ kind: 'text-required' });
  const wanted = new Set<string>(letterIds);
  const moving = ticket.events.filter((event) => isOneOf(event, wanted));
  if (moving.length !== wanted.size) return err({ kind: 'not-found' });
  const staying = ticket.events.filter((event) => !isOneOf(event, wanted));
  if (!staying.some(({ kind }) => kind === 'client-contact')) return err({ kind: 'nothing-left' });
  const left = withEvents(
    withLink({ ...ticket, letterCount: ticket.letterCount - wanted.size }, newTicketId, 'split-into'),
    staying,
    rules,
  );
  const isAnswered = left.status === 'open' && left.reactionStartedAt === null && left.lastAnswerAt !== null;
  return ok(isAnswered && ticket.reactionStartedAt !== null ? { ...left, status: 'waiting' } : left);
}

/** The new ticket; its number is 0 until the API gives one. Its client waits since the first of the letters. */
export function splitOff(ticket: Ticket, operation: SplitTicket, rules: RuleBook): Ticket {
  const { newTicketId, letterIds, subject, token } = operation;
  const wanted = new Set<string>(letterIds);
  const fresh: Ticket = {
    ...ticket,
    id: newTicketId,
    number: 0,
    token,
    subject: subject.trim(),
    status: 'open',
    channel: 'mail',
    critical: null,
    holder: null,
    category: null,
    facts: {},
    reason: null,
    snooze: null,
    escalation: null,
    closing: null,
    links: [{ ticketId: ticket.id, relation: 'split-from' }],
    noteCount: 0,
    possibleFollowUpOf: null,
    letterCount: wanted.size,
    lastLetterAt: 0,
  };
  return withEvents(
    fresh,
    ticket.events.filter((event) => isOneOf(event, wanted)),
    rules,
  );
}

function isOneOf(event: TicketEvent, letterIds: ReadonlySet<string>): boolean {
  return event.kind === 'client-contact' && event.letterId !== null && letterIds.has(event.letterId);
}
