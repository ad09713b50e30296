import { ticketsToCome, type JournalState } from '../journal/journal-state.ts';
import type { AgentId, OperationId, TicketId } from '#shared/ids.ts';
import { isRecordOfSent, type Operation } from '#shared/ticket/operation.ts';

export interface BatchLimits {
  readonly operations: number;
  /** Of JSON; the API takes bodies up to 1 MiB. */
  readonly bytes: number;
}

/**
 * The operations that may be pushed next, in the order in which the agent made them.
 *
 * Only those of `agentId`: operations run under their author's token. Behind an operation that the API refused, those of
 * the same ticket wait until the agent drops it, answers and forwards excepted: the letter has left, and no rule may
 * hide that.
 * `stuck` operations are treated as refused. Tickets that are made for a letter wait until it is sent.
 */
export function chooseBatch(
  state: JournalState,
  agentId: AgentId,
  stuck: ReadonlySet<OperationId>,
  limits: BatchLimits,
): Operation[] {
  const blocked = new Set<TicketId>();
  const toCome = ticketsToCome(state);
  const batch: Operation[] = [];
  let bytes = 0;
  for (const { operation, author, answer } of state.operations.values()) {
    if (answer?.outcome === 'rejected' || stuck.has(operation.id)) blocked.add(operation.ticketId);
    if (answer !== null || stuck.has(operation.id) || author.agentId !== agentId) continue;
    if (toCome.has(operation.ticketId)) continue;
    if (blocked.has(operation.ticketId) && !isRecordOfSent(operation)) continue;
    bytes += Buffer.byteLength(JSON.stringify(operation));
    if (batch.length > 0 && bytes > limits.bytes) break;
    batch.push(operation);
    if (batch.length >= limits.operations) break;
  }
  return batch;
}
