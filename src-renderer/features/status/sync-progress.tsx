import { Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '#shared/text/format-number.ts';
import { useDesk } from '../../state/desk-context.ts';
import { StatusDetail } from './status-detail.tsx';

/** How far the mailbox is read, and whether the desk's own data are being gathered anew. */
export function SyncProgress() {
  const { t } = useTranslation();
  const { status, cacheState } = useDesk();
  const progress = status?.progress ?? null;
  const isRebuilding = cacheState?.state === 'rebuilding';
  if (progress === null && !isRebuilding) return null;
  const letters = Object.values(cacheState?.letters ?? {}).reduce((sum, folder) => sum + folder.letters, 0);
  const words =
    progress === null
      ? t('status.rebuildingCount', { count: letters })
      : t('status.progress', { done: formatNumber(progress.done), total: formatNumber(progress.total) });
  const share = progress === null || progress.total === 0 ? 100 : (progress.done / progress.total) * 100;
  return (
    <span className="status-sync">
      {isRebuilding ? (
        <StatusDetail icon="refresh" words={t('status.rebuilding')} why={t('status.rebuildingWhy')} />
      ) : null}
      <Progress.Root size={6} w={110} className="status-bar-line">
        <Progress.Section
          value={share}
          striped={progress === null}
          animated={progress === null}
          aria-label={words}
          aria-valuenow={Math.round(share)}
        />
      </Progress.Root>
      <span>{words}</span>
    </span>
  );
}
