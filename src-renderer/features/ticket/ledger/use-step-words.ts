import { useTranslation } from 'react-i18next';
import type { Calendar } from '#shared/calendar/calendar.ts';
import type { LedgerStep } from '#shared/sla/ledger.ts';
import { formatTime } from '#shared/text/format-moment.ts';
import { languageOf } from '../../../language/words.ts';
import { civilDateWords } from '../../../ui/civil-date-words.ts';

/** A step that belongs to a date; the rule stands above them. */
export type DatedStep = Exclude<LedgerStep, { readonly kind: 'rule' | 'target' }>;

/** What a step says of its date, without the date itself. */
export function useStepWords(
  { holidayNames }: Pick<Calendar, 'holidayNames'>,
  reading: 'A' | 'C' | 'D',
): (step: DatedStep) => string {
  const { t, i18n } = useTranslation();
  const language = languageOf(i18n);
  return (step) => {
    switch (step.kind) {
      case 'received':
        return t(step.isInHours ? 'ledger.step.received' : 'ledger.step.receivedAfterHours', {
          at: formatTime(step.at),
        });
      case 'day-zero':
        return t(reading === 'C' ? 'ledger.step.registered' : 'ledger.step.dayZero');
      case 'after-hours':
        return t('ledger.step.afterHours');
      case 'counted':
        return [
          t('ledger.step.counted', { number: step.number }),
          ...(step.isShort ? [t('ledger.step.short')] : []),
          ...(step.insteadOf === null
            ? []
            : [t('ledger.step.insteadOf', { date: civilDateWords(step.insteadOf, language) })]),
        ].join(', ');
      case 'weekend':
        return t('ledger.step.weekend');
      case 'holiday':
        return t('ledger.step.holiday', { name: holidayNames[step.name]?.[language] ?? step.name });
      case 'moved-off':
        return t('ledger.step.movedOff', {
          workedOn: civilDateWords(step.workedOn, language),
          source: step.source,
        });
      case 'own-day-off':
        return t('ledger.step.ownDayOff', { source: step.source });
      case 'closure':
        return t('ledger.step.closure', { source: step.source });
      case 'due':
        return t('ledger.step.due', { at: formatTime(step.at) });
    }
  };
}
