import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Outgoing, OutgoingState } from '#shared/bridge/draft.ts';
import type { TicketId } from '#shared/ids.ts';
import { noFilter, type QueueListing } from '../../cache/queue-listing.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { useHolderWords } from '../../state/use-holder-words.ts';
import { useOperations } from '../../state/use-operations.ts';
import { useOutbox } from '../../state/use-outbox.ts';
import { useQueue } from '../../state/use-queue.ts';
import { describeDue } from './describe-due.ts';
import { QueueRow } from './queue-row.tsx';
import { SectionList } from './section-list.tsx';

/** Of a row without badges, in pixels; each row is measured once it is drawn. */
const usualRowHeight = 82;

/**
 * The queue: sections, and the rows of one of them, of which only the visible ones exist.
 *
 * Keys: j, k and arrows move, Enter opens, c claims, r answers.
 */
export function QueueList() {
  const { t } = useTranslation();
  const { cache, now, calendar, policy } = useDesk();
  const { section, ticketId, showSection, openTicket, compose } = usePanels();
  const holderWords = useHolderWords();
  const { claim } = useOperations();
  const [cursor, setCursor] = useState(0);
  const [visible, setVisible] = useState({ first: 0, count: 20 });
  const scroller = useRef<HTMLDivElement>(null);
  const listing = useMemo<QueueListing>(() => ({ section, filter: noFilter, order: 'queue' }), [section]);
  const queue = useQueue(cache, listing, visible);
  const total = queue?.total ?? 0;
  const answers = unsentAnswers(useOutbox(cache)?.outgoing ?? []);

  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => usualRowHeight,
    overscan: 6,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const count = items.length;
  useEffect(() => setVisible({ first, count }), [first, count]);

  const rowAt = (index: number) => (queue === null ? undefined : queue.rows[index - queue.first]);
  useEffect(() => {
    // Nobody else has the keyboard: after logging in, and when a ticket was closed.
    if (ticketId === null && document.activeElement === document.body) scroller.current?.focus();
  }, [ticketId]);

  const current = Math.min(cursor, Math.max(0, total - 1));
  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(index, total - 1));
    setCursor(next);
    virtual.scrollToIndex(next);
  };
  const open = (id: TicketId, index: number) => {
    setCursor(index);
    openTicket(id);
  };

  return (
    <section className="queue" aria-label={t('queue.label')}>
      <SectionList
        current={section}
        counts={queue?.counts ?? null}
        onShow={(chosen) => {
          showSection(chosen);
          setCursor(0);
          virtual.scrollToOffset(0);
        }}
      />
      <div
        ref={scroller}
        className="queue-scroller"
        role="listbox"
        tabIndex={0}
        aria-label={t('queue.list', { section: t(`queue.section.${section}`) })}
        aria-activedescendant={total > 0 ? `queue-row-${current}` : undefined}
        onClick={(event) => {
          const clicked =
            event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
          if (clicked === null) return;
          const index = Number(clicked.dataset['index']);
          const row = rowAt(index);
          scroller.current?.focus();
          if (row !== undefined) open(row.ticket.id, index);
        }}
        onKeyDown={(event) => {
          if (event.ctrlKey || event.altKey || event.metaKey) return;
          const row = rowAt(current);
          switch (event.code) {
            case 'KeyJ':
            case 'ArrowDown':
              moveTo(current + 1);
              break;
            case 'KeyK':
            case 'ArrowUp':
              moveTo(current - 1);
              break;
            case 'Home':
              moveTo(0);
              break;
            case 'End':
              moveTo(total - 1);
              break;
            case 'Enter':
              if (row !== undefined) open(row.ticket.id, current);
              break;
            case 'KeyC':
              if (row !== undefined) void claim(row.ticket.id);
              break;
            case 'KeyR':
              if (row !== undefined) compose(row.ticket.id);
              break;
            default:
              return;
          }
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        {queue !== null && total === 0 && <p className="queue-empty">{t(`queue.empty.${section}`)}</p>}
        {queue === null && <p className="queue-empty">{t('app.loading')}</p>}
        <div className="queue-rows" style={{ height: virtual.getTotalSize() }} role="presentation">
          {items.map((item) => {
            const row = rowAt(item.index);
            return (
              <div
                key={item.key}
                id={`queue-row-${item.index}`}
                className="queue-row"
                role="option"
                aria-selected={row !== undefined && row.ticket.id === ticketId}
                aria-setsize={total}
                aria-posinset={item.index + 1}
                data-cursor={item.index === current || undefined}
                data-due={
                  row === undefined ? undefined : describeDue(row.ticket, now, calendar, policy)?.state
                }
                ref={virtual.measureElement}
                style={{ transform: `translateY(${item.start}px)` }}
                data-index={item.index}
                tabIndex={-1}
              >
                {row !== undefined && (
                  <QueueRow
                    ticket={row.ticket}
                    due={describeDue(row.ticket, now, calendar, policy)}
                    holder={holderWords(row.ticket.holder)}
                    pending={row.pending}
                    answer={answers.get(row.ticket.id) ?? null}
                  />
                )}
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
}

/** Where the newest answer of each ticket stands, unless it has left. */
function unsentAnswers(outgoing: readonly Outgoing[]): ReadonlyMap<TicketId, OutgoingState> {
  const unsent = outgoing.filter(({ state }) => state !== 'sent').toSorted((a, b) => a.queuedAt - b.queuedAt);
  return new Map(unsent.map(({ ticketId, state }) => [ticketId, state]));
}
