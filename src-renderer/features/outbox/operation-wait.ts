import type { Connection } from '#shared/bridge/desk-status.ts';
import type { Draft } from '#shared/bridge/draft.ts';
import type { PendingOperation } from '#shared/bridge/pending.ts';
import type { TicketId } from '#shared/ids.ts';
import { isRecordOfSent, type Operation } from '#shared/ticket/operation.ts';

/** Why an operation has not reached the API yet. */
export type OperationWait =
  /** One before it on the same ticket was refused, and the agent has not decided about that one yet. */
  | { readonly kind: 'behind'; readonly refused: Operation }
  /** Its ticket comes to be when the letter for which it is made is sent. */
  | { readonly kind: 'letter' }
  | { readonly kind: 'api'; readonly problem: NonNullable<Connection['problem']> }
  /** Nothing stands in its way: it leaves with the next batch. */
  | { readonly kind: 'next' };

/** The tickets that come to be when their agent sends the letter for which they are made. */
export function begunByLetter(drafts: readonly Draft[]): ReadonlySet<TicketId> {
  return new Set(drafts.flatMap(({ purpose, ticketId }) => (purpose === 'letter' ? [ticketId] : [])));
}

/**
 * Says of each waiting operation why it waits, by the same order in which they are pushed.
 *
 * `lettersOf` are the tickets that wait for their letter, see {@link begunByLetter}. Records of letters that have left wait behind nothing.
 */
export function operationWaits(
  operations: readonly PendingOperation[],
  lettersOf: ReadonlySet<TicketId>,
  api: Pick<Connection, 'state' | 'problem'> | undefined,
): ReadonlyMap<Operation['id'], OperationWait> {
  const refused = new Map<TicketId, Operation>();
  const waits = new Map<Operation['id'], OperationWait>();
  for (const { operation, state } of operations) {
    const { id, ticketId } = operation;
    if (state.kind === 'rejected' && !refused.has(ticketId)) refused.set(ticketId, operation);
    if (state.kind !== 'waiting') continue;
    const before = isRecordOfSent(operation) ? undefined : refused.get(ticketId);
    if (lettersOf.has(ticketId)) waits.set(id, { kind: 'letter' });
    else if (before !== undefined) waits.set(id, { kind: 'behind', refused: before });
    else if (api !== undefined && api.state !== 'online' && api.problem !== null) {
      waits.set(id, { kind: 'api', problem: api.problem });
    } else waits.set(id, { kind: 'next' });
  }
  return waits;
}
