import type { Calendar } from '#shared/calendar/calendar.ts';
import { parseCivilDate, weekdayOf, type CivilDate } from '#shared/calendar/civil-date.ts';
import { weekdayHours, type DayHours } from '#shared/calendar/day-hours.ts';

/** What an admin can make of a date. `moved-off` and `worked` are the two sides of one move. */
export const dayKinds = ['ordinary', 'holiday', 'moved-off', 'worked', 'own-hours', 'closed'] as const;
export type DayKind = (typeof dayKinds)[number];

/** What a calendar says about one date, as its form shows it. */
export interface DayEntry {
  readonly kind: DayKind;
  /** A key of `holidayNames`; for holidays. */
  readonly name: string;
  /** The other date of a move. */
  readonly otherDate: string;
  /** For `own-hours`. */
  readonly hours: DayHours;
  /** A day before a holiday; for `ordinary` and `worked`. */
  readonly isShort: boolean;
  readonly source: string;
  readonly status: 'confirmed' | 'provisional';
}

/** What stands in a calendar for a date. */
export function dayEntry(calendar: Calendar, date: CivilDate): DayEntry {
  const own = calendar.ownHours.find((entry) => entry.date === date);
  const holiday = calendar.holidays.find((entry) => entry.date === date);
  const movedOff = calendar.movedDays.find(({ dayOff }) => dayOff === date);
  const worked = calendar.movedDays.find(({ workedOn }) => workedOn === date);
  const short = calendar.shortDays.find((entry) => entry.date === date);
  const { source, status } = own ??
    holiday ??
    movedOff ??
    worked ??
    short ?? { source: '', status: 'confirmed' };
  return {
    kind: kindOf(own, holiday, movedOff, worked),
    name: holiday?.name ?? Object.keys(calendar.holidayNames)[0] ?? '',
    otherDate: movedOff?.workedOn ?? worked?.dayOff ?? '',
    hours: own?.hours ?? [],
    isShort: short !== undefined,
    source,
    status,
  };
}

function kindOf(
  own: { readonly hours: DayHours } | undefined,
  holiday: object | undefined,
  movedOff: object | undefined,
  worked: object | undefined,
): DayKind {
  if (own !== undefined) return own.hours.length > 0 ? 'own-hours' : 'closed';
  if (holiday !== undefined) return 'holiday';
  if (movedOff !== undefined) return 'moved-off';
  return worked === undefined ? 'ordinary' : 'worked';
}

/**
 * The calendar with a date as the form says; whether the whole makes sense is judged by `parseCalendar`.
 *
 * Own hours lie on top of what else stands there and leave it; everything else takes the place of it, a move with both
 * of its dates. Dates that are no longer worked are no longer short.
 */
export function withDayEntry(calendar: Calendar, date: CivilDate, entry: DayEntry): Calendar {
  const { kind, name, otherDate, hours, isShort, source, status } = entry;
  const said = { source: source.trim(), status };
  const not = <T extends { readonly date: string }>(entries: readonly T[]): T[] =>
    entries.filter((other) => other.date !== date);
  if (kind === 'own-hours' || kind === 'closed') {
    const own = { date, hours: kind === 'closed' ? [] : hours, ...said };
    return { ...calendar, ownHours: inOrder([...not(calendar.ownHours), own]) };
  }
  const isTouched = (moved: { readonly dayOff: string; readonly workedOn: string }): boolean =>
    [date, ...(isMove(kind) ? [otherDate] : [])].some(
      (each) => each === moved.dayOff || each === moved.workedOn,
    );
  const gone = calendar.movedDays.filter(isTouched).map(({ workedOn }) => workedOn);
  const moved = calendar.movedDays.filter((each) => !isTouched(each));
  if (kind === 'moved-off') moved.push({ dayOff: date, workedOn: otherDate, ...said });
  if (kind === 'worked') moved.push({ dayOff: otherDate, workedOn: date, ...said });
  const holidays = not(calendar.holidays);
  if (kind === 'holiday') holidays.push({ date, name, ...said });
  const shortDays = not(calendar.shortDays);
  if (isShort && (kind === 'ordinary' || kind === 'worked')) shortDays.push({ date, ...said });
  const changed: Calendar = {
    ...calendar,
    holidays: inOrder(holidays),
    movedDays: moved.toSorted((a, b) => compare(a.dayOff, b.dayOff)),
    ownHours: not(calendar.ownHours),
    shortDays: inOrder(shortDays),
  };
  const touched = new Set([...gone, ...(kind === 'moved-off' ? [date] : isMove(kind) ? [otherDate] : [])]);
  return {
    ...changed,
    shortDays: changed.shortDays.filter((short) => !touched.has(short.date) || isWorked(changed, short.date)),
  };
}

/** Whether a kind of day has another date to it. */
export function isMove(kind: DayKind): boolean {
  return kind === 'moved-off' || kind === 'worked';
}

function isWorked({ movedDays, ...calendar }: Calendar, date: string): boolean {
  if (movedDays.some(({ workedOn }) => workedOn === date)) return true;
  const isWeekday = weekdayHours({ ...calendar, movedDays }, weekdayOf(parseCivilDate(date) ?? 0)).length > 0;
  return isWeekday && !movedDays.some(({ dayOff }) => dayOff === date);
}

function inOrder<T extends { readonly date: string }>(entries: readonly T[]): T[] {
  return entries.toSorted((a, b) => compare(a.date, b.date));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
