import { useTranslation } from 'react-i18next';
import type { TicketId } from '#shared/ids.ts';
import { useCommand } from '../../commands/use-command.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { useTicketAhead } from '../../state/tickets-ahead.ts';
import { Icon } from '../../ui/icon.tsx';
import { useNeighbours } from './use-neighbours.ts';

/** Where the ticket stands in the list that is worked through, and the ways to the ones beside it. */
export function TicketPlace({ ticketId }: { readonly ticketId: TicketId }) {
  const { t } = useTranslation();
  const { cache } = useDesk();
  const openTicket = usePanels((panels) => panels.openTicket);
  const { known: around, ask } = useNeighbours(ticketId);
  const way = (to: 'previous' | 'next') => {
    const there = around?.[to];
    if (there === null) return null;
    if (there !== undefined) return () => openTicket(there);
    // A key that is pressed right after the ticket has come is not lost.
    return () => {
      void ask().then(({ [to]: found }) => {
        if (found !== null && usePanels.getState().ticketId === ticketId) openTicket(found);
      });
    };
  };
  useTicketAhead(cache, around?.next ?? null);
  const goPrevious = way('previous');
  const goNext = way('next');
  useCommand('ticket.previous', goPrevious);
  useCommand('ticket.next', goNext);
  return (
    <div className="ticket-place">
      <button
        type="button"
        className="icon-button"
        aria-label={t('ticket.previous')}
        aria-keyshortcuts="["
        title={`${t('ticket.previous')} [`}
        disabled={goPrevious === null}
        onClick={() => goPrevious?.()}
      >
        <Icon name="left" />
      </button>
      {around !== null && around.place !== null && (
        <span className="quiet">{t('ticket.place', { place: around.place + 1, total: around.total })}</span>
      )}
      <button
        type="button"
        className="icon-button"
        aria-label={t('ticket.next')}
        aria-keyshortcuts="]"
        title={`${t('ticket.next')} ]`}
        disabled={goNext === null}
        onClick={() => goNext?.()}
      >
        <Icon name="right" />
      </button>
    </div>
  );
}
