import { err, type Result } from '../result.ts';
import { roleAllows, type Author } from './author.ts';
import type { Operation } from './operation.ts';
import { addNote } from './operations/add-note.ts';
import { assignTicket } from './operations/assign-ticket.ts';
import { changeClient } from './operations/change-client.ts';
import { claimTicket } from './operations/claim-ticket.ts';
import { classifyTicket } from './operations/classify-ticket.ts';
import { closeTicket } from './operations/close-ticket.ts';
import { createTicket } from './operations/create-ticket.ts';
import { escalateTicket } from './operations/escalate-ticket.ts';
import { recordAnswer } from './operations/record-answer.ts';
import { recordForward } from './operations/record-forward.ts';
import { releaseTicket } from './operations/release-ticket.ts';
import { reopenTicket } from './operations/reopen-ticket.ts';
import { setCriticality } from './operations/set-criticality.ts';
import { snoozeTicket } from './operations/snooze-ticket.ts';
import type { Rejection } from './rejection.ts';
import type { Ticket } from './ticket.ts';

/**
 * The one reducer: the API folds operations with it to decide, every desk folds its pending operations with it to show
 * what will be.
 *
 * Pure; `ticket` is null where none exists, which only `create-ticket` wants. A rejection leaves the ticket as it was.
 */
export function reduceTicket(
  ticket: Ticket | null,
  operation: Operation,
  author: Author,
): Result<Ticket, Rejection> {
  if (!roleAllows(author.role, 'agent')) return err({ kind: ticket === null ? 'not-found' : 'forbidden' });
  if (operation.kind === 'create-ticket') return createTicket(ticket, operation);
  if (ticket === null) return err({ kind: 'not-found' });
  switch (operation.kind) {
    case 'add-note':
      return addNote(ticket, operation);
    case 'assign-ticket':
      return assignTicket(ticket, operation, author);
    case 'change-client':
      return changeClient(ticket, operation);
    case 'claim-ticket':
      return claimTicket(ticket, operation, author);
    case 'classify-ticket':
      return classifyTicket(ticket, operation);
    case 'close-ticket':
      return closeTicket(ticket, operation, author);
    case 'escalate-ticket':
      return escalateTicket(ticket, operation, author);
    case 'record-answer':
      return recordAnswer(ticket, operation, author);
    case 'record-forward':
      return recordForward(ticket, operation);
    case 'release-ticket':
      return releaseTicket(ticket, operation, author);
    case 'reopen-ticket':
      return reopenTicket(ticket, operation, author);
    case 'set-criticality':
      return setCriticality(ticket, operation, author);
    case 'snooze-ticket':
      return snoozeTicket(ticket, operation, author);
  }
}
