import { useTranslation } from 'react-i18next';
import { usePanels } from '../../state/panels.ts';
import { ArticlesPage } from '../articles/articles-page.tsx';
import { OutboxPage } from '../outbox/outbox-page.tsx';
import { QueueList } from '../queue/queue-list.tsx';
import { SettingsPage } from '../settings/settings-page.tsx';
import { StatusBar } from '../status/status-bar.tsx';
import { TemplatesPage } from '../templates/templates-page.tsx';
import { TicketView } from '../ticket/ticket-view.tsx';
import { ProblemNotice } from './notices.tsx';
import { TopBar } from './top-bar.tsx';

/** Everything an agent sees after logging in. */
export function DeskScreen() {
  const { t } = useTranslation();
  const { page, ticketId } = usePanels();
  return (
    <div className="desk">
      <TopBar />
      <ProblemNotice />
      <main className="desk-main">
        {page === 'queue' && (
          <>
            <QueueList />
            {ticketId === null ? (
              <p className="ticket-none">{t('ticket.choose')}</p>
            ) : (
              <TicketView key={ticketId} ticketId={ticketId} />
            )}
          </>
        )}
        {page === 'outbox' && <OutboxPage />}
        {page === 'articles' && <ArticlesPage />}
        {page === 'templates' && <TemplatesPage />}
        {page === 'settings' && <SettingsPage />}
      </main>
      <StatusBar />
    </div>
  );
}
