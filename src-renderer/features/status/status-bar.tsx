import { useTranslation } from 'react-i18next';
import { formatTime } from '#shared/text/format-moment.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { ConnectionText } from './connection-text.tsx';

/** The line at the bottom: connections, progress, what waits and what needs a decision. */
export function StatusBar() {
  const { t } = useTranslation();
  const { status, session, appInfo, bridge, cacheState } = useDesk();
  const showPage = usePanels((panels) => panels.showPage);
  if (status === null) return <footer className="status-bar" aria-label={t('status.label')} />;
  const { mailbox, api, progress } = status;
  const away = [mailbox, api].filter(({ state }) => state === 'waiting');
  const retries = away.flatMap(({ retryAt }) => retryAt ?? []);
  return (
    <footer className="status-bar" aria-label={t('status.label')}>
      <output className="status-group">
        <ConnectionText name={t('status.mailbox')} connection={mailbox} />
        <ConnectionText name={t('status.api')} connection={api} />
        {session.offline && <span className="status-item">{t('status.offline')}</span>}
        {progress !== null && (
          <span className="status-item">
            <Icon name="refresh" size={13} />
            <span>{t('status.progress', { done: progress.done, total: progress.total })}</span>
          </span>
        )}
        {cacheState?.state === 'rebuilding' && (
          <span className="status-item">
            <Icon name="refresh" size={13} />
            <span>{t('status.rebuilding')}</span>
          </span>
        )}
        {cacheState?.state === 'failed' && (
          <span className="status-item" data-state="problem">
            <Icon name="alert" size={13} />
            <span>{t('status.cacheFailed')}</span>
          </span>
        )}
      </output>
      {retries.length > 0 && (
        <span className="status-item">{t('status.retryAt', { at: formatTime(Math.min(...retries)) })}</span>
      )}
      {away.length > 0 && (
        <button type="button" className="text-button" onClick={() => void bridge.call('status.retryNow', {})}>
          {t('status.retryNow')}
        </button>
      )}
      <span className="status-space" />
      {status.journalDamaged && (
        <span className="status-item" data-state="problem" role="alert" title={t('status.journalDamagedWhy')}>
          <Icon name="alert" size={13} />
          <span>{t('status.journalDamaged')}</span>
        </span>
      )}
      {appInfo?.keyStore === 'basic_text' && (
        <span className="status-item" data-state="problem" title={t('status.keyStoreWhy')}>
          <Icon name="key" size={13} />
          <span>{t('status.keyStore')}</span>
        </span>
      )}
      {appInfo?.keyStore === 'unavailable' && (
        <span className="status-item" data-state="problem" title={t('status.noKeyStoreWhy')}>
          <Icon name="key" size={13} />
          <span>{t('status.noKeyStore')}</span>
        </span>
      )}
      <StatusCount
        icon="pending"
        words={t('status.pending', { count: status.pendingOperations })}
        count={status.pendingOperations}
        onShow={() => showPage('outbox')}
      />
      <StatusCount
        icon="send"
        words={t('status.outgoing', { count: status.outgoing })}
        count={status.outgoing}
        onShow={() => showPage('outbox')}
      />
      <StatusCount
        icon="alert"
        words={t('status.rejected', { count: status.rejectedOperations })}
        count={status.rejectedOperations}
        onShow={() => showPage('outbox')}
        problem
      />
      <StatusCount
        icon="alert"
        words={t('status.uncertain', { count: status.uncertain })}
        count={status.uncertain}
        onShow={() => showPage('outbox')}
        problem
      />
      {status.quarantined > 0 && (
        <span className="status-item" data-state="problem" title={t('status.quarantinedWhy')}>
          <Icon name="alert" size={13} />
          <span>{t('status.quarantined', { count: status.quarantined })}</span>
        </span>
      )}
    </footer>
  );
}

function StatusCount({
  icon,
  words,
  count,
  onShow,
  problem = false,
}: {
  readonly icon: IconName;
  readonly words: string;
  readonly count: number;
  readonly onShow: () => void;
  readonly problem?: boolean;
}) {
  if (count === 0) return null;
  return (
    <button
      type="button"
      className="status-item text-button"
      data-state={problem ? 'problem' : undefined}
      title={words}
      onClick={onShow}
    >
      <Icon name={icon} size={13} />
      <span>{words}</span>
    </button>
  );
}
