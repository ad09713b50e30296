import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { usePanels } from '../../state/panels.ts';
import { Icon } from '../../ui/icon.tsx';

const shownMs = 5000;

/** Tells what just happened. Good news goes by itself, a problem stays until it is read. */
export function NoticeLine() {
  const { t } = useTranslation();
  const { notice, tell } = usePanels();
  useEffect(() => {
    if (notice?.tone !== 'success') return;
    const timer = setTimeout(() => tell(null), shownMs);
    return () => clearTimeout(timer);
  }, [notice, tell]);
  return (
    // Both regions are there from the start: screen readers read only what changes in a known one.
    <div className="notice-place">
      <output>
        {notice?.tone === 'success' && (
          <span className="notice" data-tone="success">
            <Icon name="check" /> {notice.text}
          </span>
        )}
      </output>
      <div role="alert">
        {notice?.tone === 'problem' && (
          <p className="notice" data-tone="problem">
            <Icon name="alert" /> {notice.text}
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
    </div>
  );
}
