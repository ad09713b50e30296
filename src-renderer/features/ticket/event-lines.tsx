import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoment } from '#shared/text/format-moment.ts';
import type { TicketActivity } from '../../cache/cache-views.ts';
import { Icon } from '../../ui/icon.tsx';
import { ActivityTicket } from './relations/activity-ticket.tsx';
import { useActivityWords } from './use-activity-words.ts';

/** As many stay in sight of a longer run; the last ones say how things stand. */
const shownEvents = 3;

/** What was done to a ticket between two letters, quietly; a long run is folded. */
export function EventLines({ events }: { readonly events: readonly TicketActivity[] }) {
  const { t } = useTranslation();
  const sentence = useActivityWords();
  const [unfolded, setUnfolded] = useState(false);
  const hidden = unfolded || events.length <= shownEvents + 1 ? 0 : events.length - shownEvents;
  return (
    <ul className="event-lines" aria-label={t('activity.events')}>
      {hidden > 0 && (
        <li>
          <button type="button" className="quiet-button" onClick={() => setUnfolded(true)}>
            <Icon name="more" size={14} />
            {t('activity.earlier', { count: hidden })}
          </button>
        </li>
      )}
      {events.slice(hidden).map(({ activity, pending }) => (
        <li key={activity.id}>
          <time>{formatMoment(activity.operation.madeAt)}</time> {sentence(activity)}
          <ActivityTicket operation={activity.operation} />
          {pending && ` (${t('activity.pending')})`}
        </li>
      ))}
    </ul>
  );
}
