import { Button, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { normaliseTags } from '#shared/ticket/tags.ts';
import { languageOf } from '../../language/words.ts';
import { useDesk } from '../../state/desk-context.ts';
import { useKnownTags } from '../../state/use-known-tags.ts';
import { useQueueView } from '../../state/queue-view.ts';

const channels = ['mail', 'phone', 'internal'] as const;

/** What the list is narrowed to, besides its section; works as it is chosen. */
export function FilterForm({ onDone }: { readonly onDone: () => void }) {
  const { t, i18n } = useTranslation();
  const { agents, rules, session } = useDesk();
  const { filter, changeFilter, clearFilter } = useQueueView();
  const tags = useKnownTags();
  const language = languageOf(i18n);
  const colleagues = [...agents.values()]
    .filter(({ id, disabled }) => id !== session.agent.id && (!disabled || id === filter.assigneeId))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));

  return (
    <form
      className="filter-form"
      aria-label={t('filter.title')}
      onSubmit={(event) => {
        event.preventDefault();
        onDone();
      }}
    >
      <NativeSelect
        label={t('filter.category')}
        data-autofocus
        value={filter.category ?? ''}
        data={[
          { value: '', label: t('filter.any') },
          ...rules.current.categories.map(({ id, title }) => ({ value: id, label: title[language] })),
        ]}
        onChange={(event) => changeFilter({ category: event.currentTarget.value || null })}
      />
      {(tags.length > 0 || filter.tag !== null) && (
        <NativeSelect
          label={t('filter.tag')}
          value={filter.tag ?? ''}
          data={[
            { value: '', label: t('filter.any') },
            ...normaliseTags([...tags, filter.tag ?? '']).map((tag) => ({ value: tag, label: tag })),
          ]}
          onChange={(event) => changeFilter({ tag: event.currentTarget.value || null })}
        />
      )}
      <NativeSelect
        label={t('filter.assignee')}
        value={filter.assigneeId ?? ''}
        data={[
          { value: '', label: t('filter.any') },
          { value: 'nobody', label: t('filter.nobody') },
          { value: session.agent.id, label: t('filter.me', { name: session.agent.name }) },
          ...colleagues.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          const colleague = colleagues.find(({ id }) => id === chosen)?.id ?? null;
          const own = chosen === session.agent.id ? session.agent.id : colleague;
          changeFilter({ assigneeId: chosen === 'nobody' ? 'nobody' : own });
        }}
      />
      <NativeSelect
        label={t('filter.channel')}
        value={filter.channel ?? ''}
        data={[
          { value: '', label: t('filter.any') },
          ...channels.map((channel) => ({ value: channel, label: t(`filter.${channel}`) })),
        ]}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          changeFilter({ channel: channels.find((channel) => channel === chosen) ?? null });
        }}
      />
      <div className="filter-form-ways">
        <Button variant="default" onClick={clearFilter}>
          {t('filter.clear')}
        </Button>
        <Button type="submit">{t('filter.done')}</Button>
      </div>
    </form>
  );
}
