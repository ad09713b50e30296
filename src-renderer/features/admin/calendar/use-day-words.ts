import { useTranslation } from 'react-i18next';
import type { Calendar } from '#shared/calendar/calendar.ts';
import { civilDateWords } from '../../../ui/civil-date-words.ts';
import { languageOf } from '../../../language/words.ts';
import { formatDateText } from './date-text.ts';
import type { YearDay } from './year-days.ts';

/** Everything there is to say of a day, for its hint and for who does not see its colour. */
export function useDayWords(calendar: Calendar): (day: YearDay) => string {
  const { t, i18n } = useTranslation();
  const language = languageOf(i18n);
  return ({ date, look, plan }) => {
    const { dayOff, insteadOf, isShort, isConfirmed, parts } = plan;
    const hours = parts
      .map(({ fromMinute, toMinute }) => `${clock(fromMinute)}–${clock(toMinute)}`)
      .join(', ');
    const what = [
      t(`calendar.look.${look}`),
      ...(dayOff?.kind === 'holiday' ? [calendar.holidayNames[dayOff.name]?.[language] ?? dayOff.name] : []),
      ...(dayOff?.kind === 'moved-off'
        ? [t('calendar.movedTo', { date: formatDateText(dayOff.workedOn) })]
        : []),
      ...(insteadOf === null ? [] : [t('calendar.workedFor', { date: formatDateText(insteadOf) })]),
      ...(isShort && look !== 'short' ? [t('calendar.look.short')] : []),
      ...(hours === '' ? [] : [hours]),
      ...(isConfirmed ? [] : [t('calendar.provisional')]),
    ];
    return `${civilDateWords(date, language)}: ${what.join(', ')}`;
  };
}

function clock(minute: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
