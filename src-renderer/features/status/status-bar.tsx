import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import type { DeskStatus } from '#shared/bridge/desk-status.ts';
import { useDesk } from '../../state/desk-context.ts';
import { useHeldAnswers } from '../../state/held-answers.ts';
import { usePanels } from '../../state/panels.ts';
import { useStanding } from '../../state/standing.ts';
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
  const { session, appInfo, bridge } = useDesk();
  const mailbox = useStanding(({ status }) => status?.mailbox);
  const api = useStanding(({ status }) => status?.api);
  const counts = useStanding(useShallow(countsOf));
  const isJournalDamaged = useStanding(({ status }) => status?.journalDamaged === true);
  const isCacheFailed = useStanding(({ cacheState }) => cacheState?.state === 'failed');
  const showPage = usePanels((panels) => panels.showPage);
  const held = useHeldAnswers();
  if (mailbox === undefined || api === undefined) {
    return <footer className="status-bar" aria-label={t('status.label')} />;
  }
  // A held one waits for its agent, not for its turn.
  const goesByItself = Math.max(0, counts.outgoing - held.length);
  const showOutbox = () => showPage('outbox');
  const retry = () => void bridge.call('status.retryNow', {});
  return (
    <footer className="status-bar" aria-label={t('status.label')}>
      <StatusAnnouncer />
      <ConnectionText name={t('status.mailbox')} connection={mailbox} onRetry={retry} />
      <ConnectionText name={t('status.api')} connection={api} onRetry={retry} />
      {session.offline && <span className="status-item">{t('status.offline')}</span>}
      <SyncProgress />
      {isCacheFailed && (
        <StatusDetail
          icon="alert"
          state="problem"
          words={t('status.cacheFailed')}
          why={t('status.cacheFailedWhy')}
        />
      )}
      <span className="status-space" />
      <UnconfirmedYearNotice />
      {isJournalDamaged && (
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
        words={t('status.pending', { count: counts.pending })}
        count={counts.pending}
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
        words={t('status.rejected', { count: counts.rejected })}
        count={counts.rejected}
        onShow={showOutbox}
        problem
      />
      <StatusCount
        icon="alert"
        words={t('status.uncertain', { count: counts.uncertain })}
        count={counts.uncertain}
        onShow={showOutbox}
        problem
      />
      <QuarantineDetail />
    </footer>
  );
}

function countsOf({ status }: { readonly status: DeskStatus | null }) {
  return {
    pending: status?.pendingOperations ?? 0,
    rejected: status?.rejectedOperations ?? 0,
    outgoing: status?.outgoing ?? 0,
    uncertain: status?.uncertain ?? 0,
  };
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
