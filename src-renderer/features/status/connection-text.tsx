import { useTranslation } from 'react-i18next';
import type { Connection } from '#shared/bridge/desk-status.ts';
import { formatMoment, formatTime } from '#shared/text/format-moment.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';

const icons: Readonly<Record<Connection['state'], IconName>> = {
  off: 'close',
  connecting: 'refresh',
  online: 'check',
  waiting: 'alert',
};

/** How one connection stands: state, why it is not there, when it is tried again. */
export function ConnectionText({
  name,
  connection,
}: {
  readonly name: string;
  readonly connection: Connection;
}) {
  const { t } = useTranslation();
  const { state, problem, retryAt, lastSyncAt } = connection;
  const title = lastSyncAt === null ? undefined : t('status.lastSync', { at: formatMoment(lastSyncAt) });
  return (
    <span className="status-item" data-state={problem === null ? state : 'problem'} title={title}>
      <Icon name={icons[state]} size={13} />
      <span>
        {name}: {problem === null ? t(`status.state.${state}`) : t(`status.problem.${problem}`)}
        {state === 'waiting' && retryAt !== null && `, ${t('status.retryAt', { at: formatTime(retryAt) })}`}
      </span>
    </span>
  );
}
