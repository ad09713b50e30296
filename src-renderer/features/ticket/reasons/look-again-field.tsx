import { DatePickerInput, DatesProvider } from '@mantine/dates';
import 'dayjs/locale/be';
import 'dayjs/locale/ru';
import { useTranslation } from 'react-i18next';
import { formatDate, formatWeekday } from '#shared/text/format-moment.ts';
import { languageOf } from '../../../language/words.ts';
import { useDesk } from '../../../state/desk-context.ts';
import { lookAgainAfter, lookAgainDays, lookAgainOn } from './look-again-days.ts';

/** When somebody looks at the ticket again: a few working days from now, or any other date. */
export function LookAgainField({
  value,
  onChange,
}: {
  readonly value: number | null;
  readonly onChange: (at: number | null) => void;
}) {
  const { t, i18n } = useTranslation();
  const { calendar, policy, now } = useDesk();
  const language = languageOf(i18n);
  const time = calendar.workingTime(policy.shortDayMinutes);
  return (
    <div className="look-again">
      <div role="group" aria-label={t('reason.lookAgain')} className="look-again-days">
        {lookAgainDays.map((days) => {
          const at = lookAgainAfter(days, now, time);
          return at === null ? null : (
            <button
              key={days}
              type="button"
              className="filter-button"
              aria-pressed={at === value}
              onClick={() => onChange(at)}
            >
              {t('reason.inDays', { count: days })}
            </button>
          );
        })}
      </div>
      <DatesProvider settings={{ locale: language, firstDayOfWeek: 1, weekendDays: [0, 6] }}>
        <DatePickerInput
          label={t('reason.lookAgainOn')}
          description={
            value === null
              ? t('reason.lookAgainNone')
              : `${formatWeekday(value, language)} ${formatDate(value)}`
          }
          value={value === null ? null : time.dateOf(time.dayOf(value))}
          valueFormat="DD.MM.YYYY"
          minDate={time.dateOf(time.dayOf(now) + 1)}
          size="xs"
          onChange={(date) => onChange(date === null ? null : lookAgainOn(date, time))}
        />
      </DatesProvider>
    </div>
  );
}
