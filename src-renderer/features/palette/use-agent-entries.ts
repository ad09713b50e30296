import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentId, TicketId } from '#shared/ids.ts';
import { roleAllows } from '#shared/ticket/author.ts';
import type { TicketView } from '../../cache/cache-views.ts';
import { useCommandHandlers } from '../../commands/command-handlers.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { useOperations } from '../../state/use-operations.ts';
import { foldedWords } from './match-words.ts';
import type { PaletteEntry } from './palette-entry.ts';

/** Everybody to whom the ticket on screen can be given, by name; only once something is asked. */
export function useAgentEntries(isAsked: boolean): readonly PaletteEntry[] {
  const { t } = useTranslation();
  const { cache, agents } = useDesk();
  const { assign } = useOperations();
  const ticketId = usePanels((panels) => panels.ticketId);
  const canAssign = useCommandHandlers(({ handlers }) => handlers.has('ticket.assign'));
  const people = useMemo(
    () => [...agents.values()].filter(({ disabled, role }) => !disabled && roleAllows(role, 'agent')),
    [agents],
  );
  if (!isAsked || !canAssign || ticketId === null) return [];

  /** The ticket as it is by then, for whoever takes it back. */
  const give = async (to: AgentId, wanted: TicketId) => {
    const { promise, resolve } = Promise.withResolvers<TicketView | null>();
    const stop = cache.watchTicket(wanted, resolve);
    const view = await promise;
    stop();
    if (view !== null) await assign(view.ticket, to);
  };
  return people.map(({ id, name, login }) => ({
    id: `agent ${id}`,
    group: 'people',
    icon: 'user',
    label: name,
    about: t('palette.giveTo'),
    words: foldedWords(`${name} ${t('palette.giveTo')}`),
    otherWords: foldedWords(`${login} ${t('commands.ticket.assign')}`),
    run: () => void give(id, ticketId),
  }));
}
