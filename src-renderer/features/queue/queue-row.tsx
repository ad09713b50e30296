import { useTranslation } from 'react-i18next';
import type { OutgoingState } from '#shared/bridge/draft.ts';
import { displayAddress } from '#shared/mail/addresses.ts';
import { formatMoment } from '#shared/text/format-moment.ts';
import { isAnswerLost } from '#shared/ticket/is-answer-lost.ts';
import { postponedUntil } from '#shared/ticket/postponed-until.ts';
import type { QueueRow as Row } from '../../cache/cache-views.ts';
import type { ColleagueWords } from '../../state/presence.ts';
import { Badge } from '../../ui/badge.tsx';
import { bareSubject } from '../../ui/bare-subject.ts';
import { OutgoingBadge } from '../ticket/outgoing-badge.tsx';
import type { Due } from './describe-due.ts';
import { RowDue } from './row-due.tsx';
import { RowMark } from './row-mark.tsx';
import { RowState } from './row-state.tsx';

/** One ticket in the queue, in three lines: what it is about, whose it is, when it is due. */
export function QueueRow({
  row: { ticket, pending },
  category,
  due,
  now,
  holder,
  assignee,
  colleagues,
  answer,
}: {
  readonly row: Row;
  /** In words; null while it is not known. */
  readonly category: string | null;
  readonly due: Due | null;
  readonly now: number;
  /** In words; null while nobody has claimed it. */
  readonly holder: string | null;
  /** In words; null while it is nobody's job. */
  readonly assignee: string | null;
  /** Who else has it before them; null for nobody. */
  readonly colleagues: ColleagueWords | null;
  /** Of an answer from this desk that has not left, or not surely. */
  readonly answer: OutgoingState | null;
}) {
  const { t } = useTranslation();
  const subject = bareSubject(ticket.subject);
  const { client, snooze, noteCount, tags } = ticket;
  const isInternal = ticket.channel === 'internal';
  const known = client.name || displayAddress(client.address) || client.phone;
  const name = known || t(isInternal ? 'filter.internal' : 'queue.unknownClient');
  const lookAgainAt = postponedUntil(ticket);
  const isSnoozed = snooze !== null && snooze.until > now;
  // The client wrote after an answer, or once more before one.
  const isNews =
    ticket.reactionStartedAt !== null &&
    (ticket.lastAnswerAt !== null || (ticket.lastClientLetterAt ?? 0) > ticket.reactionStartedAt);

  return (
    <>
      <span className="row-line">
        {isNews && <span className="row-news" title={t('queue.news')} />}
        <span className="row-number">
          {ticket.number === 0 ? t('queue.noNumber') : t('ticket.number', { number: ticket.number })}
        </span>
        <span className="row-subject">{subject === '' ? t('ticket.noSubject') : subject}</span>
        {isNews && <span className="unseen">{t('queue.news')}</span>}
        {ticket.critical !== null && (
          <span className="row-critical">
            <Badge tone="bad" icon="critical" title={t('queue.critical', { reason: ticket.critical.reason })}>
              {t('ticket.critical')}
            </Badge>
          </span>
        )}
      </span>
      <span className="row-line row-quiet">
        {ticket.channel === 'phone' && <RowMark icon="phone" words={t('queue.call')} />}
        {isInternal && <RowMark icon="settings" words={t('filter.internal')} />}
        <span className="row-client">{name}</span>
        {category !== null && <span className="row-category">{category}</span>}
        <span className="row-marks">
          {colleagues !== null && (
            <RowMark
              icon={colleagues.answering === '' ? 'preview' : 'edit'}
              tone={colleagues.answering === '' ? 'accent' : 'warning'}
              words={colleagues.all}
            />
          )}
          {ticket.possibleFollowUpOf !== null && (
            <RowMark icon="link" tone="warning" words={t('ticket.possibleFollowUp')} />
          )}
          {/* Where nobody waits the last line says so. */}
          {due !== null && isAnswerLost(ticket) && (
            <RowMark icon="alert" tone="warning" words={t('queue.answerLost')} />
          )}
          {due !== null && lookAgainAt !== null && (
            <RowMark icon="history" words={t('queue.postponed', { at: formatMoment(lookAgainAt) })} />
          )}
          {ticket.escalation !== null && <RowMark icon="developers" words={t('queue.section.developers')} />}
          {isSnoozed && (
            <RowMark icon="snooze" words={t('snooze.until', { at: formatMoment(snooze.until) })} />
          )}
          {tags.length > 0 && (
            <RowMark icon="hash" count={tags.length} words={t('tags.of', { tags: tags.join(', ') })} />
          )}
          {noteCount > 0 && (
            <RowMark icon="note" count={noteCount} words={t('queue.notes', { count: noteCount })} />
          )}
          {ticket.letterCount > 1 && (
            <RowMark
              icon="mail"
              count={ticket.letterCount}
              words={t('queue.letters', { count: ticket.letterCount })}
            />
          )}
          {pending && <RowMark icon="pending" tone="accent" words={t('ticket.pending')} />}
        </span>
      </span>
      <span className="row-line row-last" data-answer={answer ?? undefined}>
        {due === null ? <RowState ticket={ticket} now={now} /> : <RowDue due={due} now={now} />}
        {answer !== null && <OutgoingBadge state={answer} />}
        {answer === null && holder !== null && (
          <Badge tone="accent" icon="hand" title={holder}>
            {holder}
          </Badge>
        )}
        {answer === null && holder === null && assignee !== null && (
          <Badge icon="user" title={assignee}>
            {assignee}
          </Badge>
        )}
      </span>
    </>
  );
}
