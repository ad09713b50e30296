import { Type, type Static } from 'typebox';
import { TicketIdSchema } from '../../ids.ts';
import type { RuleBook } from '../../regulation/rule-book.ts';
import { err, ok, type Result } from '../../result.ts';
import { withEvents } from '../apply-letter.ts';
import type { Author } from '../author.ts';
import type { Rejection } from '../rejection.ts';
import { normaliseTags } from '../tags.ts';
import type { Ticket, TicketEvent } from '../ticket.ts';
import { withLink } from './link-tickets.ts';
import { operationHead } from './operation-head.ts';

/** Says that a ticket is about the same as another: its letters go there, and it is closed. */
export const MergeTicketSchema = Type.Object({
  ...operationHead,
  kind: Type.Literal('merge-ticket'),
  into: TicketIdSchema,
});
export type MergeTicket = Static<typeof MergeTicketSchema>;

/** What becomes of the ticket that is given up; {@link absorbTicket} is the other half. */
export function mergeTicket(
  ticket: Ticket,
  { into, madeAt }: MergeTicket,
  author: Author,
  rules: RuleBook,
): Result<Ticket, Rejection> {
  if (into === ticket.id) return err({ kind: 'same-ticket' });
  if (ticket.mergedInto !== null) return err({ kind: 'merged', into: ticket.mergedInto });
  const at = Math.max(madeAt, ticket.lastLetterAt);
  const ended = withEvents(ticket, [...ticket.events, { kind: 'closing', at }], rules);
  return ok({
    ...ended,
    status: 'closed',
    holder: null,
    snooze: null,
    critical: null,
    closing: { outcome: 'merged', reason: '', at, agentId: author.agentId },
    letterCount: 0,
    mergedInto: into,
  });
}

/**
 * The ticket that takes up another, given as it was before: letters, answers, participants and tags become its own, and
 * the client who waited longest still does. Refused where it was given up itself.
 */
export function absorbTicket(ticket: Ticket, given: Ticket, rules: RuleBook): Result<Ticket, Rejection> {
  if (ticket.id === given.id) return err({ kind: 'same-ticket' });
  if (ticket.mergedInto !== null) return err({ kind: 'merged', into: ticket.mergedInto });
  const joined = withEvents(
    {
      ...withLink(ticket, given.id, 'merged-from'),
      participants: [...new Set([...ticket.participants, ...given.participants])],
      letterCount: ticket.letterCount + given.letterCount,
      critical: ticket.critical ?? given.critical,
      facts: { ...given.facts, ...ticket.facts },
      tags: normaliseTags([...ticket.tags, ...given.tags]),
      reason: ticket.reason ?? given.reason,
      escalation: ticket.escalation ?? given.escalation,
      assigneeId: ticket.assigneeId ?? given.assigneeId,
      lastLetterAt: Math.max(ticket.lastLetterAt, given.lastLetterAt),
    },
    onceEach([
      ...withClosingsBefore(ticket.events, given.reactionStartedAt),
      ...withClosingsBefore(given.events, ticket.reactionStartedAt),
    ]),
    rules,
  );
  const waits = joined.reactionStartedAt !== null || given.status === 'open';
  return ok(waits ? { ...joined, status: 'open', snooze: null, closing: null } : joined);
}

/**
 * Closing one ticket ended no wait on the other: what was closed after that began counts as closed just before it, so
 * that neither wait is lost nor one that was over begins again.
 */
function withClosingsBefore(events: readonly TicketEvent[], waitStartedAt: number | null): TicketEvent[] {
  return events.map((event) =>
    event.kind === 'closing' && waitStartedAt !== null && event.at >= waitStartedAt
      ? { ...event, at: waitStartedAt - 1 }
      : event,
  );
}

/** What was split off took along the answers that its letters had; where both come together again each is one answer. */
function onceEach(events: readonly TicketEvent[]): TicketEvent[] {
  const seen = new Set<string>();
  return events.filter((event) => {
    if (event.kind !== 'answer' && event.kind !== 'closing') return true;
    const what = event.kind === 'answer' ? event.messageId : String(event.at);
    const isNew = !seen.has(what);
    seen.add(what);
    return isNew;
  });
}
