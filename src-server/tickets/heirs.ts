import type { TicketId } from '#shared/ids.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import type { Queryable } from '../database/database.ts';
import { lockTickets, successorOf } from './ticket-rows.ts';

/*
 * A ticket that was merged into another has its letters there; the other may have been merged again. A ticket that was
 * closed too long ago to be opened again may be continued by a newer one.
 */

/** Among `tickets`, the one that has the letters of a ticket now: itself, or the last of those it was merged into. */
export function heirOf(tickets: ReadonlyMap<string, Ticket>, id: TicketId): Ticket | undefined {
  const seen = new Set<TicketId>();
  let ticket = tickets.get(id);
  while (ticket !== undefined && ticket.mergedInto !== null && !seen.has(ticket.id)) {
    seen.add(ticket.id);
    ticket = tickets.get(ticket.mergedInto) ?? ticket;
  }
  return ticket;
}

/** The ticket that has the letters of a ticket now, read without a lock. */
export async function readHeir(transaction: Queryable, id: TicketId): Promise<Ticket | undefined> {
  const tickets = new Map<string, Ticket>();
  for (let next: TicketId | null = id; next !== null && !tickets.has(next);) {
    const [row]: readonly { state: string }[] = await transaction.query(
      'select state from ticket where id = $1',
      [next],
    );
    if (row === undefined) break;
    const ticket = JSON.parse(row.state) as Ticket;
    tickets.set(next, ticket);
    next = ticket.mergedInto;
  }
  return heirOf(tickets, id);
}

/** Locks tickets and their heirs, see {@link heirOf}. For callers to whom merged tickets are rare. */
export async function lockTicketsWithHeirs(
  transaction: Queryable,
  ids: readonly string[],
): Promise<Map<string, Ticket>> {
  return await withMore(transaction, await lockTickets(transaction, ids), ({ mergedInto }) => mergedInto);
}

/** Locks tickets, their heirs and the tickets that continue them. */
export async function lockTicketsWithSuccessors(
  transaction: Queryable,
  ids: readonly string[],
): Promise<Map<string, Ticket>> {
  if (ids.length === 0) return new Map();
  const rows = await transaction.query<{ id: string }>(
    `with recursive wanted (id) as (
       select id collate "C" from unnest($1::text[]) as given (id)
       union
       select t.successor_id from ticket t join wanted w on t.id = w.id where t.successor_id is not null)
     select id from wanted`,
    [ids],
  );
  const found = await lockTickets(
    transaction,
    rows.map(({ id }) => id),
  );
  return await withMore(transaction, found, successorOf);
}

/**
 * Adds those to which locked tickets lead, as far as they were not known before. These locks are out of order; the
 * database ends a deadlock by letting one transaction begin again.
 */
async function withMore(
  transaction: Queryable,
  tickets: Map<string, Ticket>,
  next: (ticket: Ticket) => TicketId | null,
): Promise<Map<string, Ticket>> {
  for (;;) {
    const missing = [...tickets.values()].flatMap((ticket) => {
      const id = next(ticket);
      return id === null || tickets.has(id) ? [] : [id];
    });
    const more = await lockTickets(transaction, missing);
    if (more.size === 0) return tickets;
    for (const [id, ticket] of more) tickets.set(id, ticket);
  }
}
