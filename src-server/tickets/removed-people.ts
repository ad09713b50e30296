import { normaliseAddress } from '#shared/mail/addresses.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import type { Queryable } from '../database/database.ts';

/**
 * The normalised addresses that agents took out of a ticket after `version` of the feed and nobody let in again.
 *
 * Told by the ticket's operations, and by those of the tickets that were merged into it. `ticket` is the one that has
 * the letters now, see `heirOf`.
 */
export async function readRemovedPeople(
  transaction: Queryable,
  ticket: Ticket,
  version: number,
): Promise<ReadonlySet<string>> {
  const merged = ticket.links.filter(({ relation }) => relation === 'merged-from');
  const rows = await transaction.query<{ body: string }>(
    `select body from operation
     where ticket_id = any($1::text[]) and outcome = 'applied' and version > $2::bigint
       and body like '%"kind":"remove-participant"%'`,
    [[ticket.id, ...merged.map(({ ticketId }) => ticketId)], version],
  );
  const removed = rows.flatMap(({ body }) => {
    const operation = JSON.parse(body) as Operation;
    return operation.kind === 'remove-participant' ? [normaliseAddress(operation.address)] : [];
  });
  return new Set(removed.filter((address) => !ticket.participants.includes(address)));
}
