import { useTranslation } from 'react-i18next';

/** Says after a name that something there is not saved, and shows it as a dot where the style sheet puts it. */
export function UnsavedMark() {
  const { t } = useTranslation();
  return (
    <span className="unsaved-mark" title={t('app.unsaved')}>
      <span className="unseen">{t('app.unsaved')}</span>
    </span>
  );
}
