import { useTranslation } from 'react-i18next';
import { languageOf } from '../../language/words.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { useQueueView } from '../../state/queue-view.ts';
import { Icon } from '../../ui/icon.tsx';

/** What narrows the list at present, each to be taken away; nothing while nothing does. */
export function FilterChips() {
  const { t, i18n } = useTranslation();
  const { agents, rules, session } = useDesk();
  const section = usePanels((panels) => panels.section);
  const { filter, searchesSection, changeFilter, setSearchesSection } = useQueueView();
  const { category, tag, assigneeId, channel } = filter;
  const isSearch = filter.text.trim() !== '';
  const isFiltered = category !== null || tag !== null || assigneeId !== null || channel !== null;
  if (!isFiltered && !isSearch) return null;

  const title = category === null ? undefined : rules.category(category)?.title[languageOf(i18n)];
  const assigneeName = () => {
    if (assigneeId === 'nobody') return t('filter.nobody');
    if (assigneeId === null || assigneeId === session.agent.id) return session.agent.name;
    return agents.get(assigneeId)?.name ?? t('ticket.colleague');
  };
  return (
    <div className="filter-chips" role="group" aria-label={t('filter.on')}>
      {isSearch && (
        <button
          type="button"
          className="filter-scope"
          aria-pressed={searchesSection}
          onClick={() => setSearchesSection(!searchesSection)}
        >
          {t('filter.sectionOnly', { section: t(`queue.section.${section}`) })}
        </button>
      )}
      {category !== null && (
        <Chip words={title ?? category} onRemove={() => changeFilter({ category: null })} />
      )}
      {tag !== null && <Chip words={`#${tag}`} onRemove={() => changeFilter({ tag: null })} />}
      {assigneeId !== null && (
        <Chip words={assigneeName()} onRemove={() => changeFilter({ assigneeId: null })} />
      )}
      {channel !== null && (
        <Chip words={t(`filter.${channel}`)} onRemove={() => changeFilter({ channel: null })} />
      )}
    </div>
  );
}

function Chip({ words, onRemove }: { readonly words: string; readonly onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <span className="filter-chip">
      <span className="filter-chip-words">{words}</span>
      <button
        type="button"
        className="filter-chip-remove"
        aria-label={t('filter.remove', { words })}
        onClick={onRemove}
      >
        <Icon name="close" size={12} />
      </button>
    </span>
  );
}
