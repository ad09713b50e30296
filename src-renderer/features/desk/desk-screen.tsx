import { useEffect, useRef, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommandKeys } from '../../commands/use-command-keys.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { UndoSend } from '../compose/undo-send.tsx';
import { CheatSheet } from '../palette/cheat-sheet.tsx';
import { Palette } from '../palette/palette.tsx';
import { OutboxPage } from '../outbox/outbox-page.tsx';
import { NewTicketDialogs } from '../phone/new-ticket-dialogs.tsx';
import { QueueList } from '../queue/queue-list.tsx';
import { OfflineBanner } from '../status/offline-banner.tsx';
import { StatusBar } from '../status/status-bar.tsx';
import { TicketView } from '../ticket/ticket-view.tsx';
import { deferred } from '../../ui/deferred.tsx';
import { useDialogKeys } from '../../ui/use-dialog-keys.ts';
import { LogOut } from './log-out.tsx';
import { NoTicket } from './no-ticket.tsx';
import { NoticeBoard } from './notice-board.tsx';
import { PresenceTeller } from './presence-teller.tsx';
import { Rail } from './rail.tsx';
import { Splitter } from './splitter.tsx';
import { TopBar } from './top-bar.tsx';
import { useDeskCommands } from './use-desk-commands.ts';

const ArticlesPage = deferred(async () => (await import('../articles/articles-page.tsx')).ArticlesPage);
const TemplatesPage = deferred(async () => (await import('../templates/templates-page.tsx')).TemplatesPage);
const SettingsPage = deferred(async () => (await import('../settings/settings-page.tsx')).SettingsPage);

/** Everything an agent sees after logging in. */
export function DeskScreen() {
  const { t } = useTranslation();
  const { bridge } = useDesk();
  const openTicket = usePanels((panels) => panels.openTicket);
  const main = useRef<HTMLElement>(null);
  useCommandKeys();
  useDialogKeys();
  useDeskCommands();
  // Asked for by a notification of the system, or by the tray.
  useEffect(() => bridge.on('ticket.wanted', (wanted) => openTicket(wanted.ticketId)), [bridge, openTicket]);

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
      <DeskMain ref={main} />
      <UndoSend />
      <StatusBar />
      <NoticeBoard />
      <PresenceTeller />
      <NewTicketDialogs />
      <LogOut />
      <Palette />
      <CheatSheet />
    </div>
  );
}

/** The page that is on: apart, so that a ticket is opened without the rest of the desk being drawn again. */
function DeskMain({ ref }: { readonly ref: RefObject<HTMLElement | null> }) {
  const page = usePanels((panels) => panels.page);
  const ticketId = usePanels((panels) => panels.ticketId);
  return (
    <main
      ref={ref}
      id="content"
      className="desk-main"
      tabIndex={-1}
      data-ticket={page === 'queue' && ticketId !== null ? '' : undefined}
    >
      {page === 'queue' && (
        <>
          <QueueList />
          <Splitter />
          {ticketId === null ? <NoTicket /> : <TicketView ticketId={ticketId} />}
        </>
      )}
      {page === 'outbox' && <OutboxPage />}
      {page === 'articles' && <ArticlesPage />}
      {page === 'templates' && <TemplatesPage />}
      {page === 'settings' && <SettingsPage />}
    </main>
  );
}
