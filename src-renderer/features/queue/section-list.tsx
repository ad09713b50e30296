import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '#shared/text/format-number.ts';
import { deskSections, type DeskSection } from '../../cache/queue-listing.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';

const icons: Readonly<Record<DeskSection, IconName>> = {
  'to-answer': 'mail',
  overdue: 'alert',
  'due-today': 'flag',
  critical: 'critical',
  mine: 'hand',
  waiting: 'clock',
  developers: 'developers',
  snoozed: 'snooze',
  all: 'queue',
  closed: 'archive',
};

/** Sections whose tickets should not be there in the evening. */
const urgent: ReadonlySet<DeskSection> = new Set(['overdue', 'critical']);

/** The queue's sections with how many tickets each holds. */
export const SectionList = memo(function SectionList({
  current,
  counts,
  onShow,
}: {
  /** Null while a search looks everywhere. */
  readonly current: DeskSection | null;
  readonly counts: Readonly<Record<DeskSection, number>> | null;
  readonly onShow: (section: DeskSection) => void;
}) {
  const { t } = useTranslation();
  return (
    <nav className="sections" aria-label={t('queue.sections')}>
      {deskSections.map((section) => {
        const count = counts?.[section] ?? null;
        return (
          <button
            key={section}
            type="button"
            className="section"
            data-section={section}
            data-urgent={(urgent.has(section) && count !== null && count > 0) || undefined}
            aria-current={section === current ? 'true' : undefined}
            onClick={() => onShow(section)}
          >
            <Icon name={icons[section]} size={15} />
            <span className="section-name">{t(`queue.section.${section}`)}</span>
            <span className="section-count">{count === null ? '' : formatNumber(count)}</span>
          </button>
        );
      })}
    </nav>
  );
});
