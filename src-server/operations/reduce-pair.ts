import type { TicketId } from '#shared/ids.ts';
import type { RuleBook } from '#shared/regulation/rule-book.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Author } from '#shared/ticket/author.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import { absorbTicket } from '#shared/ticket/operations/merge-ticket.ts';
import { splitOff } from '#shared/ticket/operations/split-ticket.ts';
import { reduceTicket } from '#shared/ticket/reduce.ts';
import type { Rejection } from '#shared/ticket/rejection.ts';
import { peopleWhoStay, type TicketLetters } from '#shared/ticket/split-people.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';

/** What an operation leads to. */
export interface Reduced {
  readonly ticket: Ticket;
  /** The second ticket that it changes or makes; null for most operations. */
  readonly other: Ticket | null;
}

/** The second ticket that an operation concerns; null for most. */
export function otherTicketOf(operation: Operation): TicketId | null {
  switch (operation.kind) {
    case 'merge-ticket':
      return operation.into;
    case 'link-tickets':
      return operation.otherId;
    case 'split-ticket':
      return operation.newTicketId;
    default:
      return null;
  }
}

/**
 * Folds an operation into its ticket and into the other one that it concerns: both or none.
 *
 * The reducer that desks share sees one ticket and no letters. That the other is there, that no ticket has the id or the
 * token of a new one, and who wrote the letters that are split off, is known only here.
 */
export function reducePair(
  tickets: ReadonlyMap<string, Ticket>,
  takenTokens: ReadonlySet<string>,
  letters: TicketLetters,
  operation: Operation,
  author: Author,
  rules: RuleBook,
): Result<Reduced, Rejection> {
  const before = tickets.get(operation.ticketId) ?? null;
  const reduced = reduceTicket(before, operation, author, rules);
  if (!reduced.ok) return reduced;
  const ticket = reduced.value;
  switch (operation.kind) {
    case 'create-ticket':
      return takenTokens.has(operation.token) ? err({ kind: 'exists' }) : ok({ ticket, other: null });
    case 'split-ticket': {
      const exists = tickets.has(operation.newTicketId) || takenTokens.has(operation.token);
      if (exists) return err({ kind: 'exists' });
      if (before === null) return err({ kind: 'not-found' });
      const left = { ...ticket, ...peopleWhoStay(ticket, operation.letterIds, letters) };
      return ok({ ticket: left, other: splitOff(before, operation, letters, rules) });
    }
    case 'merge-ticket': {
      const into = tickets.get(operation.into);
      if (into === undefined || before === null) return err({ kind: 'not-found' });
      const absorbed = absorbTicket(into, before, rules);
      return absorbed.ok ? ok({ ticket, other: absorbed.value }) : absorbed;
    }
    case 'link-tickets': {
      const other = tickets.get(operation.otherId);
      if (other === undefined) return err({ kind: 'not-found' });
      const mirrored = { ...operation, ticketId: operation.otherId, otherId: operation.ticketId };
      const told = reduceTicket(other, mirrored, author, rules);
      return told.ok ? ok({ ticket, other: told.value }) : told;
    }
    default:
      return ok({ ticket, other: null });
  }
}
