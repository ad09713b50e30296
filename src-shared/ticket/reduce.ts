import { err, type Result } from '../result.ts';
import { roleAllows, type Author } from './author.ts';
import type { Operation } from './operation.ts';
import { claimTicket } from './operations/claim-ticket.ts';
import { recordAnswer } from './operations/record-answer.ts';
import { releaseTicket } from './operations/release-ticket.ts';
import { setCriticality } from './operations/set-criticality.ts';
import type { Rejection } from './rejection.ts';
import type { Ticket } from './ticket.ts';

/**
 * The one reducer: the API folds operations with it to decide, every desk folds its pending operations with it to show
 * what will be.
 *
 * Pure; `ticket` is null where none exists. A rejection leaves the ticket as it was.
 */
export function reduceTicket(
  ticket: Ticket | null,
  operation: Operation,
  author: Author,
): Result<Ticket, Rejection> {
  if (ticket === null) return err({ kind: 'not-found' });
  if (!roleAllows(author.role, 'agent')) return err({ kind: 'forbidden' });
  switch (operation.kind) {
    case 'claim-ticket':
      return claimTicket(ticket, operation, author);
    case 'release-ticket':
      return releaseTicket(ticket, operation, author);
    case 'set-criticality':
      return setCriticality(ticket, operation, author);
    case 'record-answer':
      return recordAnswer(ticket, operation, author);
  }
}
