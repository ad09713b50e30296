import { IANAZone } from 'luxon';
import { Value } from 'typebox/value';
import { err, ok, type Result } from '../result.ts';
import { CalendarSchema, type Calendar } from './calendar.ts';
import { datePartsOf, epochDayOf, parseCivilDate, weekdayOf } from './civil-date.ts';
import { minutesOfDay, weekdayHours } from './day-hours.ts';

const COMMON_YEAR = 2027;

/** Why a calendar was refused. `path` is a JSON pointer into the calendar. */
export type CalendarError =
  | { readonly kind: 'malformed'; readonly path: string; readonly message: string }
  | { readonly kind: 'unknown-zone'; readonly zone: string; readonly message: string }
  | { readonly kind: 'impossible-date'; readonly path: string; readonly message: string }
  | { readonly kind: 'hours-out-of-order'; readonly path: string; readonly message: string }
  | { readonly kind: 'hours-overlap'; readonly path: string; readonly message: string }
  | { readonly kind: 'week-without-work'; readonly path: string; readonly message: string }
  | { readonly kind: 'unknown-holiday-name'; readonly path: string; readonly message: string }
  | { readonly kind: 'duplicate-entry'; readonly path: string; readonly message: string }
  | { readonly kind: 'year-not-listed'; readonly path: string; readonly message: string }
  | { readonly kind: 'year-without-holidays'; readonly path: string; readonly message: string }
  | { readonly kind: 'moved-holiday'; readonly path: string; readonly message: string }
  | { readonly kind: 'impossible-move'; readonly path: string; readonly message: string }
  | { readonly kind: 'short-day-off'; readonly path: string; readonly message: string };

/**
 * Checks a calendar that comes from a file, an import or the API, and returns the first fault found.
 *
 * Beyond the shape it refuses what would silently count days wrong: dates that do not exist, entries of years
 * that the calendar does not list (they would hide that year's computed holidays), listed years without any
 * holiday, moves of holidays, from a day off or onto a working day, short days that are not worked.
 */
export function parseCalendar(json: unknown): Result<Calendar, CalendarError> {
  if (!Value.Check(CalendarSchema, json)) {
    const first = Value.Errors(CalendarSchema, json)[0];
    return err({
      kind: 'malformed',
      path: first?.instancePath ?? '',
      message: first?.message ?? 'does not match the calendar schema',
    });
  }
  if (!IANAZone.isValidZone(json.zone)) {
    return err({ kind: 'unknown-zone', zone: json.zone, message: 'not a zone of the time zone database' });
  }
  const fault =
    datesFault(json) ??
    hoursFault(json) ??
    namesFault(json) ??
    duplicatesFault(json) ??
    yearsFault(json) ??
    daysFault(json);
  return fault === null ? ok(json) : err(fault);
}

function datesFault(calendar: Calendar): CalendarError | null {
  const dates = [
    ...calendar.holidays.map(({ date }, i) => ({ path: `/holidays/${i}/date`, date })),
    ...calendar.movedDays.map(({ dayOff }, i) => ({ path: `/movedDays/${i}/dayOff`, date: dayOff })),
    ...calendar.movedDays.map(({ workedOn }, i) => ({ path: `/movedDays/${i}/workedOn`, date: workedOn })),
    ...calendar.shortDays.map(({ date }, i) => ({ path: `/shortDays/${i}/date`, date })),
    ...calendar.ownHours.map(({ date }, i) => ({ path: `/ownHours/${i}/date`, date })),
    ...calendar.closures.map(({ from }, i) => ({ path: `/closures/${i}/from`, date: from.slice(0, 10) })),
    ...calendar.closures.map(({ to }, i) => ({ path: `/closures/${i}/to`, date: to.slice(0, 10) })),
  ];
  const wrong = dates.find(({ date }) => parseCivilDate(date) === null);
  if (wrong !== undefined) {
    return { kind: 'impossible-date', path: wrong.path, message: `${wrong.date} is not a date` };
  }
  const rule = calendar.holidayRules.findIndex(({ on }) => 'month' in on && !isDateOfEveryYear(on));
  return rule === -1
    ? null
    : {
        kind: 'impossible-date',
        path: `/holidayRules/${rule}/on`,
        message: 'a rule must name a date that every year has',
      };
}

function isDateOfEveryYear({ month, day }: { readonly month: number; readonly day: number }): boolean {
  const real = datePartsOf(epochDayOf(COMMON_YEAR, month, day));
  return real.month === month && real.day === day;
}

function hoursFault(calendar: Calendar): CalendarError | null {
  const days = [
    ...Object.entries(calendar.weeklyHours).map(([name, hours]) => ({ path: `/weeklyHours/${name}`, hours })),
    ...calendar.ownHours.map(({ hours }, i) => ({ path: `/ownHours/${i}/hours`, hours })),
  ];
  if (Object.values(calendar.weeklyHours).every((hours) => hours.length === 0)) {
    const message = 'a week without working hours would never let a deadline come';
    return { kind: 'week-without-work', path: '/weeklyHours', message };
  }
  for (const { path, hours } of days) {
    const parts = hours.map(({ opensAt, closesAt }) => ({
      from: minutesOfDay(opensAt),
      to: minutesOfDay(closesAt),
    }));
    if (parts.some(({ from, to }) => to <= from)) {
      return { kind: 'hours-out-of-order', path, message: 'the desk must close after it opens' };
    }
    if (
      parts.some(({ from, to }, i) => parts.slice(0, i).some((other) => from < other.to && other.from < to))
    ) {
      return { kind: 'hours-overlap', path, message: 'the hours of a day must not overlap' };
    }
    if (parts.some(({ from }, i) => from <= (parts[i - 1]?.to ?? -1))) {
      return {
        kind: 'hours-out-of-order',
        path,
        message: 'the hours of a day must be in order of time, with a break between them',
      };
    }
  }
  const closure = calendar.closures.findIndex(({ from, to }) => to <= from);
  return closure === -1
    ? null
    : {
        kind: 'hours-out-of-order',
        path: `/closures/${closure}`,
        message: 'a closure must end after it begins',
      };
}

function namesFault(calendar: Calendar): CalendarError | null {
  const named = [
    ...calendar.holidays.map(({ name }, i) => ({ path: `/holidays/${i}/name`, name })),
    ...calendar.holidayRules.map(({ name }, i) => ({ path: `/holidayRules/${i}/name`, name })),
  ];
  const wrong = named.find(({ name }) => !Object.hasOwn(calendar.holidayNames, name));
  return wrong === undefined
    ? null
    : { kind: 'unknown-holiday-name', path: wrong.path, message: `${wrong.name} is not in holidayNames` };
}

function duplicatesFault(calendar: Calendar): CalendarError | null {
  const lists: [string, (string | number)[]][] = [
    ['years', calendar.years.map(({ year }) => year)],
    ['holidays', calendar.holidays.map(({ date }) => date)],
    ['movedDays', calendar.movedDays.flatMap(({ dayOff, workedOn }) => [dayOff, workedOn])],
    ['shortDays', calendar.shortDays.map(({ date }) => date)],
    ['ownHours', calendar.ownHours.map(({ date }) => date)],
    ['closures', calendar.closures.map(({ from, to }) => `${from} to ${to}`)],
  ];
  for (const [list, keys] of lists) {
    const twice = keys.find((key, i) => keys.indexOf(key) !== i);
    if (twice !== undefined) {
      return { kind: 'duplicate-entry', path: `/${list}`, message: `${twice} is listed twice` };
    }
  }
  return null;
}

function yearsFault(calendar: Calendar): CalendarError | null {
  const listed = new Set(calendar.years.map(({ year }) => year));
  const withHolidays = new Set(calendar.holidays.map(({ date }) => yearOf(date)));
  const dated = [
    ...calendar.holidays.map(({ date }, i) => ({ path: `/holidays/${i}`, date })),
    ...calendar.movedDays.map(({ dayOff }, i) => ({ path: `/movedDays/${i}`, date: dayOff })),
    ...calendar.movedDays.map(({ workedOn }, i) => ({ path: `/movedDays/${i}`, date: workedOn })),
    ...calendar.shortDays.map(({ date }, i) => ({ path: `/shortDays/${i}`, date })),
  ];
  const stray = dated.find(({ date }) => !listed.has(yearOf(date)));
  if (stray !== undefined) {
    return {
      kind: 'year-not-listed',
      path: stray.path,
      message: `the year of ${stray.date} is not in years`,
    };
  }
  const empty = calendar.years.findIndex(({ year }) => !withHolidays.has(year));
  return empty === -1
    ? null
    : { kind: 'year-without-holidays', path: `/years/${empty}`, message: 'a listed year needs its holidays' };
}

function daysFault(calendar: Calendar): CalendarError | null {
  const holidays = new Set(calendar.holidays.map(({ date }) => date));
  const dayOffs = new Set(calendar.movedDays.map(({ dayOff }) => dayOff));
  const workedOns = new Set(calendar.movedDays.map(({ workedOn }) => workedOn));
  const ownHours = new Map(calendar.ownHours.map(({ date, hours }) => [date, hours.length > 0]));
  const isWeekWorkday = (date: string): boolean =>
    !holidays.has(date) && weekdayHours(calendar, weekdayOf(parseCivilDate(date) ?? 0)).length > 0;

  for (const [i, { dayOff, workedOn }] of calendar.movedDays.entries()) {
    const moved = [dayOff, workedOn].find((date) => holidays.has(date));
    if (moved !== undefined) {
      return {
        kind: 'moved-holiday',
        path: `/movedDays/${i}/${moved === dayOff ? 'dayOff' : 'workedOn'}`,
        message: `${moved} is a public holiday; a holiday cannot be moved, nor work moved onto it`,
      };
    }
    if (!isWeekWorkday(dayOff)) {
      return {
        kind: 'impossible-move',
        path: `/movedDays/${i}/dayOff`,
        message: `${dayOff} is a day off anyway, there is no work to move`,
      };
    }
    if (isWeekWorkday(workedOn)) {
      return {
        kind: 'impossible-move',
        path: `/movedDays/${i}/workedOn`,
        message: `${workedOn} is worked anyway`,
      };
    }
  }
  const off = calendar.shortDays.findIndex(
    ({ date }) =>
      !(ownHours.get(date) ?? (workedOns.has(date) || (isWeekWorkday(date) && !dayOffs.has(date)))),
  );
  return off === -1
    ? null
    : { kind: 'short-day-off', path: `/shortDays/${off}`, message: 'a short day must be a working day' };
}

function yearOf(date: string): number {
  return datePartsOf(parseCivilDate(date) ?? 0).year;
}
