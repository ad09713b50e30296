import { useTranslation } from 'react-i18next';
import { basisOf } from '#shared/sla/ledger-basis.ts';
import type { ProvedPeriod } from '#shared/sla/prove-periods.ts';
import { languageOf } from '../../../language/words.ts';
import { civilDateWords } from '../../../ui/civil-date-words.ts';
import { useStepWords, type DatedStep } from './use-step-words.ts';

/** Every date from receipt to deadline: what it is, and on what ground it is counted or not. */
export function LedgerTable({ period: { rules, explained } }: { readonly period: ProvedPeriod }) {
  const { t, i18n } = useTranslation();
  const language = languageOf(i18n);
  const words = useStepWords(rules.calendar.calendar, rules.deadline.mode);
  return (
    <table className="ledger" aria-label={t('ledger.days')}>
      <thead>
        <tr>
          <th scope="col">{t('ledger.date')}</th>
          <th scope="col">{t('ledger.what')}</th>
          <th scope="col">{t('ledger.basisOf')}</th>
        </tr>
      </thead>
      <tbody>
        {explained.ledger.filter(isDated).map((step) => (
          <tr key={`${step.kind} ${step.date}`} data-kind={step.kind}>
            <td>{civilDateWords(step.date, language)}</td>
            <td>
              {words(step)}
              {'isConfirmed' in step && !step.isConfirmed && (
                <span className="ledger-unconfirmed"> ({t('ledger.unconfirmed')})</span>
              )}
            </td>
            <td>{t(`ledger.short.${basisOf(step)}`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function isDated(step: ProvedPeriod['explained']['ledger'][number]): step is DatedStep {
  return step.kind !== 'rule' && step.kind !== 'target';
}
