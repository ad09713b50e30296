import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueueRow } from '../../cache/cache-views.ts';
import { noFilter } from '../../cache/queue-listing.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { bareSubject } from '../../ui/bare-subject.ts';
import { inEitherLayout } from './other-layout.ts';
import type { PaletteEntry } from './palette-entry.ts';

const most = 7;

/** Tickets that a text finds, by number or words, closed ones too; in the other layout when the typed one finds none. */
export function useFoundTickets(text: string): readonly PaletteEntry[] {
  const { t } = useTranslation();
  const { cache } = useDesk();
  const openTicket = usePanels((panels) => panels.openTicket);
  const [found, setFound] = useState<Readonly<Record<string, readonly QueueRow[]>>>({});
  const asked = text.trim();
  const typed = asked === '' ? [] : inEitherLayout(asked);
  const joined = typed.join('\n');

  useEffect(() => {
    const stops = (joined === '' ? [] : joined.split('\n')).map((variant) =>
      cache.watchQueue(
        {
          section: 'everywhere',
          filter: { ...noFilter, text: variant },
          order: 'received-newest',
          first: 0,
          count: most,
        },
        ({ rows }) => setFound((others) => ({ ...others, [variant]: rows })),
      ),
    );
    return () => {
      for (const stop of stops) stop();
      setFound({});
    };
  }, [cache, joined]);

  const rows = typed.map((variant) => found[variant] ?? []).find(({ length }) => length > 0) ?? [];
  return rows.map(({ ticket }) => ({
    id: `ticket ${ticket.id}`,
    group: 'tickets',
    icon: ticket.channel === 'phone' ? 'phone' : 'mail',
    label: bareSubject(ticket.subject) || t('ticket.noSubject'),
    about: ticket.number === 0 ? '' : t('ticket.number', { number: ticket.number }),
    words: [],
    otherWords: [],
    run: () => openTicket(ticket.id),
  }));
}
