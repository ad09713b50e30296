import { Type } from 'typebox';
import { ok, type Result } from '../../result.ts';
import { reopened } from '../apply-letter.ts';
import type { Rejection } from '../rejection.ts';
import type { Ticket } from '../ticket.ts';
import { operationHead } from './operation-head.ts';

/** Takes a closed, or waiting, ticket back into the queue. */
export const ReopenTicketSchema = Type.Object({
  ...operationHead,
  kind: Type.Literal('reopen-ticket'),
});

/** What was closed without an answer waits for it again, from the same moment as before. */
export function reopenTicket(ticket: Ticket): Result<Ticket, Rejection> {
  if (ticket.status !== 'closed') return ok({ ...ticket, status: 'open', snooze: null });
  return ok({ ...reopened(ticket), status: 'open' });
}
