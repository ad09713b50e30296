import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TicketId } from '#shared/ids.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { useDesk } from '../../state/desk-context.ts';
import { bareSubject } from '../../ui/bare-subject.ts';
import { Icon } from '../../ui/icon.tsx';
import { availableActions } from './available-actions.ts';
import { ClientLine } from './client-line.tsx';
import { TicketActions } from './ticket-actions.tsx';
import type { TicketDialog } from './ticket-dialogs.tsx';
import { TicketFacts } from './ticket-facts.tsx';
import { TicketPlace } from './ticket-place.tsx';
import type { TicketAction } from './use-ticket-actions.ts';

/** What a ticket is about, whose it is, how it stands, and what can be done to it. */
export function TicketHeader({
  ticket,
  pending,
  actions,
  onDialog,
  onClose,
  onShow,
}: {
  readonly ticket: Ticket;
  /** True while some operation on it is not confirmed. */
  readonly pending: boolean;
  readonly actions: readonly TicketAction[];
  readonly onDialog: (dialog: TicketDialog) => void;
  readonly onClose: () => void;
  readonly onShow: (id: TicketId) => void;
}) {
  const { t } = useTranslation();
  const { session, now } = useDesk();
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
        pending={pending}
        maySteer={may.steer}
        mayClassify={may.work}
        onDialog={onDialog}
      />
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
