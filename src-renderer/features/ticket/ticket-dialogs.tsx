import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { roleAllows } from '#shared/ticket/author.ts';
import type { LetterId } from '#shared/ids.ts';
import type { TicketView } from '../../cache/cache-views.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { useOperations } from '../../state/use-operations.ts';
import { AssignForm } from './forms/assign-form.tsx';
import { ClassifyForm } from './forms/classify-form.tsx';
import { ClientForm } from './forms/client-form.tsx';
import { CloseForm } from './forms/close-form.tsx';
import { CriticalForm } from './forms/critical-form.tsx';
import { EscalateForm } from './forms/escalate-form.tsx';
import { NotARequestForm } from './forms/not-a-request-form.tsx';
import { ParticipantList } from './forms/participant-list.tsx';
import { SnoozeForm } from './forms/snooze-form.tsx';
import { TagsForm } from './forms/tags-form.tsx';
import { HistoryList } from './history-list.tsx';
import { ReasonForm } from './reasons/reason-form.tsx';
import { MergeForm } from './relations/merge-form.tsx';
import { SplitForm } from './relations/split-form.tsx';
import { TicketFinder } from './relations/ticket-finder.tsx';
import { DeadlineProof } from './ledger/deadline-proof.tsx';
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
  | 'link'
  | 'merge'
  | 'not-a-request'
  /** The reason for what lies outside of the service's responsibility, right after it was classified so. */
  | 'out-of-scope'
  | 'participants'
  | 'reason'
  | 'snooze'
  | 'split'
  | 'tags';

const titles = {
  assign: 'ticket.assign.title',
  classify: 'category.open',
  client: 'client.edit',
  close: 'closing.title',
  critical: 'critical.title',
  escalate: 'escalation.title',
  history: 'activity.title',
  ledger: 'ledger.title',
  link: 'relation.link.title',
  merge: 'relation.merge.title',
  'not-a-request': 'closing.notARequest.title',
  'out-of-scope': 'reason.title',
  participants: 'client.participantsTitle',
  reason: 'reason.title',
  snooze: 'snooze.title',
  split: 'relation.split.title',
  tags: 'tags.title',
} as const satisfies Readonly<Record<TicketDialog, string>>;

/** Those in which more is written than a word or a date, or an address that is easily mistyped. */
const written: ReadonlySet<TicketDialog> = new Set([
  'reason',
  'out-of-scope',
  'split',
  'close',
  'critical',
  'participants',
  'tags',
]);

const wide: ReadonlySet<TicketDialog> = new Set([
  'history',
  'ledger',
  'merge',
  'out-of-scope',
  'reason',
  'split',
]);

/** The dialog that is open over a ticket; the keyboard goes back to where it was when it closes. */
export function TicketDialogs({
  view,
  dialog,
  letterId,
  onDialog,
  onClose,
}: {
  readonly view: TicketView;
  /** Null for none. */
  readonly dialog: TicketDialog | null;
  /** The letter that it was opened from; null for none. */
  readonly letterId: LetterId | null;
  /** Opens another one in its place. */
  readonly onDialog: (dialog: TicketDialog) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={dialog !== null}
      onClose={onClose}
      // A press beside the dialog must not lose what was written in it.
      closeOnClickOutside={dialog === null || !written.has(dialog)}
      size={dialog !== null && wide.has(dialog) ? 'lg' : 'md'}
      title={dialog === null ? '' : t(titles[dialog])}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {dialog !== null && (
        <DialogContent
          key={dialog}
          view={view}
          dialog={dialog}
          letterId={letterId}
          onDialog={onDialog}
          onClose={onClose}
        />
      )}
    </Modal>
  );
}

function DialogContent({
  view,
  dialog,
  letterId,
  onDialog,
  onClose,
}: {
  readonly view: TicketView;
  readonly dialog: TicketDialog;
  readonly letterId: LetterId | null;
  readonly onDialog: (dialog: TicketDialog) => void;
  readonly onClose: () => void;
}) {
  const { ticket } = view;
  const { rules, session } = useDesk();
  const mayChange = roleAllows(session.agent.role, 'agent') && ticket.mergedInto === null;
  const { outOfScope } = rules.current.profile;
  const operations = useOperations();
  const answerWith = usePanels((panels) => panels.answerWith);
  const openTicket = usePanels((panels) => panels.openTicket);
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
          onClassify={(category) => {
            const classified = operations.classify(ticket, category);
            const isRefused = category === outOfScope.category && category !== ticket.category;
            if (!isRefused || !offersReason(ticket)) return after(classified);
            return onDialog('out-of-scope');
          }}
        />
      );
    case 'client':
      return (
        <ClientForm
          client={ticket.client}
          onSave={(client) => after(operations.changeClient(ticket, client))}
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
        <CriticalForm
          ticketId={ticket.id}
          onSet={(reason) => after(operations.setCritical(ticket, reason))}
          onCancel={onClose}
        />
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
      return <DeadlineProof view={view} />;
    case 'link':
      return (
        <TicketFinder
          ticket={ticket}
          onChoose={(other) => after(operations.link(ticket.id, other.id, true))}
        />
      );
    case 'merge':
      return (
        <MergeForm
          ticket={ticket}
          onMerge={(given, into) => {
            const merge = async () => {
              const merged = await operations.merge(given, into);
              // Whoever has gone on to another ticket stays there.
              if (merged && usePanels.getState().ticketId === ticket.id) openTicket(into);
            };
            after(merge());
          }}
          onCancel={onClose}
        />
      );
    case 'reason':
    case 'out-of-scope':
      return (
        <ReasonForm
          view={view}
          startWith={dialog === 'out-of-scope' ? outOfScope.reason : null}
          onGive={(reason, words) => {
            const give = async () => {
              const given = await operations.giveReason(ticket, reason);
              if (given && words !== null && usePanels.getState().ticketId === ticket.id) {
                answerWith(ticket.id, words);
              }
            };
            after(give());
          }}
          onCancel={onClose}
        />
      );
    case 'split':
      return (
        <SplitForm
          view={view}
          startWith={letterId}
          onSplit={(subject, letterIds) => after(operations.split(ticket.id, subject, letterIds))}
          onCancel={onClose}
        />
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
      return (
        <ParticipantList
          ticket={ticket}
          letters={view.letters}
          onChange={
            mayChange
              ? (address, takesPart) => after(operations.setParticipant(ticket.id, address, takesPart))
              : null
          }
        />
      );
    case 'snooze':
      return (
        <SnoozeForm
          ticket={ticket}
          onSnooze={(until) => after(operations.snooze(ticket, until))}
          onCancel={onClose}
        />
      );
    case 'tags':
      return (
        <TagsForm
          tags={ticket.tags}
          onSave={(add, remove) => after(operations.tag(ticket, add, remove))}
          onCancel={onClose}
        />
      );
  }
}

/** What is closed, or the service's own, is refused to nobody. */
function offersReason({ status, channel }: TicketView['ticket']): boolean {
  return status !== 'closed' && channel !== 'internal';
}
