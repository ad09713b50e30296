import { useTranslation } from 'react-i18next';
import { displayAddress } from '#shared/mail/addresses.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { bareSubject } from '../../../ui/bare-subject.ts';

/** A ticket by its number, subject and client. */
export function TicketName({ ticket }: { readonly ticket: Ticket }) {
  const { t } = useTranslation();
  const { number, subject, client } = ticket;
  const who = client.name || displayAddress(client.address) || client.phone;
  return (
    <span className="ticket-name">
      <span className="row-number">
        {t('ticket.number', { number: number === 0 ? t('ticket.numberLater') : number })}
      </span>{' '}
      {bareSubject(subject) || t('ticket.noSubject')}
      {who !== '' && <span className="quiet"> {who}</span>}
    </span>
  );
}
