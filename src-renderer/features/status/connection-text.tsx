import { useTranslation } from 'react-i18next';
import type { Connection } from '#shared/bridge/desk-status.ts';
import { formatMoment } from '#shared/text/format-moment.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';

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
}: {
  readonly name: string;
  readonly connection: Connection;
}) {
  const { t } = useTranslation();
  const { state, problem, lastSyncAt } = connection;
  const standing = problem === null ? t(`status.state.${state}`) : t(`status.problem.${problem}`);
  const words = `${name}: ${standing}`;
  const synced = lastSyncAt === null ? [] : [t('status.lastSync', { at: formatMoment(lastSyncAt) })];
  return (
    <span
      className="status-item"
      data-state={problem === null ? state : 'problem'}
      title={[words, ...synced].join('\n')}
    >
      <Icon name={icons[state]} size={13} />
      <span>{words}</span>
    </span>
  );
}
