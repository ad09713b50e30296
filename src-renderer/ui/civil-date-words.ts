import type { CivilDate } from '#shared/calendar/civil-date.ts';
import { parseCivilDate } from '#shared/calendar/civil-date.ts';
import { formatWeekday } from '#shared/text/format-moment.ts';
import type { Language } from '#shared/text/language.ts';

const DAY_MS = 86_400_000;

/** A date with its weekday, `Fri 13.11.2026` in English. */
export function civilDateWords(date: CivilDate, language: Language): string {
  const day = parseCivilDate(date);
  const [year = '', month = '', dayOfMonth = ''] = date.split('-');
  const written = `${dayOfMonth}.${month}.${year}`;
  return day === null ? written : `${formatWeekday(day * DAY_MS, language, 'UTC')} ${written}`;
}
