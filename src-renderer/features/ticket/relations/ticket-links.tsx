import { useTranslation } from 'react-i18next';
import type { TicketId } from '#shared/ids.ts';
import type { Ticket, TicketRelation } from '#shared/ticket/ticket.ts';
import { Icon } from '../../../ui/icon.tsx';
import { useTicketNames } from './use-ticket-names.ts';

/** What a ticket has to do with others: each opens with Enter or a press, and where this one went if it was merged. */
export function TicketLinks({
  ticket,
  onShow,
  onUnlink,
}: {
  readonly ticket: Ticket;
  readonly onShow: (id: TicketId) => void;
  /** Null for whoever may not. */
  readonly onUnlink: ((id: TicketId) => void) | null;
}) {
  const { t } = useTranslation();
  const { links, mergedInto } = ticket;
  const shown: readonly { readonly ticketId: TicketId; readonly relation: TicketRelation | 'merged-into' }[] =
    [...(mergedInto === null ? [] : [{ ticketId: mergedInto, relation: 'merged-into' as const }]), ...links];
  const nameOf = useTicketNames(shown.map(({ ticketId }) => ticketId));
  if (shown.length === 0) return null;
  return (
    <ul className="ticket-links" aria-label={t('relation.title')}>
      {shown.map(({ ticketId, relation }) => (
        <li key={`${relation} ${ticketId}`} data-relation={relation}>
          <Icon name="link" size={13} />
          <span className="quiet">{t(`relation.kind.${relation}`)}</span>
          <button type="button" className="text-button" onClick={() => onShow(ticketId)}>
            {nameOf(ticketId)}
          </button>
          {relation === 'related' && onUnlink !== null && (
            <button
              type="button"
              className="icon-button"
              aria-label={t('relation.unlink', { ticket: nameOf(ticketId) })}
              title={t('relation.unlinkShort')}
              onClick={() => onUnlink(ticketId)}
            >
              <Icon name="close" size={13} />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
