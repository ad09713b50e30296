import type { TicketId } from '#shared/ids.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import { errorKey } from '../language/problem-key.ts';
import { claimEndsAt } from './claim-ends-at.ts';
import { useDesk } from './desk-context.ts';
import { newOperationId } from './new-id.ts';
import { usePanels } from './panels.ts';

/** What an agent can do to a ticket from the desk; each resolves to whether it is on disk. */
export interface TicketOperations {
  readonly claim: (ticketId: TicketId) => Promise<boolean>;
  readonly release: (ticketId: TicketId) => Promise<boolean>;
  readonly setCritical: (ticketId: TicketId, reason: string) => Promise<boolean>;
  readonly clearCritical: (ticketId: TicketId) => Promise<boolean>;
}

/** Makes operations and hands them to the main process; a failure to keep one is told at once. */
export function useOperations(): TicketOperations {
  const { bridge, calendar, policy, status } = useDesk();
  const tell = usePanels((panels) => panels.tell);

  const submit = async (operation: Operation): Promise<boolean> => {
    const kept = await bridge.call('operations.submit', { operation });
    if (!kept.ok) tell({ tone: 'problem', key: errorKey(kept.error) });
    return kept.ok;
  };
  const head = (ticketId: TicketId) => ({
    id: newOperationId(),
    ticketId,
    madeAt: Date.now() + (status?.clockOffsetMs ?? 0),
  });

  return {
    claim: (ticketId) => {
      const operation = head(ticketId);
      const until = claimEndsAt(operation.madeAt, calendar.workingTime(policy.shortDayMinutes));
      return submit({ ...operation, kind: 'claim-ticket', until });
    },
    release: (ticketId) => submit({ ...head(ticketId), kind: 'release-ticket' }),
    setCritical: (ticketId, reason) =>
      submit({ ...head(ticketId), kind: 'set-criticality', critical: true, reason }),
    clearCritical: (ticketId) =>
      submit({ ...head(ticketId), kind: 'set-criticality', critical: false, reason: '' }),
  };
}
