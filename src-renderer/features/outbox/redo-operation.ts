import type { OperationId } from '#shared/ids.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import type { Rejection } from '#shared/ticket/rejection.ts';

/** What a repeated operation is made with: it is a new one, of now. */
export interface RedoHead {
  readonly id: OperationId;
  readonly madeAt: number;
  /** When a claim made now ends by itself. */
  readonly claimUntil: number;
}

/**
 * The refused operation once more, on the ticket as it stands now; null where doing the same again can never help, or
 * something must be decided anew.
 *
 * What was meant for a ticket that was given up for another is done to that one. Nothing is claimed of whom it
 * overtakes: that was so when it was first made.
 */
export function redoOperation(operation: Operation, rejection: Rejection, head: RedoHead): Operation | null {
  const { id, madeAt, claimUntil } = head;
  const ticketId = placeOf(operation, rejection);
  if (ticketId === null) return null;
  switch (operation.kind) {
    case 'claim-ticket':
      return { id, ticketId, madeAt, kind: 'claim-ticket', until: claimUntil };
    case 'set-criticality': {
      const { critical, reason } = operation;
      return { id, ticketId, madeAt, kind: 'set-criticality', critical, reason };
    }
    case 'snooze-ticket':
      return operation.until === null || operation.until > madeAt
        ? { ...operation, id, ticketId, madeAt }
        : null;
    case 'give-reason':
      return operation.lookAgainAt === null || operation.lookAgainAt > madeAt
        ? { ...operation, id, ticketId, madeAt }
        : null;
    case 'reopen-ticket':
      // To what it is to be put back was so before the ticket changed.
      return { id, ticketId, madeAt, kind: 'reopen-ticket' };
    case 'add-note':
    case 'add-participant':
    case 'assign-ticket':
    case 'change-client':
    case 'classify-ticket':
    case 'close-ticket':
    case 'escalate-ticket':
    case 'record-facts':
    case 'release-ticket':
    case 'remove-participant':
    case 'tag-ticket':
      return { ...operation, id, ticketId, madeAt };
    case 'create-ticket':
    case 'link-tickets':
    case 'merge-ticket':
    case 'record-answer':
    case 'record-forward':
    case 'split-ticket':
      return null;
  }
}

/** The ticket on which it may go well now; null for what no other state of a ticket changes. */
function placeOf({ ticketId }: Operation, rejection: Rejection): Operation['ticketId'] | null {
  switch (rejection.kind) {
    case 'held-by-other':
    case 'closed':
    case 'unreadable':
      return ticketId;
    case 'merged':
      return rejection.into;
    case 'exists':
    case 'facts-required':
    case 'forbidden':
    case 'is-client':
    case 'moment-passed':
    case 'moment-required':
    case 'not-found':
    case 'nothing-left':
    case 'own-address':
    case 'reason-required':
    case 'same-ticket':
    case 'text-required':
    case 'unanswered':
    case 'unknown-reason':
    case 'wrong-address':
      return null;
  }
}
