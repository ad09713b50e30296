import { useTranslation } from 'react-i18next';
import { formatMoment } from '#shared/text/format-moment.ts';
import { isAnswerLost } from '#shared/ticket/is-answer-lost.ts';
import { postponedUntil } from '#shared/ticket/postponed-until.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { languageOf } from '../../language/words.ts';
import { Icon } from '../../ui/icon.tsx';
import { shortDay } from './short-day.ts';

/** Where a ticket stands that nobody awaits a reaction to, in the one line that a row has for it. */
export function RowState({ ticket, now }: { readonly ticket: Ticket; readonly now: number }) {
  const { t, i18n } = useTranslation();
  const isLost = isAnswerLost(ticket);
  const lookAgainAt = postponedUntil(ticket);
  const words = () => {
    if (isLost) return t('queue.answerLost');
    if (lookAgainAt === null) return t(`ticket.status.${ticket.status}`);
    return t('queue.lookAgain', { at: shortDay(lookAgainAt, now, languageOf(i18n)) });
  };
  return (
    <span className="due row-due" data-state={isLost ? 'overdue' : 'none'}>
      {isLost && <Icon name="alert" size={14} />}
      <span>{words()}</span>
      <span className="row-due-left">{formatMoment(ticket.lastLetterAt)}</span>
    </span>
  );
}
