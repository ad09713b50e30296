import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Calendar } from '#shared/calendar/calendar.ts';
import { faultAt, type Fault } from '../regulation/fault-words.ts';
import { formatHours, parseHours } from './hours-text.ts';

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** The hours of an ordinary week as they are typed. */
type WeekTexts = Readonly<Record<(typeof weekdays)[number], string>>;

/** See {@link WeekTexts}. */
export function weekTexts({ weeklyHours }: Calendar): WeekTexts {
  const text = (weekday: (typeof weekdays)[number]) => formatHours(weeklyHours[weekday]);
  return {
    monday: text('monday'),
    tuesday: text('tuesday'),
    wednesday: text('wednesday'),
    thursday: text('thursday'),
    friday: text('friday'),
    saturday: text('saturday'),
    sunday: text('sunday'),
  };
}

/** The hours of a week in the order of its days; what cannot be read is no hours, see {@link misreadWeekday}. */
export function weekHours(texts: WeekTexts): Calendar['weeklyHours'] {
  const hours = (weekday: (typeof weekdays)[number]) => parseHours(texts[weekday]) ?? [];
  return {
    monday: hours('monday'),
    tuesday: hours('tuesday'),
    wednesday: hours('wednesday'),
    thursday: hours('thursday'),
    friday: hours('friday'),
    saturday: hours('saturday'),
    sunday: hours('sunday'),
  };
}

/** The first day whose hours cannot be read; null if all can. */
export function misreadWeekday(texts: WeekTexts): (typeof weekdays)[number] | null {
  return weekdays.find((weekday) => parseHours(texts[weekday]) === null) ?? null;
}

/** When the service works in an ordinary week. */
export function WeekFields({
  texts,
  misread,
  fault,
  onChange,
}: {
  readonly texts: WeekTexts;
  readonly misread: (typeof weekdays)[number] | null;
  readonly fault: Fault | null;
  readonly onChange: (texts: WeekTexts) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className="week-fields">
      {weekdays.map((weekday) => (
        <TextInput
          key={weekday}
          label={t(`calendar.weekdays.${weekday}`)}
          placeholder={t('calendar.look.weekend')}
          value={texts[weekday]}
          error={
            misread === weekday
              ? t('calendar.day.wrong.hours')
              : faultAt(fault, `/calendar/weeklyHours/${weekday}`, t)
          }
          maxLength={200}
          onChange={(event) => onChange({ ...texts, [weekday]: event.currentTarget.value })}
        />
      ))}
    </div>
  );
}
