import type { TicketId } from '#shared/ids.ts';
import type { RuleBook } from '#shared/regulation/rule-book.ts';
import { closesBySilenceAt } from '#shared/ticket/closes-by-silence-at.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import type { Queryable } from '../database/database.ts';

/**
 * Loads tickets and locks them until the transaction ends.
 *
 * Always in the order of ids, and from this one table only: two batches that share tickets then wait for each other
 * instead of deadlocking, and whoever waited reads what the other wrote.
 */
export async function lockTickets(
  transaction: Queryable,
  ids: readonly string[],
): Promise<Map<string, Ticket>> {
  if (ids.length === 0) return new Map();
  const rows = await transaction.query<{ id: string; state: string }>(
    'select id, state from ticket where id = any($1::text[]) order by id for update',
    [ids],
  );
  // What is read here was written below, by this or an older version of this program.
  return new Map(rows.map((row) => [row.id, JSON.parse(row.state) as Ticket]));
}

const insert = `insert into ticket (id, number, token, status, queue_rank, queue_start, awaits_reaction, critical,
                                    holder_id, holder_until, state, closes_at, timed_by, look_again_at, successor_id)
  select * from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::smallint[], $6::bigint[],
                       $7::boolean[], $8::boolean[], $9::text[], $10::bigint[], $11::text[],
                       $12::bigint[], $13::bigint[], $14::bigint[], $15::text[])`;

/** Writes new and changed tickets in one statement. The caller holds their locks and commits them to the feed. */
export async function writeTickets(
  transaction: Queryable,
  tickets: readonly Ticket[],
  rules: RuleBook,
): Promise<void> {
  if (tickets.length === 0) return;
  await transaction.query(
    `${insert}
     on conflict (id) do update set
       status = excluded.status, queue_rank = excluded.queue_rank, queue_start = excluded.queue_start,
       awaits_reaction = excluded.awaits_reaction, critical = excluded.critical, holder_id = excluded.holder_id,
       holder_until = excluded.holder_until, state = excluded.state, closes_at = excluded.closes_at,
       timed_by = excluded.timed_by, look_again_at = excluded.look_again_at, successor_id = excluded.successor_id`,
    columnsOf(tickets, rules),
  );
}

/**
 * Writes tickets whose ids and tokens were made by a desk. Another process may be writing the same ones, which no lock
 * shows before they are there: the database then reports a race instead of letting the second take the first's place.
 */
export async function insertTickets(
  transaction: Queryable,
  tickets: readonly Ticket[],
  rules: RuleBook,
): Promise<void> {
  if (tickets.length > 0) await transaction.query(insert, columnsOf(tickets, rules));
}

/** Which of these tokens belong to a ticket. */
export async function readTakenTokens(
  transaction: Queryable,
  tokens: readonly string[],
): Promise<Set<string>> {
  if (tokens.length === 0) return new Set();
  const rows = await transaction.query<{ token: string }>(
    'select token from ticket where token = any($1::text[])',
    [tokens],
  );
  return new Set(rows.map(({ token }) => token));
}

function columnsOf(tickets: readonly Ticket[], { current }: RuleBook): readonly unknown[] {
  return [
    tickets.map((ticket) => ticket.id),
    tickets.map((ticket) => ticket.number),
    tickets.map((ticket) => ticket.token),
    tickets.map((ticket) => ticket.status),
    tickets.map(queueRank),
    tickets.map((ticket) => ticket.reactionStartedAt ?? ticket.receivedAt),
    tickets.map((ticket) => ticket.reactionStartedAt !== null),
    tickets.map((ticket) => ticket.critical !== null),
    tickets.map((ticket) => ticket.holder?.agentId ?? null),
    tickets.map((ticket) => ticket.holder?.until ?? null),
    tickets.map((ticket) => JSON.stringify(ticket)),
    tickets.map((ticket) => closesBySilenceAt(ticket, current)),
    tickets.map(() => current.revision),
    tickets.map(({ status, reason }) => (status === 'closed' ? null : (reason?.lookAgainAt ?? null))),
    tickets.map(successorOf),
  ];
}

/** Where the matter of a ticket goes on: the one it was merged into, or the newest that continues it. */
export function successorOf({ mergedInto, links }: Ticket): TicketId | null {
  return mergedInto ?? links.findLast(({ relation }) => relation === 'continued-by')?.ticketId ?? null;
}

/** The first key of `compareInQueue`, as a number: critical first, within that whoever awaits a reaction. */
function queueRank(ticket: Ticket): number {
  return (ticket.critical === null ? 2 : 0) + (ticket.reactionStartedAt === null ? 1 : 0);
}
