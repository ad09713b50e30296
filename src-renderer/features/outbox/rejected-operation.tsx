import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PendingOperation } from '#shared/bridge/pending.ts';
import { formatMoment } from '#shared/text/format-moment.ts';
import { displayAddress } from '#shared/mail/addresses.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import type { Rejection } from '#shared/ticket/rejection.ts';
import { errorKey } from '../../language/problem-key.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { Problem } from '../../ui/problem.tsx';

/** Something an agent did that the API refused: what, why, and the way to let go of it. */
export function RejectedOperation({ pending }: { readonly pending: PendingOperation }) {
  const { t } = useTranslation();
  const { bridge } = useDesk();
  const tell = usePanels((panels) => panels.tell);
  const reason = useRejectionWords();
  if (pending.state.kind !== 'rejected') return null;
  const { operation, state } = pending;
  const words = wordsOf(operation);
  const drop = async () => {
    const dropped = await bridge.call('operations.drop', { id: operation.id });
    if (!dropped.ok) tell({ tone: 'problem', key: errorKey(dropped.error) });
  };
  return (
    <Problem>
      <span className="rejected">
        <span>
          <strong>{t(`operation.${operation.kind}`)}</strong>{' '}
          <span className="quiet">{formatMoment(operation.madeAt)}</span>
          <br />
          {reason(state.rejection)}
          {words !== '' && <span className="rejected-words">{words}</span>}
        </span>
        <Button size="compact-xs" variant="default" onClick={() => void drop()}>
          {t('outbox.drop')}
        </Button>
      </span>
    </Problem>
  );
}

/** What the agent wrote with it: letting go of a refused operation must not be the end of the agent's own words. */
function wordsOf(operation: Operation): string {
  switch (operation.kind) {
    case 'add-note':
      return operation.text;
    case 'add-participant':
    case 'remove-participant':
      return displayAddress(operation.address);
    case 'close-ticket':
    case 'set-criticality':
      return operation.reason;
    case 'create-ticket':
      return [operation.subject, operation.client.name, operation.client.address, operation.client.phone]
        .filter((part) => part !== '')
        .join(' · ');
    case 'escalate-ticket':
      return operation.reference;
    default:
      return '';
  }
}

function useRejectionWords(): (rejection: Rejection) => string {
  const { t } = useTranslation();
  const { agents } = useDesk();
  return (rejection) =>
    rejection.kind === 'held-by-other'
      ? t('rejection.held-by-other', {
          name: agents.get(rejection.agentId)?.name ?? t('ticket.colleague'),
          until: formatMoment(rejection.until),
        })
      : t(`rejection.${rejection.kind}`);
}
