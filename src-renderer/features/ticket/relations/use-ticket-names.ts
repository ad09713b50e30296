import { useTranslation } from 'react-i18next';
import type { TicketId } from '#shared/ids.ts';
import { bareSubject } from '../../../ui/bare-subject.ts';
import { useTickets } from './use-tickets.ts';

/** Names other tickets by number and subject; for one that is not on this desk (yet) says so. */
export function useTicketNames(ids: readonly TicketId[]): (id: TicketId) => string {
  const { t } = useTranslation();
  const tickets = useTickets(ids);
  return (id) => {
    const other = tickets.get(id);
    if (other === undefined || other === null) return t('relation.notHere');
    const number = other.number === 0 ? t('ticket.numberLater') : other.number;
    return `${t('ticket.number', { number })} ${bareSubject(other.subject) || t('ticket.noSubject')}`;
  };
}
