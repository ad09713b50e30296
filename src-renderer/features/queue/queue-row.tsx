import { useTranslation } from 'react-i18next';
import { displayAddress } from '#shared/mail/addresses.ts';
import type { OutgoingState } from '#shared/bridge/draft.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { Badge } from '../../ui/badge.tsx';
import { bareSubject } from '../../ui/bare-subject.ts';
import { OutgoingBadge } from '../ticket/outgoing-badge.tsx';
import type { Due } from './describe-due.ts';
import { DueText } from './due-text.tsx';

/** One ticket in the queue. */
export function QueueRow({
  ticket,
  due,
  holder,
  pending,
  answer,
}: {
  readonly ticket: Ticket;
  readonly due: Due | null;
  /** In words; null while nobody has claimed it. */
  readonly holder: string | null;
  readonly pending: boolean;
  /** Of an answer from this desk that has not left, or not surely. */
  readonly answer: OutgoingState | null;
}) {
  const { t } = useTranslation();
  const subject = bareSubject(ticket.subject);
  const badged =
    ticket.critical !== null ||
    due === null ||
    holder !== null ||
    ticket.possibleFollowUpOf !== null ||
    pending ||
    answer !== null;
  return (
    <>
      <span className="row-line">
        <span className="row-number">{t('ticket.number', { number: ticket.number })}</span>
        <span className="row-subject">{subject === '' ? t('ticket.noSubject') : subject}</span>
      </span>
      <span className="row-line row-quiet">
        <span className="row-client">{ticket.client.name || displayAddress(ticket.client.address)}</span>
        {ticket.letterCount > 1 && <span>{t('queue.letters', { count: ticket.letterCount })}</span>}
      </span>
      <span className="row-line">
        <DueText due={due} />
      </span>
      {badged && (
        <span className="row-line row-badges">
          {ticket.critical !== null && (
            <Badge tone="bad" icon="critical">
              {t('ticket.critical')}
            </Badge>
          )}
          {due === null && <Badge>{t(`ticket.status.${ticket.status}`)}</Badge>}
          {holder !== null && (
            <Badge tone="accent" icon="hand">
              {holder}
            </Badge>
          )}
          {ticket.possibleFollowUpOf !== null && (
            <Badge tone="warning" icon="link">
              {t('ticket.possibleFollowUp')}
            </Badge>
          )}
          {answer !== null && <OutgoingBadge state={answer} />}
          {pending && <Badge icon="pending">{t('ticket.pending')}</Badge>}
        </span>
      )}
    </>
  );
}
