import type { Outgoing } from '#shared/bridge/draft.ts';
import { errorKey } from '../../language/problem-key.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import type { OutgoingDecision } from './outgoing-decisions.ts';

/** Carries out an agent's decision; a letter taken back for editing opens in the composer. */
export function useDecide(): (outgoing: Outgoing, decision: OutgoingDecision) => Promise<void> {
  const { bridge } = useDesk();
  const { tell, composeDraft } = usePanels();
  return async ({ id, ticketId }, decision) => {
    const decided = await bridge.call('outgoing.decide', { id, decision });
    if (!decided.ok) tell({ tone: 'problem', key: errorKey(decided.error) });
    else if (decision === 'edit') composeDraft(ticketId);
  };
}
