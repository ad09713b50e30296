import { Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '#shared/text/format-number.ts';
import { useStanding } from '../../state/standing.ts';
import { StatusDetail } from './status-detail.tsx';

/** How far the mailbox is read, and how much of the desk's own data is there while they are gathered. */
export function SyncProgress() {
  const { t } = useTranslation();
  const progress = useStanding(({ status }) => status?.progress ?? null);
  const isRebuilding = useStanding(({ cacheState }) => cacheState?.state === 'rebuilding');
  const share = useStanding(({ cacheState }) => cacheState?.changesShare ?? null);
  if (progress === null && !isRebuilding) return null;
  const percent = share === null ? null : Math.floor(share * 100);
  return (
    <>
      {isRebuilding && (
        <span className="status-sync">
          <StatusDetail icon="refresh" words={t('status.rebuilding')} why={t('status.rebuildingWhy')} />
          <Bar
            percent={percent}
            words={
              percent === null ? t('status.rebuildingWaits') : t('status.rebuildingShare', { share: percent })
            }
          />
        </span>
      )}
      {progress !== null && (
        <span className="status-sync">
          <Bar
            percent={progress.total === 0 ? 100 : Math.round((progress.done / progress.total) * 100)}
            words={t('status.progress', {
              done: formatNumber(progress.done),
              total: formatNumber(progress.total),
            })}
          />
        </span>
      )}
    </>
  );
}

/** A bar with its words; without a percentage nobody knows how far it is. */
function Bar({ percent, words }: { readonly percent: number | null; readonly words: string }) {
  return (
    <>
      <Progress.Root size={6} w={110} className="status-bar-line">
        <Progress.Section
          value={percent ?? 100}
          striped={percent === null}
          animated={percent === null}
          aria-label={words}
          aria-valuenow={percent ?? undefined}
        />
      </Progress.Root>
      <span>{words}</span>
    </>
  );
}
