import type { Change } from '#shared/protocol/changes.ts';
import type { Queryable } from '../database/database.ts';

/** The channel on which processes hear that the feed has moved. */
export const feedChannel = 'stp_feed';

export interface ChangedEntity {
  readonly kind: Change['entity'];
  readonly id: string;
}

/** An operation to be recorded; where it was applied it gets the version of its ticket's change. */
export interface OperationRecord {
  readonly id: string;
  readonly ticketId: string;
  /** Null: the API did it by itself. */
  readonly agentId: string | null;
  readonly body: string;
  readonly outcome: 'applied' | 'rejected';
  readonly rejection: string | null;
}

/** Something that happened to a ticket which a colleague's half-written answer has to hear of. */
export interface TicketMove {
  readonly ticketId: string;
  readonly reason: 'client-wrote' | 'colleague-answered' | 'closed';
  readonly agentId: string | null;
  readonly at: number;
}

/**
 * Gives every changed entity its place in the feed. Must be the last statement of its transaction.
 *
 * It locks the feed's only head row until the commit, so transactions get their versions in the order in which they
 * commit, and a reader who has seen version N will never miss a smaller one. Returns the versions by entity id. What needs a version (operations, moves) is written by the same statement.
 */
export async function commitChanges(
  transaction: Queryable,
  given: readonly ChangedEntity[],
  operations: readonly OperationRecord[],
  moves: readonly TicketMove[],
  now: number,
): Promise<ReadonlyMap<string, number>> {
  const changes = [...new Map(given.map((change) => [`${change.kind} ${change.id}`, change])).values()];
  if (changes.length === 0) {
    await recordRejected(transaction, operations, now);
    return new Map();
  }
  const rows = await transaction.query<{ base: number }>(
    `with changed as (
       select * from unnest($1::text[], $2::text[]) with ordinality as c (kind, id, place)),
     head as (
       update feed_head set version = version + $3::bigint returning version - $3::bigint as base),
     placed as (
       insert into feed (kind, id, version)
       select c.kind, c.id, head.base + c.place from changed c cross join head
       on conflict (kind, id) do update set version = excluded.version),
     recorded as (
       insert into operation (id, ticket_id, agent_id, body, outcome, version, rejection, recorded_at)
       select o.id, o.ticket_id, o.agent_id, o.body, o.outcome,
              case when o.outcome = 'applied' then head.base + c.place end, o.rejection, $4::bigint
       from unnest($5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[])
              as o (id, ticket_id, agent_id, body, outcome, rejection)
       cross join head
       left join changed c on c.kind = 'ticket' and c.id = o.ticket_id),
     moved as (
       insert into ticket_move (ticket_id, version, reason, agent_id, at)
       select m.ticket_id, head.base + c.place, m.reason, m.agent_id, m.at
       from unnest($11::text[], $12::text[], $13::text[], $14::bigint[]) as m (ticket_id, reason, agent_id, at)
       cross join head
       join changed c on c.kind = 'ticket' and c.id = m.ticket_id)
     select head.base, pg_notify('${feedChannel}', '') from head`,
    [
      changes.map((change) => change.kind),
      changes.map((change) => change.id),
      changes.length,
      now,
      ...operationColumns(operations),
      moves.map((move) => move.ticketId),
      moves.map((move) => move.reason),
      moves.map((move) => move.agentId),
      moves.map((move) => move.at),
    ],
  );
  const base = rows[0]?.base;
  if (base === undefined) throw new Error('the feed has no head');
  return new Map(changes.map((change, index) => [change.id, base + index + 1]));
}

async function recordRejected(
  transaction: Queryable,
  operations: readonly OperationRecord[],
  now: number,
): Promise<void> {
  if (operations.length === 0) return;
  await transaction.query(
    `insert into operation (id, ticket_id, agent_id, body, outcome, rejection, recorded_at)
     select o.*, $7::bigint
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
            as o (id, ticket_id, agent_id, body, outcome, rejection)`,
    [...operationColumns(operations), now],
  );
}

function operationColumns(operations: readonly OperationRecord[]): readonly unknown[] {
  return [
    operations.map((operation) => operation.id),
    operations.map((operation) => operation.ticketId),
    operations.map((operation) => operation.agentId),
    operations.map((operation) => operation.body),
    operations.map((operation) => operation.outcome),
    operations.map((operation) => operation.rejection),
  ];
}
