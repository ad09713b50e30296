import type { TicketId } from '#shared/ids.ts';
import type { Rules } from '#shared/regulation/rule-book.ts';
import { computeDeadline } from '#shared/sla/deadline.ts';
import type { Queryable } from '../database/database.ts';

/** A ticket whose client waits for a reaction. */
export interface WaitingTicket {
  readonly id: TicketId;
  readonly number: number;
  /** Start of the open reaction period. */
  readonly startedAt: number;
}

/** A waiting client's deadline that other rules put elsewhere. */
export interface MovedDeadline {
  readonly ticket: WaitingTicket;
  readonly from: number;
  readonly to: number;
}

/** All tickets whose clients wait, in the order of the queue. Closed ones never do. */
export async function readWaitingTickets(database: Queryable): Promise<readonly WaitingTicket[]> {
  return await database.query<WaitingTicket>(
    `select id, number, queue_start as "startedAt" from ticket where awaits_reaction and status <> 'closed'
     order by queue_rank, queue_start, id`,
  );
}

/** Those whose deadline is another one by `after` than by `before`, in the order given. */
export function movedDeadlines(
  tickets: readonly WaitingTicket[],
  before: Rules,
  after: Rules,
): readonly MovedDeadline[] {
  return tickets.flatMap((ticket) => {
    const from = computeDeadline(ticket.startedAt, before.calendar, before.deadline).deadlineAt;
    const to = computeDeadline(ticket.startedAt, after.calendar, after.deadline).deadlineAt;
    return from === to ? [] : [{ ticket, from, to }];
  });
}
