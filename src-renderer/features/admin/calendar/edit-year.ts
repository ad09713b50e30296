import type { Calendar } from '#shared/calendar/calendar.ts';
import { civilDateOf, epochDayOf } from '#shared/calendar/civil-date.ts';
import { DayPlanner } from '#shared/calendar/day-plan.ts';
import { isYearConfirmed } from '#shared/calendar/unconfirmed-year.ts';

/** How sure a calendar is of a year: official texts, some without one, or computed from weekends and holidays alone. */
export type YearStanding = 'confirmed' | 'provisional' | 'computed';

/** See {@link YearStanding}. */
export function yearStanding(calendar: Calendar, year: number): YearStanding {
  if (!calendar.years.some((listed) => listed.year === year)) return 'computed';
  return isYearConfirmed(calendar, year) ? 'confirmed' : 'provisional';
}

/**
 * The calendar with a year of its own where so far it was computed: the same holidays and days before them, provisional,
 * so that days can be moved in it.
 */
export function withYearListed(calendar: Calendar, year: number, source: string): Calendar {
  const planner = new DayPlanner(calendar, 0);
  const said = { source, status: 'provisional' } as const;
  const days = Array.from(
    { length: epochDayOf(year + 1, 1, 1) - epochDayOf(year, 1, 1) },
    (_, place) => epochDayOf(year, 1, 1) + place,
  ).map((day) => ({ date: civilDateOf(day), plan: planner.planOf(day) }));
  const holidays = days.flatMap(({ date, plan }) =>
    plan.dayOff?.kind === 'holiday' ? [{ date, name: plan.dayOff.name, ...said }] : [],
  );
  const shortDays = days.flatMap(({ date, plan }) => (plan.isShort ? [{ date, ...said }] : []));
  return {
    ...calendar,
    years: [...calendar.years, { year, ...said }].toSorted((a, b) => a.year - b.year),
    holidays: [...calendar.holidays, ...holidays].toSorted(byDate),
    shortDays: [...calendar.shortDays, ...shortDays].toSorted(byDate),
  };
}

/** The calendar with everything in a year confirmed by one official text. What was confirmed before keeps its own. */
export function withYearConfirmed(calendar: Calendar, year: number, source: string): Calendar {
  const confirm = <T extends { readonly source: string; readonly status: 'confirmed' | 'provisional' }>(
    entry: T,
  ): T => (entry.status === 'confirmed' ? entry : { ...entry, source, status: 'confirmed' });
  const isOfYear = (date: string): boolean => date.startsWith(`${year}-`);
  return {
    ...calendar,
    years: calendar.years.map((entry) => (entry.year === year ? confirm(entry) : entry)),
    holidays: calendar.holidays.map((entry) => (isOfYear(entry.date) ? confirm(entry) : entry)),
    movedDays: calendar.movedDays.map((entry) =>
      isOfYear(entry.dayOff) || isOfYear(entry.workedOn) ? confirm(entry) : entry,
    ),
    shortDays: calendar.shortDays.map((entry) => (isOfYear(entry.date) ? confirm(entry) : entry)),
  };
}

function byDate(a: { readonly date: string }, b: { readonly date: string }): number {
  return a.date < b.date ? -1 : Number(a.date > b.date);
}
