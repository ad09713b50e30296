import { useTranslation } from 'react-i18next';
import { formatMoment } from '#shared/text/format-moment.ts';
import type { TicketActivity } from '../../cache/cache-views.ts';
import { useDesk } from '../../state/desk-context.ts';
import { Badge } from '../../ui/badge.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LinkedText } from '../../ui/linked-text.tsx';
import { useOpenLink } from './use-open-link.ts';

/** A word among colleagues; it looks like no letter, and says that no client sees it. */
export function NoteView({
  note: { activity, pending },
  text,
}: {
  readonly note: TicketActivity;
  readonly text: string;
}) {
  const { t } = useTranslation();
  const { agents } = useDesk();
  const openLink = useOpenLink();
  const { agentId } = activity;
  const at = formatMoment(activity.operation.madeAt);
  return (
    <div className="note" role="note" aria-label={t('note.title', { at })}>
      <div className="note-head">
        <Icon name="note" size={14} />
        <strong>{(agentId === null ? undefined : agents.get(agentId))?.name ?? t('activity.someone')}</strong>
        <span className="note-private">{t('note.private')}</span>
        {pending && <Badge icon="pending">{t('ticket.pending')}</Badge>}
        <time>{at}</time>
      </div>
      <div className="note-text">
        <LinkedText text={text} onOpen={openLink} />
      </div>
    </div>
  );
}
