import { useTranslation } from 'react-i18next';
import type { Meanwhile, ProvedPeriod } from '#shared/sla/prove-periods.ts';
import { formatMoment, formatWeekday } from '#shared/text/format-moment.ts';
import type { JobOperation } from '#shared/ticket/job-operation.ts';
import { languageOf } from '../../../language/words.ts';
import { LedgerTable } from './ledger-table.tsx';

/** A deadline that a new regulation or calendar moved. */
export type MovedDeadline = Extract<JobOperation, { readonly kind: 'move-deadline' }>;

/** One wait of a client: by which rules it is judged, every day of it, what happened meanwhile, how it ended. */
export function ProofPeriod({
  period,
  moves,
}: {
  readonly period: ProvedPeriod;
  /** Those that fell into it, in order of time. */
  readonly moves: readonly MovedDeadline[];
}) {
  const { t, i18n } = useTranslation();
  const { rules, explained, meanwhile } = period;
  const at = (moment: number) => `${formatWeekday(moment, languageOf(i18n))} ${formatMoment(moment)}`;
  return (
    <>
      <p>{t(`ledger.rule.${rules.deadline.mode}`, { count: rules.deadline.days })}</p>
      <p className="ledger-versions">
        {rules.revision === 0
          ? t('ledger.shipped', { profile: rules.profile.version })
          : t('ledger.revision', {
              revision: rules.revision,
              profile: rules.profile.version,
              at: formatMoment(rules.since),
            })}{' '}
        {t('ledger.calendar', { version: rules.calendar.version })}
      </p>
      <LedgerTable period={period} />
      <p className="ledger-due">{t('ledger.due', { at: at(explained.deadlineAt) })}</p>
      {explained.crossesUnconfirmed && <p className="ledger-unconfirmed">{t('ledger.provisional')}</p>}
      {moves.map(({ id, madeAt, revision, from, to }) => (
        <p key={id}>{t('ledger.moved', { at: at(madeAt), revision, from: at(from), to: at(to) })}</p>
      ))}
      {meanwhile.length > 0 && (
        <>
          <p>{t('ledger.meanwhile.title')}</p>
          <ul className="ledger-meanwhile">
            {meanwhile.map((event) => (
              <li key={`${event.kind} ${event.at}`}>
                {at(event.at)}: <MeanwhileWords event={event} />
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="ledger-standing" data-standing={period.standing}>
        <Standing period={period} />
      </p>
    </>
  );
}

function MeanwhileWords({ event }: { readonly event: Meanwhile }) {
  const { t } = useTranslation();
  switch (event.kind) {
    case 'reminder':
      return t('ledger.meanwhile.reminder');
    case 'no-reaction':
      return event.human
        ? t('ledger.meanwhile.noReaction', { kind: t(`answerKind.${event.answerKind}`) })
        : t('ledger.meanwhile.automatic');
    case 'bounce':
      return t(event.permanent ? 'ledger.meanwhile.lost' : 'ledger.meanwhile.delayed');
  }
}

/** How the wait ended, or stands. */
function Standing({ period: { standing, endedAt, endedBy, answerKind } }: { readonly period: ProvedPeriod }) {
  const { t, i18n } = useTranslation();
  if (endedAt === null)
    return t(standing === 'overdue' ? 'ledger.standing.overdue' : 'ledger.standing.waiting');
  const at = `${formatWeekday(endedAt, languageOf(i18n))} ${formatMoment(endedAt)}`;
  if (endedBy === 'closing' || answerKind === null) {
    return t(standing === 'late' ? 'ledger.standing.closedLate' : 'ledger.standing.closed', { at });
  }
  return t(standing === 'late' ? 'ledger.standing.late' : 'ledger.standing.inTime', {
    at,
    kind: t(`answerKind.${answerKind}`),
  });
}
