import type { TicketId } from '#shared/ids.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import type { Queryable } from '../database/database.ts';

/** Gives numbers to tickets that have none yet, in their order; a number is lost only when the transaction fails. */
export async function giveNumbers(
  transaction: Queryable,
  tickets: readonly Ticket[],
): Promise<readonly Ticket[]> {
  const fresh = tickets.filter((ticket) => ticket.number === 0);
  if (fresh.length === 0) return tickets;
  const rows = await transaction.query<{ number: number }>(
    `select nextval('ticket_number') as number from generate_series(1, $1::int)`,
    [fresh.length],
  );
  const numbers = new Map<TicketId, number | undefined>(
    fresh.map((ticket, index) => [ticket.id, rows[index]?.number]),
  );
  return tickets.map((ticket) => ({ ...ticket, number: numbers.get(ticket.id) ?? ticket.number }));
}
