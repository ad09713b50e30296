import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatMoment } from '#shared/text/format-moment.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { languageOf } from '../../language/words.ts';
import { useDesk } from '../../state/desk-context.ts';
import { useHolderWords } from '../../state/use-holder-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { describeDue } from '../queue/describe-due.ts';
import { DueText } from '../queue/due-text.tsx';
import { categoryTitle, reasonTitle } from './activity-words.ts';
import type { TicketDialog } from './ticket-dialogs.tsx';

/** Where a ticket stands: state, deadline, who has it, what kind it is, and what is special about it. */
export function TicketFacts({
  ticket,
  closesAt,
  pending,
  maySteer,
  mayClassify,
  onDialog,
}: {
  readonly ticket: Ticket;
  /** When it closes by itself if the client stays silent; null if it does not. */
  readonly closesAt: number | null;
  /** True while some operation on it is not confirmed. */
  readonly pending: boolean;
  readonly maySteer: boolean;
  readonly mayClassify: boolean;
  readonly onDialog: (dialog: TicketDialog) => void;
}) {
  const { t, i18n } = useTranslation();
  const { session, now, calendar, policy, agents, rules } = useDesk();
  const holder = useHolderWords()(ticket.holder, true);
  const { assigneeId, category, critical, snooze, escalation, closing, reason, tags } = ticket;
  const assignee = assigneeId === null ? null : (agents.get(assigneeId)?.name ?? t('ticket.colleague'));
  return (
    <div className="ticket-facts">
      <Badge>{t(`ticket.status.${ticket.status}`)}</Badge>
      {ticket.reactionStartedAt === null ? (
        <DueText due={null} />
      ) : (
        <button
          type="button"
          className="fact-button"
          aria-haspopup="dialog"
          aria-keyshortcuts="I"
          title={t('ledger.show')}
          onClick={() => onDialog('ledger')}
        >
          <DueText due={describeDue(ticket, now, calendar, policy)} />
          <Icon name="info" size={14} />
        </button>
      )}
      {holder !== null && (
        <Badge tone="accent" icon="hand">
          {holder}
        </Badge>
      )}
      <Fact icon="user" dialog={maySteer ? 'assign' : null} isSet={assignee !== null} onDialog={onDialog}>
        {assignee === null && t('ticket.assignee.none')}
        {assignee !== null &&
          (assigneeId === session.agent.id
            ? t('ticket.assignee.you')
            : t('ticket.assignee.of', { name: assignee }))}
      </Fact>
      <Fact icon="tag" dialog={mayClassify ? 'classify' : null} isSet={category !== null} onDialog={onDialog}>
        {category === null
          ? t('category.none')
          : categoryTitle(category, { rules, language: languageOf(i18n) })}
      </Fact>
      {tags.length > 0 && (
        <Fact icon="hash" dialog={mayClassify ? 'tags' : null} isSet onDialog={onDialog}>
          {t('tags.of', { tags: tags.join(', ') })}
        </Fact>
      )}
      {closesAt !== null && ticket.status === 'waiting' && (
        <Badge icon="clock" title={t('ticket.closesAtAbout')}>
          {t('ticket.closesAt', { at: formatMoment(closesAt) })}
        </Badge>
      )}
      {reason !== null && (
        <Fact
          icon="clock"
          dialog={maySteer && ticket.channel !== 'internal' ? 'reason' : null}
          isSet
          onDialog={onDialog}
        >
          {[
            t(`reason.${reason.outcome}`, {
              reason: reasonTitle(reason.id, { rules, language: languageOf(i18n) }),
            }),
            ...(reason.lookAgainAt === null
              ? []
              : [t('reason.back', { at: formatDate(reason.lookAgainAt) })]),
          ].join(', ')}
        </Fact>
      )}
      {critical !== null && (
        <Badge tone="bad" icon="critical">
          {t('ticket.criticalBecause', {
            reason: critical.reason,
            name: agents.get(critical.agentId)?.name ?? t('ticket.colleague'),
          })}
        </Badge>
      )}
      {snooze !== null && snooze.until > now && (
        <Badge tone="accent" icon="snooze">
          {t('snooze.until', { at: formatMoment(snooze.until) })}
        </Badge>
      )}
      {escalation !== null && (
        <Badge
          tone="warning"
          icon="developers"
          title={t('escalation.since', { at: formatMoment(escalation.at) })}
        >
          {escalation.reference === ''
            ? t('escalation.badge')
            : t('escalation.badgeOf', { reference: escalation.reference })}
        </Badge>
      )}
      {closing !== null && (
        <Badge icon="check" title={formatMoment(closing.at)}>
          {closing.reason === ''
            ? t(`closing.outcomes.${closing.outcome}`)
            : t('closing.badge', {
                outcome: t(`closing.outcomes.${closing.outcome}`),
                reason: closing.reason,
              })}
        </Badge>
      )}
      {pending && <Badge icon="pending">{t('ticket.pending')}</Badge>}
    </div>
  );
}

/** A fact that is changed where it stands; for whoever may not change it, only told when there is one. */
function Fact({
  icon,
  dialog,
  isSet,
  onDialog,
  children,
}: {
  readonly icon: IconName;
  readonly dialog: TicketDialog | null;
  readonly isSet: boolean;
  readonly onDialog: (dialog: TicketDialog) => void;
  readonly children: ReactNode;
}) {
  if (dialog === null) return isSet ? <Badge icon={icon}>{children}</Badge> : null;
  return (
    <button
      type="button"
      className="fact-button"
      data-unset={!isSet || undefined}
      aria-haspopup="dialog"
      onClick={() => onDialog(dialog)}
    >
      <Icon name={icon} size={13} />
      <span>{children}</span>
    </button>
  );
}
