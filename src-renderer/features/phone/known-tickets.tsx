import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { displayAddress } from '#shared/mail/addresses.ts';
import type { TicketId } from '#shared/ids.ts';
import { useDesk } from '../../state/desk-context.ts';
import { bareSubject } from '../../ui/bare-subject.ts';
import { describeDue } from '../queue/describe-due.ts';
import { DueText } from '../queue/due-text.tsx';
import { callerText, type Call } from './call.ts';
import { useOpenTickets } from './use-open-tickets.ts';

/** Open tickets of whoever is calling, to which the call can be added. Says nothing while there are none. */
export function KnownTickets({
  call,
  disabled,
  onAdd,
}: {
  readonly call: Call;
  readonly disabled: boolean;
  readonly onAdd: (ticketId: TicketId) => void;
}) {
  const { t } = useTranslation();
  const { now, calendar, policy } = useDesk();
  const tickets = useOpenTickets(callerText(call));
  return (
    <section className="known-tickets" aria-label={t('phone.knownTitle')} aria-live="polite">
      {tickets.length > 0 && (
        <>
          <strong>{t('phone.knownTitle')}</strong>
          <p className="quiet">{t('phone.knownAbout')}</p>
          <ul>
            {tickets.map((ticket) => (
              <li key={ticket.id}>
                <div>
                  <span className="row-number">{t('ticket.number', { number: ticket.number })}</span>{' '}
                  {bareSubject(ticket.subject) || t('ticket.noSubject')}
                  <div className="quiet">
                    {ticket.client.name || displayAddress(ticket.client.address) || ticket.client.phone}
                  </div>
                  <DueText due={describeDue(ticket, now, calendar, policy)} />
                </div>
                <Button
                  variant="default"
                  disabled={disabled}
                  aria-label={`${t('phone.addToTicket')} ${t('ticket.number', { number: ticket.number })}`}
                  onClick={() => onAdd(ticket.id)}
                >
                  {t('phone.addToTicket')}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
