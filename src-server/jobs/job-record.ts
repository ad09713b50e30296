import type { JobOperation } from '#shared/ticket/job-operation.ts';
import type { OperationRecord } from '../feed/commit-changes.ts';

/** The line that what the API did by itself leaves in a ticket's history. */
export function jobRecord(operation: JobOperation): OperationRecord {
  return {
    id: operation.id,
    ticketId: operation.ticketId,
    agentId: null,
    body: JSON.stringify(operation),
    outcome: 'applied',
    rejection: null,
  };
}
