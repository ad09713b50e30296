import { useTranslation } from 'react-i18next';
import type { TicketId } from '#shared/ids.ts';
import { useOperations } from '../../state/use-operations.ts';
import { calledNote, type Call } from './call.ts';

/**
 * Keeps a call, as a ticket of its own or as a note; both resolve to the ticket, or to null where it could not be kept.
 *
 * What follows a new ticket is in the same journal, in order: it arrives with it or after it.
 */
export function useWriteDownCall(): {
  readonly create: (call: Call) => Promise<TicketId | null>;
  readonly addTo: (ticketId: TicketId, call: Call) => Promise<TicketId | null>;
} {
  const { t } = useTranslation();
  const operations = useOperations();
  return {
    create: async ({ phone, name, address, subject, said, category, solved }) => {
      const client = { name: name.trim(), address: address.trim(), phone: phone.trim() };
      return await operations.createTicket({
        channel: 'phone',
        subject: subject.trim(),
        client,
        note: said,
        category,
        letter: null,
        closing: solved ? { outcome: 'answered-by-phone', reason: t('phone.solvedReason') } : null,
      });
    },
    addTo: async (ticketId, call) => {
      const note = calledNote(call, (who) => t('phone.calledNote', { who }));
      return (await operations.addNote(ticketId, note)) ? ticketId : null;
    },
  };
}
