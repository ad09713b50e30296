import { useTranslation } from 'react-i18next';
import { explainDeadline, type LedgerStep } from '#shared/sla/ledger.ts';
import { formatMoment, formatWeekday } from '#shared/text/format-moment.ts';
import { languageOf } from '../../language/words.ts';
import { useDesk } from '../../state/desk-context.ts';
import { Badge } from '../../ui/badge.tsx';
import { civilDateWords } from '../../ui/civil-date-words.ts';

/** The proof of a deadline, step by step. */
export function DeadlineLedger({ startedAt }: { readonly startedAt: number }) {
  const { t } = useTranslation();
  const { calendar, policy } = useDesk();
  return (
    <ol className="ledger" aria-label={t('ledger.title')}>
      {explainDeadline(startedAt, calendar, policy).ledger.map((step) => (
        <li key={'date' in step ? `${step.kind} ${step.date}` : step.kind} data-kind={step.kind}>
          <Step step={step} />
        </li>
      ))}
    </ol>
  );
}

function Step({ step }: { readonly step: LedgerStep }) {
  const { t } = useTranslation();
  const words = useStepWords();
  return (
    <>
      <span>{words(step)}</span>
      {'clause' in step && <span className="ledger-clause">{t(`ledger.clause.${step.clause}`)}</span>}
      {'isConfirmed' in step && !step.isConfirmed && (
        <Badge tone="warning" icon="info">
          {t('ledger.unconfirmed')}
        </Badge>
      )}
    </>
  );
}

function useStepWords(): (step: LedgerStep) => string {
  const { t, i18n } = useTranslation();
  const { calendar } = useDesk();
  const language = languageOf(i18n);
  const moment = (at: number) => `${formatWeekday(at, language)} ${formatMoment(at)}`;
  return (step) => {
    const date = 'date' in step ? civilDateWords(step.date, language) : '';
    switch (step.kind) {
      case 'rule':
        return t(`ledger.step.rule.${step.reading}`, { count: step.days });
      case 'received':
        return t(step.isInHours ? 'ledger.step.received' : 'ledger.step.receivedAfterHours', {
          at: moment(step.at),
        });
      case 'day-zero':
        return t('ledger.step.dayZero', { date });
      case 'after-hours':
        return t('ledger.step.afterHours', { date });
      case 'counted':
        return [
          t('ledger.step.counted', { date, number: step.number }),
          ...(step.isShort ? [t('ledger.step.short')] : []),
          ...(step.insteadOf === null
            ? []
            : [t('ledger.step.insteadOf', { date: civilDateWords(step.insteadOf, language) })]),
        ].join(', ');
      case 'weekend':
        return t('ledger.step.weekend', { date });
      case 'holiday':
        return t('ledger.step.holiday', {
          date,
          name: calendar.calendar.holidayNames[step.name]?.[language] ?? step.name,
        });
      case 'moved-off':
        return t('ledger.step.movedOff', {
          date,
          workedOn: civilDateWords(step.workedOn, language),
          source: step.source,
        });
      case 'own-day-off':
        return t('ledger.step.ownDayOff', { date, source: step.source });
      case 'closure':
        return t('ledger.step.closure', { date, source: step.source });
      case 'due':
        return t('ledger.step.due', { at: moment(step.at) });
      case 'target':
        return t('ledger.step.target', { at: moment(step.at) });
    }
  };
}
