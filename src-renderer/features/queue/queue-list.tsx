import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskSection } from '../../cache/queue-listing.ts';
import { useCommand } from '../../commands/use-command.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { useQueueListing, useQueueView } from '../../state/queue-view.ts';
import { useTicketAhead } from '../../state/tickets-ahead.ts';
import { useOperations } from '../../state/use-operations.ts';
import { useQueue } from '../../state/use-queue.ts';
import { loadDeferred } from '../../ui/deferred.tsx';
import { ListedTicket } from './listed-ticket.tsx';
import { QueueEmpty, QueueSkeleton } from './queue-empty.tsx';
import { QueueTools } from './queue-tools.tsx';
import { SectionList } from './section-list.tsx';
import { usePressed } from './use-pressed.ts';
import { useRowCursor } from './use-row-cursor.ts';
import { useSectionCommands } from './use-section-commands.ts';
import { useTotalWords } from './use-total-words.ts';
import { useUnsentAnswers } from './use-unsent-answers.ts';

/** Of a row, in pixels; the style sheet draws it so. */
const rowHeight = 76;

/**
 * The queue: sections, search, filter and order, and the rows of what that lists, of which only the visible ones exist.
 *
 * Any row is reached by J, K and the arrows, Page Up and Page Down, Home and End; Enter opens it.
 */
export function QueueList() {
  const { t } = useTranslation();
  const { cache } = useDesk();
  const ticketId = usePanels((panels) => panels.ticketId);
  const showSection = usePanels((panels) => panels.showSection);
  const openTicket = usePanels((panels) => panels.openTicket);
  const compose = usePanels((panels) => panels.compose);
  const setSearchesSection = useQueueView((view) => view.setSearchesSection);
  const listing = useQueueListing();
  const { claim } = useOperations();
  const answers = useUnsentAnswers();
  const [hasKeyboard, setHasKeyboard] = useState(false);
  const [visible, setVisible] = useState({ first: 0, count: 20 });
  const scroller = useRef<HTMLDivElement>(null);
  const empty = useRef<HTMLDivElement>(null);
  const queue = useQueue(cache, listing, visible);
  const total = queue?.total ?? 0;

  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const count = items.length;
  useEffect(() => setVisible({ first, count }), [first, count]);

  const cursor = useRowCursor(listing, queue, {
    isScrolled: (virtual.scrollOffset ?? 0) > 0,
    show: (index) => virtual.scrollToIndex(index),
    shift: (rows) => virtual.scrollBy(rows * rowHeight),
  });
  const isStale = queue !== null && queue.listing !== listing;
  const totalWords = useTotalWords(queue, listing);

  useEffect(() => {
    // Another listing begins at its top.
    scroller.current?.scrollTo({ top: 0 });
  }, [listing]);
  const isEmpty = queue !== null && total === 0 && !isStale;
  const isHidden = queue === null || isEmpty;
  const takeKeyboard = useEffectEvent(() => {
    const active = document.activeElement;
    if (active !== document.body && active !== scroller.current) return;
    if (ticketId === null || hasKeyboard) (isEmpty ? empty : scroller).current?.focus();
  });
  useEffect(() => {
    // Nobody else has the keyboard: when the first rows come after logging in, when a ticket was closed, and when the
    // last row leaves the list or the first one comes back.
    takeKeyboard();
  }, [ticketId, isHidden, isEmpty]);

  const isSearch = listing.filter.text.trim() !== '';
  const chooseSection = useCallback(
    (section: DeskSection) => {
      showSection(section);
      setSearchesSection(isSearch);
    },
    [showSection, setSearchesSection, isSearch],
  );
  const { onPointerDown, pressed } = usePressed((target) => {
    const listed = target.closest<HTMLElement>('[data-index]');
    const index = Number(listed?.dataset['index'] ?? Number.NaN);
    return queue?.rows[index - queue.first]?.ticket.id;
  });
  const goToList = useCallback(() => scroller.current?.focus(), []);
  const open = () => {
    if (cursor.row !== undefined) openTicket(cursor.row.ticket.id);
  };
  const { row } = cursor;
  useTicketAhead(
    cache,
    hasKeyboard && row !== undefined && row.ticket.id !== ticketId ? row.ticket.id : null,
  );
  // The ticket on screen takes these keys, unless the list has the keyboard.
  const actsOn = hasKeyboard || ticketId === null ? row?.ticket.id : undefined;
  useSectionCommands(chooseSection);
  useCommand('queue.next', total === 0 ? null : () => cursor.moveTo(cursor.index + 1));
  useCommand('queue.previous', total === 0 ? null : () => cursor.moveTo(cursor.index - 1));
  useCommand('queue.open', row === undefined ? null : open);
  useCommand('ticket.claim', actsOn === undefined ? null : () => void claim(actsOn));
  useCommand('ticket.answer', actsOn === undefined ? null : () => compose(actsOn));

  const isOnScreen = queue !== null;
  useEffect(() => {
    if (isOnScreen) loadDeferred();
  }, [isOnScreen]);

  const moves: Readonly<Record<string, () => void>> = {
    ArrowDown: () => cursor.moveTo(cursor.index + 1),
    ArrowUp: () => cursor.moveTo(cursor.index - 1),
    PageDown: () => cursor.moveTo(cursor.index + rowsInView(scroller.current)),
    PageUp: () => cursor.moveTo(cursor.index - rowsInView(scroller.current)),
    Home: () => cursor.moveTo(0),
    End: () => cursor.moveTo(total - 1),
  };
  const isListed = items.some((item) => item.index === cursor.index);
  const listedSection = listing.section === 'everywhere' ? null : listing.section;

  return (
    <section className="queue" aria-label={t('queue.label')}>
      <SectionList current={listedSection} counts={queue?.counts ?? null} onShow={chooseSection} />
      <div className="queue-main">
        <QueueTools
          total={queue === null ? null : total}
          isSearching={isStale}
          hasNext={queue?.hasNext ?? null}
          onLeave={goToList}
        />
        <output className="unseen">{totalWords}</output>
        {queue === null && <QueueSkeleton />}
        {isEmpty && (
          <div
            ref={empty}
            className="queue-empty-place"
            tabIndex={-1}
            onFocus={() => setHasKeyboard(true)}
            onBlur={() => setHasKeyboard(false)}
          >
            <QueueEmpty />
          </div>
        )}
        <div
          ref={scroller}
          className="queue-scroller"
          role="listbox"
          tabIndex={0}
          hidden={isHidden}
          aria-busy={isStale}
          aria-label={t('queue.list', {
            section: t(listedSection === null ? 'queue.everywhere' : `queue.section.${listedSection}`),
          })}
          aria-activedescendant={isListed ? `queue-row-${cursor.index}` : undefined}
          onFocus={() => setHasKeyboard(true)}
          onBlur={() => setHasKeyboard(false)}
          onPointerDown={onPointerDown}
          onClick={(event) => {
            const chosen = pressed(event);
            scroller.current?.focus({ preventScroll: true });
            if (chosen === undefined || queue === null) return;
            const place = queue.rows.findIndex(({ ticket }) => ticket.id === chosen);
            if (place !== -1) cursor.moveTo(queue.first + place);
            openTicket(chosen);
          }}
          onKeyDown={(event) => {
            const move = moves[event.key];
            if (move === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
            move();
            event.preventDefault();
          }}
        >
          <div className="queue-rows" style={{ height: virtual.getTotalSize() }} role="presentation">
            {items.map((item) => {
              const listed = queue?.rows[item.index - queue.first];
              return (
                <ListedTicket
                  // Each ticket keeps its element when rows change places: what points at it still points at it.
                  key={listed?.ticket.id ?? item.key}
                  index={item.index}
                  top={item.start}
                  total={total}
                  row={listed}
                  answer={listed === undefined ? null : (answers.get(listed.ticket.id) ?? null)}
                  isCursor={item.index === cursor.index}
                  isOpen={listed !== undefined && listed.ticket.id === ticketId}
                />
              );
            })}
          </div>
        </div>
      </div>
    </section>
  );
}

function rowsInView(scroller: HTMLElement | null): number {
  return Math.max(1, Math.floor((scroller?.clientHeight ?? 0) / rowHeight) - 1);
}
