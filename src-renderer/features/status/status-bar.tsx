import { useTranslation } from 'react-i18next';
import { useDesk } from '../../state/desk-context.ts';
import { useHeldAnswers } from '../../state/held-answers.ts';
import { usePanels } from '../../state/panels.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { HeldCount } from './held-count.tsx';
import { ConnectionText } from './connection-text.tsx';
import { StatusAnnouncer } from './status-announcer.tsx';
import { QuarantineDetail } from './quarantine-detail.tsx';
import { StatusDetail } from './status-detail.tsx';
import { SyncProgress } from './sync-progress.tsx';
import { UnconfirmedYearNotice } from './unconfirmed-year.tsx';

/** The line at the bottom: connections, progress, what waits and what needs a decision. */
export function StatusBar() {
  const { t } = useTranslation();
  const { status, session, appInfo, bridge, cacheState } = useDesk();
  const showPage = usePanels((panels) => panels.showPage);
  const held = useHeldAnswers();
  if (status === null) return <footer className="status-bar" aria-label={t('status.label')} />;
  // A held one waits for its agent, not for its turn.
  const goesByItself = Math.max(0, status.outgoing - held.length);
  const showOutbox = () => showPage('outbox');
  const retry = () => void bridge.call('status.retryNow', {});
  return (
    <footer className="status-bar" aria-label={t('status.label')}>
      <StatusAnnouncer />
      <ConnectionText name={t('status.mailbox')} connection={status.mailbox} onRetry={retry} />
      <ConnectionText name={t('status.api')} connection={status.api} onRetry={retry} />
      {session.offline && <span className="status-item">{t('status.offline')}</span>}
      <SyncProgress />
      {cacheState?.state === 'failed' && (
        <StatusDetail
          icon="alert"
          state="problem"
          words={t('status.cacheFailed')}
          why={t('status.cacheFailedWhy')}
        />
      )}
      <span className="status-space" />
      <UnconfirmedYearNotice />
      {status.journalDamaged && (
        <span role="alert">
          <StatusDetail
            icon="alert"
            state="problem"
            words={t('status.journalDamaged')}
            why={t('status.journalDamagedWhy')}
          />
        </span>
      )}
      {appInfo?.keyStore === 'basic_text' && (
        <StatusDetail icon="key" state="warning" words={t('status.keyStore')} why={t('status.keyStoreWhy')} />
      )}
      {appInfo?.keyStore === 'unavailable' && (
        <StatusDetail
          icon="key"
          state="problem"
          words={t('status.noKeyStore')}
          why={t('status.noKeyStoreWhy')}
        />
      )}
      <StatusCount
        icon="pending"
        words={t('status.pending', { count: status.pendingOperations })}
        count={status.pendingOperations}
        onShow={showOutbox}
      />
      <HeldCount held={held} />
      <StatusCount
        icon="send"
        words={t('status.outgoing', { count: goesByItself })}
        count={goesByItself}
        onShow={showOutbox}
      />
      <StatusCount
        icon="alert"
        words={t('status.rejected', { count: status.rejectedOperations })}
        count={status.rejectedOperations}
        onShow={showOutbox}
        problem
      />
      <StatusCount
        icon="alert"
        words={t('status.uncertain', { count: status.uncertain })}
        count={status.uncertain}
        onShow={showOutbox}
        problem
      />
      <QuarantineDetail />
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
  const { t } = useTranslation();
  if (count === 0) return null;
  return (
    <button
      type="button"
      className="status-item"
      data-state={problem ? 'problem' : undefined}
      title={`${words}\n${t('status.openOutbox')}`}
      onClick={onShow}
    >
      <Icon name={icon} size={13} />
      <span>{words}</span>
    </button>
  );
}
