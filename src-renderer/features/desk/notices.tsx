import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { usePanels } from '../../state/panels.ts';
import { Icon } from '../../ui/icon.tsx';

const shownMs = 5000;

/*
 * Both regions are there from the start, with and without a notice: screen readers read only what changes in a known
 * one.
 */

/** Good news, which goes by itself. */
export function SuccessNotice() {
  const { t } = useTranslation();
  const { notice, tell } = usePanels();
  useEffect(() => {
    if (notice?.tone !== 'success') return;
    const timer = setTimeout(() => tell(null), shownMs);
    return () => clearTimeout(timer);
  }, [notice, tell]);
  const words = notice?.tone === 'success' ? t(notice.key, { ...notice.values }) : null;
  return (
    <output className="top-notice">
      {words !== null && (
        <span className="notice" data-tone="success" title={words}>
          <Icon name="check" /> <span>{words}</span>
        </span>
      )}
    </output>
  );
}

/** A problem, which stays until it is read. */
export function ProblemNotice() {
  const { t } = useTranslation();
  const { notice, tell } = usePanels();
  return (
    <div role="alert">
      {notice?.tone === 'problem' && (
        <p className="notice" data-tone="problem">
          <Icon name="alert" />
          <span>
            {t(notice.key, {
              ...notice.values,
              ...Object.fromEntries(Object.entries(notice.words ?? {}).map(([gap, key]) => [gap, t(key)])),
            })}
          </span>
          <button
            type="button"
            className="icon-button"
            aria-label={t('app.close')}
            onClick={() => tell(null)}
          >
            <Icon name="close" size={13} />
          </button>
        </p>
      )}
    </div>
  );
}
