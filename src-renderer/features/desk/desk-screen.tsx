import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommandKeys } from '../../commands/use-command-keys.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { ArticlesPage } from '../articles/articles-page.tsx';
import { UndoSend } from '../compose/undo-send.tsx';
import { CheatSheet } from '../palette/cheat-sheet.tsx';
import { Palette } from '../palette/palette.tsx';
import { OutboxPage } from '../outbox/outbox-page.tsx';
import { NewTicketDialogs } from '../phone/new-ticket-dialogs.tsx';
import { QueueList } from '../queue/queue-list.tsx';
import { SettingsPage } from '../settings/settings-page.tsx';
import { OfflineBanner } from '../status/offline-banner.tsx';
import { StatusBar } from '../status/status-bar.tsx';
import { TemplatesPage } from '../templates/templates-page.tsx';
import { TicketView } from '../ticket/ticket-view.tsx';
import { NoTicket } from './no-ticket.tsx';
import { NoticeBoard } from './notice-board.tsx';
import { Rail } from './rail.tsx';
import { Splitter } from './splitter.tsx';
import { TopBar } from './top-bar.tsx';
import { useDeskCommands } from './use-desk-commands.ts';

/** Everything an agent sees after logging in. */
export function DeskScreen() {
  const { t } = useTranslation();
  const { bridge } = useDesk();
  const { page, ticketId, openTicket } = usePanels();
  const main = useRef<HTMLElement>(null);
  useCommandKeys();
  useDeskCommands();
  // Asked for by a notification of the system, or by the tray.
  useEffect(() => bridge.on('ticket.wanted', (wanted) => openTicket(wanted.ticketId)), [bridge, openTicket]);
  useEffect(() => {
    // Whoever came by key goes on by key: from the page, unless something on it takes the keyboard, as the queue does.
    if (page !== 'queue' && document.activeElement === document.body) main.current?.focus();
  }, [page]);

  return (
    <div className="desk">
      <a
        className="skip-link"
        href="#content"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {t('nav.skip')}
      </a>
      <TopBar />
      <OfflineBanner />
      <Rail />
      <main
        ref={main}
        id="content"
        className="desk-main"
        tabIndex={-1}
        data-ticket={page === 'queue' && ticketId !== null ? '' : undefined}
      >
        {page === 'queue' && (
          <>
            <QueueList />
            <Splitter />
            {ticketId === null ? <NoTicket /> : <TicketView key={ticketId} ticketId={ticketId} />}
          </>
        )}
        {page === 'outbox' && <OutboxPage />}
        {page === 'articles' && <ArticlesPage />}
        {page === 'templates' && <TemplatesPage />}
        {page === 'settings' && <SettingsPage />}
      </main>
      <UndoSend />
      <StatusBar />
      <NoticeBoard />
      <NewTicketDialogs />
      <Palette />
      <CheatSheet />
    </div>
  );
}
