import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { noFilter } from '../../cache/queue-listing.ts';
import { usePanels } from '../../state/panels.ts';
import { useQueueView } from '../../state/queue-view.ts';
import { useStanding } from '../../state/standing.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';

/** Stands in the list's place while nothing is listed: why, and what can be done. */
export function QueueEmpty() {
  const { t } = useTranslation();
  const isFailed = useStanding(({ cacheState }) => cacheState?.state === 'failed');
  const isCaughtUp = useStanding(({ cacheState }) => cacheState?.changesCaughtUp === true);
  const isApiAway = useStanding(({ status }) => status?.api.state === 'waiting');
  const section = usePanels((panels) => panels.section);
  const { filter, clearFilter } = useQueueView();

  if (isFailed) return <Empty icon="alert" words={t('queue.noStorage')} />;
  if (filter !== noFilter && Object.values(filter).some((part) => part !== null && part !== '')) {
    return (
      <Empty icon="search" words={t('queue.notFound')}>
        <Button variant="default" onClick={clearFilter}>
          {t('queue.clearFilters')}
        </Button>
      </Empty>
    );
  }
  if (!isCaughtUp) {
    // Cached tickets would be listed: this computer has none yet.
    return isApiAway ? (
      <Empty icon="server" words={t('queue.offline')} />
    ) : (
      <Empty icon="download" words={t('queue.fetching')} />
    );
  }
  return <Empty icon="check" words={t(`queue.empty.${section}`)} />;
}

function Empty({
  icon,
  words,
  children,
}: {
  readonly icon: IconName;
  readonly words: string;
  readonly children?: React.ReactNode;
}) {
  return (
    <div className="queue-nothing">
      <Icon name={icon} size={32} />
      <p>{words}</p>
      {children}
    </div>
  );
}

/** Rows that are not known yet. */
export function QueueSkeleton() {
  const { t } = useTranslation();
  return (
    <div className="queue-skeleton" role="status" aria-label={t('app.loading')}>
      {Array.from({ length: 8 }, (_, place) => (
        <div key={place} className="skeleton-row" />
      ))}
    </div>
  );
}
