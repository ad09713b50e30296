import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoment } from '#shared/text/format-moment.ts';
import type { Activity } from '#shared/ticket/activity.ts';
import type { TicketView } from '../../cache/cache-views.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { ActivityTicket } from './relations/activity-ticket.tsx';
import { useActivityWords } from './use-activity-words.ts';
import { useLetterSentence } from './use-letter-sentence.ts';

const filters = ['all', 'letters', 'notes', 'events'] as const;
type Filter = (typeof filters)[number];

interface Line {
  readonly id: string;
  readonly at: number;
  readonly kind: Exclude<Filter, 'all'>;
  readonly words: string;
  /** Null for a letter. */
  readonly operation: Activity['operation'] | null;
  readonly pending: boolean;
}

const icons: Readonly<Record<Line['kind'], IconName>> = { letters: 'mail', notes: 'note', events: 'history' };

/** Everything that happened to a ticket, oldest first, a sentence each. */
export function HistoryList({ view }: { readonly view: TicketView }) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<Filter>('all');
  const lines = useLines(view).filter(({ kind }) => filter === 'all' || filter === kind);
  return (
    <>
      <SegmentedControl
        aria-label={t('activity.filter')}
        size="xs"
        value={filter}
        data={filters.map((value) => ({ value, label: t(`activity.${value}`) }))}
        onChange={(value) => setFilter(filters.find((known) => known === value) ?? 'all')}
      />
      <ol className="history" aria-label={t('activity.title')}>
        {lines.map(({ id, at, kind, words, operation, pending }) => (
          <li key={id} data-kind={kind}>
            <Icon name={icons[kind]} size={14} />
            <time>{formatMoment(at)}</time>
            <span>
              {words}
              {operation !== null && <ActivityTicket operation={operation} />}
              {pending && <span className="quiet"> ({t('activity.pending')})</span>}
            </span>
          </li>
        ))}
      </ol>
      {lines.length === 0 && <p className="quiet">{t('activity.nothing')}</p>}
    </>
  );
}

function useLines({ letters, activities }: TicketView): readonly Line[] {
  const activitySentence = useActivityWords();
  const letterSentence = useLetterSentence();
  const lines: Line[] = [
    ...letters.map((letter) => ({
      id: letter.id,
      at: letter.receivedAt,
      kind: 'letters' as const,
      words: letterSentence(letter),
      operation: null,
      pending: false,
    })),
    ...activities.map(({ activity, pending }) => ({
      id: activity.id,
      at: activity.operation.madeAt,
      kind: activity.operation.kind === 'add-note' ? ('notes' as const) : ('events' as const),
      words: activitySentence(activity),
      operation: activity.operation,
      pending,
    })),
  ];
  return lines.toSorted((a, b) => a.at - b.at);
}
