import type { Calendar } from './calendar.ts';
import { datePartsOf } from './civil-date.ts';
import type { WorkingTime } from './working-time.ts';

/** A year that deadlines reach into although no official text confirms its calendar. */
export interface UnconfirmedYear {
  readonly year: number;
  /** `notice` from September on, when the decree can be out; `loud` in December and once the year has begun. */
  readonly urgency: 'notice' | 'loud';
}

const FIRST_MONTH_OF_NOTICE = 9;
const FIRST_LOUD_MONTH = 12;

/**
 * Which year the service must be asked to confirm at a moment, by the date of the calendar's own zone; null if none.
 *
 * The running year comes first: whatever is due in it now may be wrong. The next year matters from September: the
 * decrees on moved working days were signed between July and November.
 */
export function findUnconfirmedYear(
  now: number,
  calendar: Calendar,
  time: WorkingTime,
): UnconfirmedYear | null {
  const { year, month } = datePartsOf(time.dayOf(now));
  if (!isYearConfirmed(calendar, year)) return { year, urgency: 'loud' };
  if (month < FIRST_MONTH_OF_NOTICE || isYearConfirmed(calendar, year + 1)) return null;
  return { year: year + 1, urgency: month < FIRST_LOUD_MONTH ? 'notice' : 'loud' };
}

/**
 * Whether the state's calendar of a year rests on official texts: the year is listed as confirmed, and so are its
 * holidays, moved and short days. Own hours and closures are the service's own affair and do not count.
 */
export function isYearConfirmed(calendar: Calendar, year: number): boolean {
  const listed = calendar.years.find((entry) => entry.year === year);
  const isOfYear = (date: string): boolean => date.startsWith(`${year}-`);
  return (
    listed?.status === 'confirmed' &&
    [
      ...calendar.holidays.map(({ date, status }) => ({ dates: [date], status })),
      ...calendar.movedDays.map(({ dayOff, workedOn, status }) => ({ dates: [dayOff, workedOn], status })),
      ...calendar.shortDays.map(({ date, status }) => ({ dates: [date], status })),
    ].every(({ dates, status }) => status === 'confirmed' || !dates.some(isOfYear))
  );
}
