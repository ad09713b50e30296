import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '../../cache/cache-views.ts';
import { useOperations } from '../../state/use-operations.ts';
import { DeadlineLedger } from './deadline-ledger.tsx';
import { AssignForm } from './forms/assign-form.tsx';
import { ClassifyForm } from './forms/classify-form.tsx';
import { ClientForm } from './forms/client-form.tsx';
import { CloseForm } from './forms/close-form.tsx';
import { CriticalForm } from './forms/critical-form.tsx';
import { EscalateForm } from './forms/escalate-form.tsx';
import { NotARequestForm } from './forms/not-a-request-form.tsx';
import { ParticipantList } from './forms/participant-list.tsx';
import { SnoozeForm } from './forms/snooze-form.tsx';
import { HistoryList } from './history-list.tsx';
import { useBlockSender } from './use-block-sender.ts';

/** A dialog over a ticket. */
export type TicketDialog =
  | 'assign'
  | 'classify'
  | 'client'
  | 'close'
  | 'critical'
  | 'escalate'
  | 'history'
  | 'ledger'
  | 'not-a-request'
  | 'participants'
  | 'snooze';

const titles = {
  assign: 'ticket.assign.title',
  classify: 'category.open',
  client: 'client.edit',
  close: 'closing.title',
  critical: 'critical.title',
  escalate: 'escalation.title',
  history: 'activity.title',
  ledger: 'ledger.title',
  'not-a-request': 'closing.notARequest.title',
  participants: 'client.participantsTitle',
  snooze: 'snooze.title',
} as const satisfies Readonly<Record<TicketDialog, string>>;

const wide: ReadonlySet<TicketDialog> = new Set(['history', 'ledger']);

/** The dialog that is open over a ticket; the keyboard goes back to where it was when it closes. */
export function TicketDialogs({
  view,
  dialog,
  onClose,
}: {
  readonly view: TicketView;
  /** Null for none. */
  readonly dialog: TicketDialog | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={dialog !== null}
      onClose={onClose}
      size={dialog !== null && wide.has(dialog) ? 'lg' : 'md'}
      title={dialog === null ? '' : t(titles[dialog])}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {dialog !== null && <DialogContent view={view} dialog={dialog} onClose={onClose} />}
    </Modal>
  );
}

function DialogContent({
  view,
  dialog,
  onClose,
}: {
  readonly view: TicketView;
  readonly dialog: TicketDialog;
  readonly onClose: () => void;
}) {
  const { ticket } = view;
  const operations = useOperations();
  const blockSender = useBlockSender();
  /** Closes at once: whether it was kept is told by a notice. */
  const after = (done: Promise<unknown>) => {
    onClose();
    void done;
  };
  switch (dialog) {
    case 'assign':
      return <AssignForm ticket={ticket} onAssign={(id) => after(operations.assign(ticket, id))} />;
    case 'classify':
      return (
        <ClassifyForm
          category={ticket.category}
          onClassify={(category) => after(operations.classify(ticket, category))}
        />
      );
    case 'client':
      return (
        <ClientForm
          client={ticket.client}
          onSave={(client) => after(operations.changeClient(ticket.id, client))}
          onCancel={onClose}
        />
      );
    case 'close':
      return (
        <CloseForm
          ticket={ticket}
          onClose={(outcome, reason) => after(operations.close(ticket, outcome, reason))}
          onCancel={onClose}
        />
      );
    case 'critical':
      return (
        <CriticalForm onSet={(reason) => after(operations.setCritical(ticket, reason))} onCancel={onClose} />
      );
    case 'escalate':
      return (
        <EscalateForm
          ticket={ticket}
          onEscalate={(reference) => after(operations.escalate(ticket, reference))}
          onCancel={onClose}
        />
      );
    case 'history':
      return <HistoryList view={view} />;
    case 'ledger':
      return ticket.reactionStartedAt === null ? null : (
        <DeadlineLedger startedAt={ticket.reactionStartedAt} />
      );
    case 'not-a-request':
      return (
        <NotARequestForm
          ticket={ticket}
          onClose={(reason, block) => {
            const close = async () => {
              const closed = await operations.close(ticket, 'not-a-request', reason);
              if (closed && block) await blockSender(ticket.client.address, reason);
            };
            after(close());
          }}
          onCancel={onClose}
        />
      );
    case 'participants':
      return <ParticipantList ticket={ticket} letters={view.letters} />;
    case 'snooze':
      return (
        <SnoozeForm
          ticket={ticket}
          onSnooze={(until) => after(operations.snooze(ticket, until))}
          onCancel={onClose}
        />
      );
  }
}
