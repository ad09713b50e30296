import { useTranslation } from 'react-i18next';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { useDesk } from './desk-context.ts';

/** Says who holds a ticket; null for nobody, also once a claim is over. */
export function useHolderWords(): (holder: Ticket['holder']) => string | null {
  const { t } = useTranslation();
  const { agents, now, session } = useDesk();
  return (holder) => {
    if (holder === null || holder.until <= now) return null;
    if (holder.agentId === session.agent.id) return t('ticket.heldByYou');
    const name = agents.get(holder.agentId)?.name;
    return name === undefined ? t('ticket.heldByColleague') : t('ticket.heldBy', { name });
  };
}
