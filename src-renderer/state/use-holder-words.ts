import { useTranslation } from 'react-i18next';
import { formatMoment } from '#shared/text/format-moment.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { useDesk } from './desk-context.ts';

/** Says who holds a ticket, shortly or with the end of the claim; null for nobody, also once a claim is over. */
export function useHolderWords(): (holder: Ticket['holder'], withEnd?: boolean) => string | null {
  const { t } = useTranslation();
  const { agents, now, session } = useDesk();
  return (holder, withEnd = false) => {
    if (holder === null || holder.until <= now) return null;
    const at = formatMoment(holder.until);
    if (holder.agentId === session.agent.id) {
      return withEnd ? t('ticket.heldByYouUntil', { at }) : t('ticket.heldByYou');
    }
    const name = agents.get(holder.agentId)?.name ?? t('ticket.colleague');
    return withEnd ? t('ticket.heldByUntil', { name, at }) : name;
  };
}
