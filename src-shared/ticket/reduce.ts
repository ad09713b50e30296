import type { RuleBook } from '../regulation/rule-book.ts';
import { err, type Result } from '../result.ts';
import { roleAllows, type Author } from './author.ts';
import type { Operation } from './operation.ts';
import { addNote } from './operations/add-note.ts';
import { addParticipant } from './operations/add-participant.ts';
import { assignTicket } from './operations/assign-ticket.ts';
import { changeClient } from './operations/change-client.ts';
import { claimTicket } from './operations/claim-ticket.ts';
import { classifyTicket } from './operations/classify-ticket.ts';
import { closeTicket } from './operations/close-ticket.ts';
import { createTicket } from './operations/create-ticket.ts';
import { escalateTicket } from './operations/escalate-ticket.ts';
import { giveReason } from './operations/give-reason.ts';
import { linkTickets } from './operations/link-tickets.ts';
import { mergeTicket } from './operations/merge-ticket.ts';
import { recordAnswer } from './operations/record-answer.ts';
import { recordFacts } from './operations/record-facts.ts';
import { recordForward } from './operations/record-forward.ts';
import { releaseTicket } from './operations/release-ticket.ts';
import { removeParticipant } from './operations/remove-participant.ts';
import { reopenTicket } from './operations/reopen-ticket.ts';
import { setCriticality } from './operations/set-criticality.ts';
import { snoozeTicket } from './operations/snooze-ticket.ts';
import { splitTicket } from './operations/split-ticket.ts';
import { tagTicket } from './operations/tag-ticket.ts';
import type { Rejection } from './rejection.ts';
import type { Ticket } from './ticket.ts';

/**
 * The one reducer: the API folds operations with it to decide, every desk folds its pending operations with it to show
 * what will be.
 *
 * Pure; `rules` are all versions of the regulation, since an answer is judged by what was in force when it was given; `ticket` is null where none exists, which only `create-ticket` wants. A rejection leaves the ticket as it was.
 */
export function reduceTicket(
  ticket: Ticket | null,
  operation: Operation,
  author: Author,
  rules: RuleBook,
): Result<Ticket, Rejection> {
  if (!roleAllows(author.role, 'agent')) return err({ kind: ticket === null ? 'not-found' : 'forbidden' });
  if (operation.kind === 'create-ticket') return createTicket(ticket, operation, rules);
  if (ticket === null) return err({ kind: 'not-found' });
  switch (operation.kind) {
    case 'add-note':
      return addNote(ticket, operation);
    case 'add-participant':
      return addParticipant(ticket, operation);
    case 'assign-ticket':
      return assignTicket(ticket, operation, author);
    case 'change-client':
      return changeClient(ticket, operation);
    case 'claim-ticket':
      return claimTicket(ticket, operation, author);
    case 'classify-ticket':
      return classifyTicket(ticket, operation);
    case 'close-ticket':
      return closeTicket(ticket, operation, author, rules);
    case 'escalate-ticket':
      return escalateTicket(ticket, operation, author);
    case 'give-reason':
      return giveReason(ticket, operation, author, rules);
    case 'link-tickets':
      return linkTickets(ticket, operation);
    case 'merge-ticket':
      return mergeTicket(ticket, operation, author, rules);
    case 'record-answer':
      return recordAnswer(ticket, operation, author, rules);
    case 'record-facts':
      return recordFacts(ticket, operation);
    case 'record-forward':
      return recordForward(ticket, operation, rules);
    case 'release-ticket':
      return releaseTicket(ticket, operation, author);
    case 'remove-participant':
      return removeParticipant(ticket, operation);
    case 'reopen-ticket':
      return reopenTicket(ticket, operation, author, rules);
    case 'set-criticality':
      return setCriticality(ticket, operation, author);
    case 'snooze-ticket':
      return snoozeTicket(ticket, operation, author);
    case 'split-ticket':
      return splitTicket(ticket, operation, rules);
    case 'tag-ticket':
      return tagTicket(ticket, operation);
  }
}
