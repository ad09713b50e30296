import { useTranslation } from 'react-i18next';
import type { QueueSection } from '#shared/protocol/queue.ts';
import { queueSections } from './queue-sections.ts';

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
  readonly current: QueueSection;
  readonly counts: Readonly<Record<QueueSection, number>> | null;
  readonly onShow: (section: QueueSection) => void;
}) {
  const { t } = useTranslation();
  return (
    <nav className="sections" aria-label={t('queue.sections')}>
      {queueSections.map((section) => (
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
