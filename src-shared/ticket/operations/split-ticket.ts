import { Type, type Static } from 'typebox';
import { LetterIdSchema, TicketIdSchema, type LetterId } from '../../ids.ts';
import type { RuleBook } from '../../regulation/rule-book.ts';
import { err, ok, type Result } from '../../result.ts';
import { endsWait } from '../../sla/reaction.ts';
import { withEvents } from '../apply-letter.ts';
import type { Rejection } from '../rejection.ts';
import { peopleOfSplitOff, type TicketLetters } from '../split-people.ts';
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

/**
 * The new ticket; its number is 0 until the API gives one. Its client waits since the first of the letters to which
 * nobody reacted: what ended the wait of the others comes along with them. Whoever wrote the letters takes part, and
 * nobody to whom they were not addressed.
 */
export function splitOff(
  ticket: Ticket,
  operation: SplitTicket,
  letters: TicketLetters,
  rules: RuleBook,
): Ticket {
  const { newTicketId, letterIds, subject, token } = operation;
  const wanted = new Set<string>(letterIds);
  const moving = ticket.events.flatMap((event) => (isOneOf(event, wanted) ? [event.letterId] : []));
  const fresh: Ticket = {
    ...ticket,
    ...peopleOfSplitOff(ticket, moving, letters),
    id: newTicketId,
    number: 0,
    token,
    subject: subject.trim(),
    status: 'open',
    channel: 'mail',
    critical: null,
    holder: null,
    category: null,
    tags: [],
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
  return withEvents(fresh, movedEvents(ticket.events, wanted, rules), rules);
}

/** The letters, and what ended each wait for them. */
function movedEvents(
  events: readonly TicketEvent[],
  wanted: ReadonlySet<string>,
  rules: RuleBook,
): TicketEvent[] {
  let waits = false;
  return events.filter((event) => {
    if (isOneOf(event, wanted)) {
      waits = true;
      return true;
    }
    const ends = waits && endsWait(event, rules);
    if (ends) waits = false;
    return ends;
  });
}

type LetterEvent = Extract<TicketEvent, { kind: 'client-contact' }> & { readonly letterId: LetterId };

function isOneOf(event: TicketEvent, letterIds: ReadonlySet<string>): event is LetterEvent {
  return event.kind === 'client-contact' && event.letterId !== null && letterIds.has(event.letterId);
}
