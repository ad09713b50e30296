import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PendingOperation } from '#shared/bridge/pending.ts';
import { formatMoment } from '#shared/text/format-moment.ts';
import { displayAddress } from '#shared/mail/addresses.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import type { Rejection } from '#shared/ticket/rejection.ts';
import { errorKey } from '../../language/problem-key.ts';
import { claimEndsAt } from '../../state/claim-ends-at.ts';
import { useDesk } from '../../state/desk-context.ts';
import { newOperationId } from '../../state/new-id.ts';
import { usePanels } from '../../state/panels.ts';
import { Problem } from '../../ui/problem.tsx';
import { redoForm, type RedoForm } from './redo-form.ts';
import { redoOperation } from './redo-operation.ts';

/**
 * Something an agent did that the API refused: what, why, and the ways on: to do it once more on the ticket as it
 * stands now, to decide it anew in its form, where `onForm` can open one, or to let go of it.
 */
export function RejectedOperation({
  pending,
  onForm,
}: {
  readonly pending: PendingOperation;
  readonly onForm?: (form: RedoForm) => void;
}) {
  const { t } = useTranslation();
  const { bridge, calendar, clockOffsetMs, now, policy } = useDesk();
  const tell = usePanels((panels) => panels.tell);
  const reason = useRejectionWords();
  if (pending.state.kind !== 'rejected') return null;
  const { operation, state } = pending;
  const words = wordsOf(operation);
  const drop = async () => {
    const dropped = await bridge.call('operations.drop', { id: operation.id });
    if (!dropped.ok) tell({ tone: 'problem', key: errorKey(dropped.error) });
  };
  const makeAgain = (madeAt: number) => {
    const claimUntil = claimEndsAt(madeAt, calendar.workingTime(policy.shortDayMinutes));
    return redoOperation(operation, state.rejection, { id: newOperationId(), madeAt, claimUntil });
  };
  const redo = async () => {
    const again = makeAgain(Date.now() + clockOffsetMs);
    if (again === null) return;
    // The new one first: cut off in between, nothing is lost, and the refused one still asks to be dropped.
    const kept = await bridge.call('operations.submit', { operation: again });
    if (kept.ok) await drop();
    else tell({ tone: 'problem', key: errorKey(kept.error) });
  };
  const canRedo = makeAgain(now) !== null;
  const form = redoForm(operation.kind);
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
        <Group gap="xs">
          {canRedo && (
            <Button size="compact-xs" variant="default" onClick={() => void redo()}>
              {t('outbox.redo')}
            </Button>
          )}
          {!canRedo && form !== null && onForm !== undefined && (
            <Button size="compact-xs" variant="default" onClick={() => onForm(form)}>
              {t('outbox.redoForm')}
            </Button>
          )}
          <Button size="compact-xs" variant="default" onClick={() => void drop()}>
            {t('outbox.drop')}
          </Button>
        </Group>
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
