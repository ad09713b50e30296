import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { roleAllows } from '#shared/ticket/author.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels, type Page } from '../../state/panels.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { LanguageSwitch } from '../../ui/language-switch.tsx';
import { SuccessNotice } from './notices.tsx';

const icons: Readonly<Record<Page, IconName>> = {
  queue: 'queue',
  outbox: 'outbox',
  articles: 'article',
  templates: 'copy',
  settings: 'settings',
};

/** Pages, who is working, language, log-out. */
export function TopBar() {
  const { t } = useTranslation();
  const { bridge, session, status } = useDesk();
  const { page, showPage } = usePanels();
  const pages: readonly Page[] = roleAllows(session.agent.role, 'admin')
    ? ['queue', 'outbox', 'articles', 'templates', 'settings']
    : ['queue', 'outbox', 'articles', 'templates'];
  const decisions = (status?.rejectedOperations ?? 0) + (status?.uncertain ?? 0);
  return (
    <header className="top-bar">
      <strong className="top-name">{t('app.name')}</strong>
      <nav className="top-pages" aria-label={t('nav.label')}>
        {pages.map((each) => (
          <button
            key={each}
            type="button"
            className="top-page"
            aria-current={each === page ? 'page' : undefined}
            onClick={() => showPage(each)}
          >
            <Icon name={icons[each]} />
            {t(`nav.${each}`)}
            {each === 'outbox' && decisions > 0 && (
              <span className="top-count" aria-label={t('nav.decisions', { count: decisions })}>
                {decisions}
              </span>
            )}
          </button>
        ))}
      </nav>
      <SuccessNotice />
      <span className="top-agent" title={t(`role.${session.agent.role}`)}>
        <Icon name="user" size={14} /> {session.agent.name}
      </span>
      <LanguageSwitch />
      <Button
        variant="default"
        leftSection={<Icon name="logOut" />}
        onClick={() => void bridge.call('session.logOut', {})}
      >
        {t('nav.logOut')}
      </Button>
    </header>
  );
}
