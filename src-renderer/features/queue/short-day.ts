import { formatDate, formatWeekday } from '#shared/text/format-moment.ts';
import type { Language } from '#shared/text/language.ts';

/** The day of a moment as a row has room for it: `Mon 07.12`; the year only where it is another than this one. */
export function shortDay(at: number, now: number, language: Language): string {
  const date = formatDate(at);
  const day = date.slice(6) === formatDate(now).slice(6) ? date.slice(0, 5) : date;
  return `${formatWeekday(at, language)} ${day}`;
}
