import { useTranslation } from 'react-i18next';
import type { TicketView } from '../../cache/cache-views.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import type { ConversationFilter } from './conversation-entries.ts';

const parts = ['letters', 'notes', 'events'] as const satisfies readonly (keyof ConversationFilter)[];
const icons: Readonly<Record<(typeof parts)[number], IconName>> = {
  letters: 'mail',
  notes: 'note',
  events: 'history',
};

/** What of a conversation is shown, and whether its older letters are open. Stands only where there is a choice. */
export function ConversationBar({
  view,
  filter,
  onFilter,
  folded,
  onFold,
}: {
  readonly view: TicketView;
  readonly filter: ConversationFilter;
  readonly onFilter: (filter: ConversationFilter) => void;
  /** Whether a letter is folded that can be unfolded; null where all stand open anyway. */
  readonly folded: boolean | null;
  readonly onFold: (fold: boolean) => void;
}) {
  const { t } = useTranslation();
  const notes = view.activities.filter(({ activity }) => activity.operation.kind === 'add-note').length;
  const counts: Readonly<Record<(typeof parts)[number], number>> = {
    letters: view.letters.length,
    notes,
    events: view.activities.length - notes,
  };
  if (folded === null && view.activities.length === 0) return null;
  return (
    <div className="conversation-bar">
      <div role="group" aria-label={t('activity.filter')}>
        {parts
          .filter((part) => counts[part] > 0)
          .map((part) => (
            <button
              key={part}
              type="button"
              className="filter-button"
              aria-pressed={filter[part]}
              onClick={() => onFilter({ ...filter, [part]: !filter[part] })}
            >
              <Icon name={icons[part]} size={13} />
              {t(`activity.${part}`)} <span className="quiet">{counts[part]}</span>
            </button>
          ))}
      </div>
      {folded !== null && (
        <button type="button" className="quiet-button" onClick={() => onFold(!folded)}>
          <Icon name="chevron" size={14} />
          {folded ? t('letter.expandAll') : t('letter.collapseAll')}
        </button>
      )}
    </div>
  );
}
