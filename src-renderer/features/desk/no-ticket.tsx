import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/icon.tsx';
import { Keys } from '../../ui/keys.tsx';

/** What stands where the ticket will be: how to go on. */
export function NoTicket() {
  const { t } = useTranslation();
  return (
    <section className="no-ticket" aria-label={t('nav.none.title')}>
      <Icon name="mail" size={40} />
      <p className="no-ticket-title">{t('nav.none.title')}</p>
      <dl className="no-ticket-keys">
        <dt>
          <Keys keys="J K" />
        </dt>
        <dd>{t('nav.none.move')}</dd>
        <dt>
          <Keys keys="Enter" />
        </dt>
        <dd>{t('nav.none.open')}</dd>
        <dt>
          <Keys keys="." />
        </dt>
        <dd>{t('nav.none.serveNext')}</dd>
        <dt>
          <Keys keys="Ctrl+K" />
        </dt>
        <dd>{t('nav.none.find')}</dd>
        <dt>
          <Keys keys="F1" />
        </dt>
        <dd>{t('nav.none.keys')}</dd>
      </dl>
    </section>
  );
}
