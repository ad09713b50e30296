import { useTranslation } from 'react-i18next';
import type { Outgoing } from '#shared/bridge/draft.ts';
import { displayAddress } from '#shared/mail/addresses.ts';
import { formatMoment } from '#shared/text/format-moment.ts';
import { errorKey } from '../../language/problem-key.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { useOperations } from '../../state/use-operations.ts';
import type { OutgoingDecision } from './outgoing-decisions.ts';

/**
 * Carries out an agent's decision; a letter taken back for editing opens in the composer.
 *
 * One that left for some only, and of which no copy lies in Sent, leaves a note on its ticket when it goes off the list:
 * nothing else would tell any more who has not got it.
 */
export function useDecide(): (outgoing: Outgoing, decision: OutgoingDecision) => Promise<void> {
  const { t } = useTranslation();
  const { bridge } = useDesk();
  const { tell, composeDraft } = usePanels();
  const { addNote } = useOperations();
  return async (outgoing, decision) => {
    const { id, ticketId, recipients } = outgoing;
    if (decision === 'dismiss' && leavesNoTrace(outgoing)) {
      const addresses = (hasIt: boolean) =>
        recipients
          .filter(({ state }) => (state === 'accepted') === hasIt)
          .map(({ address }) => displayAddress(address))
          .join(', ');
      const text = t('outgoing.partialNote', {
        at: formatMoment(outgoing.queuedAt),
        reached: addresses(true),
        missed: addresses(false),
      });
      if (!(await addNote(ticketId, text))) return;
    }
    const decided = await bridge.call('outgoing.decide', { id, decision });
    if (!decided.ok) tell({ tone: 'problem', key: errorKey(decided.error) });
    else if (decision === 'edit') composeDraft(ticketId);
  };
}

function leavesNoTrace({ state, reason, filed }: Outgoing): boolean {
  return state === 'partial' && reason === 'bytes-missing' && !filed;
}
