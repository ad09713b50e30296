import { ActionIcon, Popover, TextInput } from '@mantine/core';
import { memo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '#shared/text/format-number.ts';
import { useCommand } from '../../commands/use-command.ts';
import { useQueueView } from '../../state/queue-view.ts';
import { Icon } from '../../ui/icon.tsx';
import { FilterChips } from './filter-chips.tsx';
import { FilterForm } from './filter-form.tsx';
import { OrderMenu } from './order-menu.tsx';
import { ServeNextButton } from './serve-next-button.tsx';

/** What narrows and orders the list: search, filter, order, and what of them is on. */
export const QueueTools = memo(function QueueTools({
  total,
  isSearching,
  hasNext,
  onLeave,
}: {
  /** How many tickets are listed; null until known. */
  readonly total: number | null;
  /** True while the list still shows an earlier question's answer. */
  readonly isSearching: boolean;
  /** Whether anybody waits whom nobody serves; null until known. */
  readonly hasNext: boolean | null;
  /** The keyboard goes on to the list. */
  readonly onLeave: () => void;
}) {
  const { t } = useTranslation();
  const { filter, changeFilter } = useQueueView();
  const [isFilterOpen, setFilterOpen] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  useCommand('queue.search', () => {
    search.current?.focus();
    search.current?.select();
  });
  useCommand('queue.filter', () => setFilterOpen(true));

  return (
    <div className="queue-tools">
      <div className="queue-tools-row">
        <TextInput
          ref={search}
          className="queue-search"
          type="search"
          aria-label={t('queue.search')}
          placeholder={t('queue.searchHint')}
          maxLength={200}
          leftSection={<Icon name="search" size={15} />}
          rightSection={
            filter.text !== '' && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={t('queue.searchClear')}
                onClick={() => {
                  changeFilter({ text: '' });
                  search.current?.focus();
                }}
              >
                <Icon name="close" size={14} />
              </ActionIcon>
            )
          }
          value={filter.text}
          onChange={(event) => changeFilter({ text: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && filter.text !== '') changeFilter({ text: '' });
            else if (event.key === 'Escape' || event.key === 'ArrowDown' || event.key === 'Enter') onLeave();
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
        />
        <Popover
          opened={isFilterOpen}
          onChange={setFilterOpen}
          position="bottom-end"
          width={300}
          trapFocus
          returnFocus
        >
          <Popover.Target>
            <ActionIcon
              variant="default"
              size={30}
              title={t('filter.open')}
              aria-label={t('filter.open')}
              aria-expanded={isFilterOpen}
              aria-haspopup="dialog"
              onClick={() => setFilterOpen(!isFilterOpen)}
            >
              <Icon name="filter" />
            </ActionIcon>
          </Popover.Target>
          <Popover.Dropdown aria-label={t('filter.title')}>
            <FilterForm onDone={() => setFilterOpen(false)} />
          </Popover.Dropdown>
        </Popover>
      </div>
      <FilterChips />
      <div className="queue-tools-row queue-tools-info">
        <span className="queue-total">
          {total === null || isSearching
            ? ' '
            : t('queue.total', { count: total, shown: formatNumber(total) })}
        </span>
        <ServeNextButton hasNext={hasNext} />
        <OrderMenu />
      </div>
    </div>
  );
});
