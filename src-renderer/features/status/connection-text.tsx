import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Connection } from '#shared/bridge/desk-status.ts';
import { formatMoment, formatTime } from '#shared/text/format-moment.ts';
import type { IconName } from '../../ui/icon.tsx';
import { StatusDetail } from './status-detail.tsx';

const icons: Readonly<Record<Connection['state'], IconName>> = {
  off: 'close',
  connecting: 'refresh',
  online: 'check',
  waiting: 'alert',
};

/** How one connection stands: its state, or why it is not there. */
export function ConnectionText({
  name,
  connection,
  onRetry,
}: {
  readonly name: string;
  readonly connection: Connection;
  readonly onRetry: () => void;
}) {
  const { t } = useTranslation();
  const { state, problem, lastSyncAt, retryAt } = connection;
  const standing = problem === null ? t(`status.state.${state}`) : t(`status.problem.${problem}`);
  const synced = lastSyncAt === null ? [] : [t('status.lastSync', { at: formatMoment(lastSyncAt) })];
  const again = retryAt === null ? [] : [t('status.retryAt', { at: formatTime(retryAt) })];
  return (
    <StatusDetail
      icon={icons[state]}
      words={`${name}: ${standing}`}
      state={problem === null ? state : 'problem'}
      why={[...synced, t(`status.stateWhy.${state}`), ...again].join('\n')}
    >
      {state === 'waiting' && (
        <Button variant="default" onClick={onRetry}>
          {t('status.retryNow')}
        </Button>
      )}
    </StatusDetail>
  );
}
