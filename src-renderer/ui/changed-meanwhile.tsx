import { useTranslation } from 'react-i18next';
import { Warning } from './problem.tsx';

/** Says that somebody else saved or removed what is in a form, and offers what is there now. */
export function ChangedMeanwhile({
  words,
  onTakeTheirs,
}: {
  readonly words: string;
  /** Null where it was removed. */
  readonly onTakeTheirs: (() => void) | null;
}) {
  const { t } = useTranslation();
  return (
    <Warning>
      {words}{' '}
      {onTakeTheirs !== null && (
        <button type="button" className="text-button" onClick={onTakeTheirs}>
          {t('app.takeTheirs')}
        </button>
      )}
    </Warning>
  );
}
