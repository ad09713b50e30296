import type { TicketId } from '#shared/ids.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import { otherTicketOf } from './reduce-pair.ts';

interface Group {
  readonly tickets: ReadonlySet<TicketId>;
  /** Places in the batch. */
  readonly places: readonly number[];
}

/**
 * The operations of a batch in groups that have no ticket in common, each in the batch's order: those on one ticket
 * belong together, and so do those on two tickets that a merge, a split or a link concerns.
 */
export function groupOperations(operations: readonly Operation[]): readonly (readonly Operation[])[] {
  let groups: readonly Group[] = [];
  for (const [place, operation] of operations.entries()) {
    const concerned = ticketsOf(operation);
    const joined = groups.filter((group) => concerned.some((id) => group.tickets.has(id)));
    const tickets = new Set([...concerned, ...joined.flatMap((group) => [...group.tickets])]);
    const places = [...joined.flatMap((group) => group.places), place];
    groups = [...groups.filter((group) => !joined.includes(group)), { tickets, places }];
  }
  return groups.map(({ places }) => operations.filter((_operation, place) => places.includes(place)));
}

/** The tickets that an operation concerns. */
export function ticketsOf(operation: Operation): readonly TicketId[] {
  const other = otherTicketOf(operation);
  return other === null ? [operation.ticketId] : [operation.ticketId, other];
}
