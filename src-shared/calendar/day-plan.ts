import type { Calendar, HolidayRule } from './calendar.ts';
import {
  civilDateOf,
  datePartsOf,
  epochDayOf,
  parseCivilDate,
  weekdayOf,
  type CivilDate,
  type EpochDay,
} from './civil-date.ts';
import { minutesOfDay, weekdayHours, type DayHours } from './day-hours.ts';
import { orthodoxEaster } from './orthodox-easter.ts';

/** Why the desk does not work on a date. `name` is a key of the calendar's `holidayNames`. */
export type DayOffReason =
  | { readonly kind: 'weekend' }
  | { readonly kind: 'holiday'; readonly name: string }
  | { readonly kind: 'moved-off'; readonly workedOn: CivilDate; readonly source: string }
  | { readonly kind: 'own-day-off'; readonly source: string }
  | { readonly kind: 'closure'; readonly source: string };

/** Part of a working day, in minutes of the wall clock from midnight, end exclusive. */
interface WorkingPart {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** What a calendar says about one date. */
export interface DayPlan {
  /** In order of time, disjoint, not empty; no part at all on a day off. */
  readonly parts: readonly WorkingPart[];
  /** Null on a working day. */
  readonly dayOff: DayOffReason | null;
  /** The date whose work is done on this one (a working Saturday), or null. */
  readonly insteadOf: CivilDate | null;
  readonly isShort: boolean;
  readonly isConfirmed: boolean;
}

const WEEKEND: DayOffReason = { kind: 'weekend' };
const MINUTES_PER_DAY = 1440;

/**
 * Decides date by date whether and when the desk works.
 *
 * A working day is a day of the week with hours that is neither a holiday nor moved off, or a day that is worked
 * for a moved one (with that day's hours). A holiday on a weekend is lost, not moved: the official annual
 * norms of hours come out only so. The desk's own hours override all of this; closures are cut out last.
 */
export class DayPlanner {
  readonly #calendar: Calendar;
  readonly #shortDayMinutes: number;
  readonly #years: ReadonlyMap<number, boolean>;
  readonly #holidays = new Map<EpochDay, string>();
  readonly #movedOff = new Map<EpochDay, DayOffReason>();
  readonly #movedTo = new Map<EpochDay, EpochDay>();
  readonly #short: ReadonlySet<EpochDay>;
  readonly #ownHours: ReadonlyMap<EpochDay, Calendar['ownHours'][number]>;
  readonly #closures: readonly { fromMinute: number; toMinute: number; source: string; confirmed: boolean }[];
  readonly #provisional: ReadonlySet<EpochDay>;
  readonly #computedYears = new Set<number>();

  /** `shortDayMinutes` is cut from the end of each short day. */
  constructor(calendar: Calendar, shortDayMinutes: number) {
    this.#calendar = calendar;
    this.#shortDayMinutes = shortDayMinutes;
    this.#years = new Map(calendar.years.map(({ year, status }) => [year, status === 'confirmed']));
    for (const { date, name } of calendar.holidays) this.#holidays.set(dayNumber(date), name);
    for (const { dayOff, workedOn, source } of calendar.movedDays) {
      const worked = dayNumber(workedOn);
      this.#movedOff.set(dayNumber(dayOff), { kind: 'moved-off', workedOn: civilDateOf(worked), source });
      this.#movedTo.set(worked, dayNumber(dayOff));
    }
    this.#short = new Set(calendar.shortDays.map(({ date }) => dayNumber(date)));
    this.#ownHours = new Map(calendar.ownHours.map((own) => [dayNumber(own.date), own]));
    this.#closures = calendar.closures.map(({ from, to, source, status }) => ({
      fromMinute: localMinute(from),
      toMinute: localMinute(to),
      source,
      confirmed: status === 'confirmed',
    }));
    this.#provisional = new Set(
      [
        ...calendar.holidays,
        ...calendar.shortDays,
        ...calendar.ownHours,
        ...calendar.movedDays.flatMap(({ dayOff, workedOn, status }) => [
          { date: dayOff, status },
          { date: workedOn, status },
        ]),
      ]
        .filter(({ status }) => status === 'provisional')
        .map(({ date }) => dayNumber(date)),
    );
  }

  /** The plan of one date. */
  planOf(day: EpochDay): DayPlan {
    const { year } = datePartsOf(day);
    this.#computeHolidaysOf(year);
    this.#computeHolidaysOf(year + 1);
    const own = this.#ownHours.get(day);
    const dayOff = own === undefined ? this.#dayOffByCalendar(day) : ownDayOff(own);
    const isShort = dayOff === null && this.#isShort(day, year);
    const hours = dayOff === null ? (own?.hours ?? this.#hoursByCalendar(day)) : [];
    const parts = cutEnd(
      hours.map(({ opensAt, closesAt }) => ({
        fromMinute: minutesOfDay(opensAt),
        toMinute: minutesOfDay(closesAt),
      })),
      // Own hours are written out for one date; they already say when that day ends.
      isShort && own === undefined ? this.#shortDayMinutes : 0,
    );
    const replaced = this.#movedTo.get(day);
    return this.#withoutClosures(day, {
      parts,
      dayOff,
      insteadOf: dayOff !== null || replaced === undefined ? null : civilDateOf(replaced),
      isShort,
      isConfirmed: (this.#years.get(year) ?? false) && !this.#provisional.has(day),
    });
  }

  #dayOffByCalendar(day: EpochDay): DayOffReason | null {
    if (this.#movedTo.has(day)) return null;
    const holiday = this.#holidays.get(day);
    if (holiday !== undefined) return { kind: 'holiday', name: holiday };
    const movedOff = this.#movedOff.get(day);
    if (movedOff !== undefined) return movedOff;
    return weekdayHours(this.#calendar, weekdayOf(day)).length === 0 ? WEEKEND : null;
  }

  #hoursByCalendar(day: EpochDay): DayHours {
    return weekdayHours(this.#calendar, weekdayOf(this.#movedTo.get(day) ?? day));
  }

  /** Listed, or in a computed year by Labour Code art. 116: the working day right before a holiday. */
  #isShort(day: EpochDay, year: number): boolean {
    return this.#years.has(year) ? this.#short.has(day) : this.#holidays.has(day + 1);
  }

  #computeHolidaysOf(year: number): void {
    if (this.#years.has(year) || this.#computedYears.has(year)) return;
    this.#computedYears.add(year);
    for (const rule of this.#calendar.holidayRules) {
      if (rule.since !== undefined && year < rule.since) continue;
      const day = dayByRule(rule, year);
      // Radunitsa can fall on 1 or 9 May; the date is then off once, under the name listed first.
      if (!this.#holidays.has(day)) this.#holidays.set(day, rule.name);
    }
  }

  #withoutClosures(day: EpochDay, plan: DayPlan): DayPlan {
    const midnight = day * MINUTES_PER_DAY;
    let { parts, dayOff, isConfirmed } = plan;
    for (const { fromMinute, toMinute, source, confirmed } of this.#closures) {
      if (dayOff !== null || toMinute <= midnight || fromMinute >= midnight + MINUTES_PER_DAY) continue;
      parts = parts.flatMap((part) => [
        ...atLeastOneMinute(part.fromMinute, Math.min(part.toMinute, fromMinute - midnight)),
        ...atLeastOneMinute(Math.max(part.fromMinute, toMinute - midnight), part.toMinute),
      ]);
      isConfirmed &&= confirmed;
      if (parts.length === 0) dayOff = { kind: 'closure', source };
    }
    return { ...plan, parts, dayOff, isConfirmed, insteadOf: dayOff === null ? plan.insteadOf : null };
  }
}

function ownDayOff(own: Calendar['ownHours'][number]): DayOffReason | null {
  return own.hours.length === 0 ? { kind: 'own-day-off', source: own.source } : null;
}

function cutEnd(parts: readonly WorkingPart[], minutes: number): readonly WorkingPart[] {
  const last = parts.at(-1);
  // A part that is shorter than the cut stays: a short day is still a working day.
  if (last === undefined || last.toMinute - minutes <= last.fromMinute) return parts;
  return [...parts.slice(0, -1), { fromMinute: last.fromMinute, toMinute: last.toMinute - minutes }];
}

function atLeastOneMinute(fromMinute: number, toMinute: number): WorkingPart[] {
  return fromMinute < toMinute ? [{ fromMinute, toMinute }] : [];
}

function dayByRule(rule: HolidayRule, year: number): EpochDay {
  return 'month' in rule.on
    ? epochDayOf(year, rule.on.month, rule.on.day)
    : orthodoxEaster(year) + rule.on.daysAfterOrthodoxEaster;
}

function dayNumber(date: string): EpochDay {
  const day = parseCivilDate(date);
  if (day === null) throw new RangeError(`not a date: ${date}; calendars go through parseCalendar`);
  return day;
}

function localMinute(dateTime: string): number {
  return dayNumber(dateTime.slice(0, 10)) * MINUTES_PER_DAY + minutesOfDay(dateTime.slice(11));
}
