import { useTranslation } from 'react-i18next';
import { deskSections, type DeskSection } from '../../cache/queue-listing.ts';

/** Groups of three digits, alike in all languages. */
function formatCount(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/gu, '\u00a0');
}

/** The queue's filters with how many tickets each holds. */
export function SectionList({
  current,
  counts,
  onShow,
}: {
  readonly current: DeskSection;
  readonly counts: Readonly<Record<DeskSection, number>> | null;
  readonly onShow: (section: DeskSection) => void;
}) {
  const { t } = useTranslation();
  return (
    <nav className="sections" aria-label={t('queue.sections')}>
      {deskSections.map((section) => (
        <button
          key={section}
          type="button"
          className="section"
          aria-current={section === current ? 'true' : undefined}
          onClick={() => onShow(section)}
        >
          <span>{t(`queue.section.${section}`)}</span>
          <span className="section-count">{counts === null ? '' : formatCount(counts[section])}</span>
        </button>
      ))}
    </nav>
  );
}
