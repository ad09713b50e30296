import { useTranslation } from 'react-i18next';
import { usePanels, type Page } from '../../state/panels.ts';
import { useHeldAnswers } from '../../state/held-answers.ts';
import { useUnsavedTabs } from '../../state/settings-drafts.ts';
import { useStanding } from '../../state/standing.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { UnsavedMark } from '../../ui/unsaved-mark.tsx';

const pages: readonly { readonly page: Page; readonly icon: IconName }[] = [
  { page: 'queue', icon: 'queue' },
  { page: 'outbox', icon: 'outbox' },
  { page: 'articles', icon: 'article' },
  { page: 'templates', icon: 'copy' },
  { page: 'settings', icon: 'settings' },
];

/** The desk's pages down the left side; what needs a decision is counted at the outbox. */
export function Rail() {
  const { t } = useTranslation();
  const page = usePanels((panels) => panels.page);
  const showPage = usePanels((panels) => panels.showPage);
  const isUnsaved = useUnsavedTabs().length > 0;
  const held = useHeldAnswers().length;
  const toDecide = useStanding(({ status }) => (status?.rejectedOperations ?? 0) + (status?.uncertain ?? 0));
  const decisions = toDecide + held;
  return (
    <nav className="rail" aria-label={t('nav.label')}>
      {pages.map(({ page: each, icon }) => (
        <button
          key={each}
          type="button"
          className="rail-page"
          aria-current={each === page ? 'page' : undefined}
          title={t(`nav.${each}`)}
          onClick={() => showPage(each)}
        >
          <span className="rail-icon">
            <Icon name={icon} size={20} />
            {each === 'outbox' && decisions > 0 && (
              <span className="rail-count" aria-hidden="true">
                {decisions}
              </span>
            )}
          </span>
          <span className="rail-name">{t(`nav.${each}`)}</span>
          {each === 'settings' && isUnsaved && <UnsavedMark />}
          {each === 'outbox' && decisions > 0 && (
            <span className="unseen">{t('nav.decisions', { count: decisions })}</span>
          )}
        </button>
      ))}
    </nav>
  );
}
