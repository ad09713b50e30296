import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TicketId } from '#shared/ids.ts';
import type { TicketView } from '../../cache/cache-views.ts';
import { useDesk } from '../../state/desk-context.ts';
import { useOperations } from '../../state/use-operations.ts';
import { bareSubject } from '../../ui/bare-subject.ts';
import { Icon } from '../../ui/icon.tsx';
import { availableActions } from './available-actions.ts';
import { ClientLine } from './client-line.tsx';
import { BounceNote } from './bounces/bounce-note.tsx';
import { TicketLinks } from './relations/ticket-links.tsx';
import { TicketActions } from './ticket-actions.tsx';
import type { TicketDialog } from './ticket-dialogs.tsx';
import { TicketFacts } from './ticket-facts.tsx';
import { TicketPlace } from './ticket-place.tsx';
import { TicketPresence } from './ticket-presence.tsx';
import type { TicketAction } from './use-ticket-actions.ts';
import { WorkFacts } from './work-facts/work-facts.tsx';

/** What a ticket is about, whose it is, how it stands, and what can be done to it. */
export function TicketHeader({
  view,
  pending,
  actions,
  onDialog,
  factId,
  onFact,
  onClose,
  onShow,
}: {
  readonly view: TicketView;
  /** True while some operation on it is not confirmed. */
  readonly pending: boolean;
  readonly actions: readonly TicketAction[];
  readonly onDialog: (dialog: TicketDialog) => void;
  /** The fact that is being written down; null for none. */
  readonly factId: string | null;
  readonly onFact: (factId: string | null) => void;
  readonly onClose: () => void;
  readonly onShow: (id: TicketId) => void;
}) {
  const { t } = useTranslation();
  const { session, now } = useDesk();
  const { link } = useOperations();
  const { ticket } = view;
  const may = availableActions(ticket, session.agent, now);
  const subject = bareSubject(ticket.subject);
  const number = ticket.number === 0 ? t('ticket.numberLater') : ticket.number;
  return (
    <header className="ticket-head">
      <div className="ticket-title">
        <Title order={2} className="ticket-subject">
          <span className="row-number">{t('ticket.number', { number })}</span>{' '}
          {subject === '' ? t('ticket.noSubject') : subject}
        </Title>
        <TicketPresence ticketId={ticket.id} />
        <TicketPlace ticketId={ticket.id} />
        <button
          type="button"
          className="icon-button"
          aria-label={t('ticket.close')}
          aria-keyshortcuts="Escape"
          title={t('ticket.close')}
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </div>
      <ClientLine ticket={ticket} mayEdit={may.work} onDialog={onDialog} />
      <TicketFacts
        ticket={ticket}
        closesAt={view.closesAt}
        pending={pending}
        maySteer={may.steer}
        mayClassify={may.work}
        onDialog={onDialog}
      />
      <WorkFacts
        ticket={ticket}
        editing={factId}
        onEdit={may.work ? onFact : null}
        onAsk={actions.find(({ id }) => id === 'ticket.askFacts')?.run ?? null}
      />
      <TicketLinks
        ticket={ticket}
        onShow={onShow}
        onUnlink={may.work ? (id) => void link(ticket.id, id, false) : null}
      />
      <BounceNote view={view} mayWork={may.answer} onDialog={onDialog} />
      {ticket.possibleFollowUpOf !== null && <FollowUpNote id={ticket.possibleFollowUpOf} onShow={onShow} />}
      <TicketActions actions={actions} />
    </header>
  );
}

function FollowUpNote({ id, onShow }: { readonly id: TicketId; readonly onShow: (id: TicketId) => void }) {
  const { t } = useTranslation();
  return (
    <p className="ticket-follow-up">
      <Icon name="link" size={14} />
      {t('ticket.followUpWhy')}
      <button type="button" className="text-button" onClick={() => onShow(id)}>
        {t('ticket.followUpShow')}
      </button>
    </p>
  );
}
