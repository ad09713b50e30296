import { parseCivilDate } from '#shared/calendar/civil-date.ts';
import type { WorkingTime } from '#shared/calendar/working-time.ts';

/** The working days from today after which a ticket is usually looked at again. */
export const lookAgainDays = [1, 3, 5, 10] as const;

/** The opening of the desk on that working day after today. */
export function lookAgainAfter(workingDays: number, now: number, time: WorkingTime): number | null {
  return time.openingOf(time.nthWorkingDayAfter(time.dayOf(now), workingDays));
}

/** The opening on that date (`YYYY-MM-DD`), or on the first working day after a day off; null for no date. */
export function lookAgainOn(date: string, time: WorkingTime): number | null {
  const day = parseCivilDate(date);
  if (day === null) return null;
  return time.openingOf(day) ?? time.openingOf(time.nthWorkingDayAfter(day, 1));
}
