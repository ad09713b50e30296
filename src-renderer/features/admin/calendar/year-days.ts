import type { Calendar } from '#shared/calendar/calendar.ts';
import {
  civilDateOf,
  datePartsOf,
  epochDayOf,
  weekdayOf,
  type CivilDate,
  type EpochDay,
} from '#shared/calendar/civil-date.ts';
import { DayPlanner, type DayPlan } from '#shared/calendar/day-plan.ts';
import { dayLook, type DayLook } from './day-look.ts';

/** One day of the year on screen. */
export interface YearDay {
  readonly day: EpochDay;
  readonly date: CivilDate;
  readonly dayOfMonth: number;
  readonly plan: DayPlan;
  readonly look: DayLook;
}

/** A month as weeks from Monday to Sunday; null stands where the week belongs to a neighbour. */
export type MonthWeeks = readonly (readonly (YearDay | null)[])[];

/** The twelve months of a year as a calendar has them, days before holidays shown as short. */
export function monthsOf(calendar: Calendar, year: number): readonly MonthWeeks[] {
  const planner = new DayPlanner(calendar, 60);
  return Array.from({ length: 12 }, (_, index) => {
    const first = epochDayOf(year, index + 1, 1);
    const next = index === 11 ? epochDayOf(year + 1, 1, 1) : epochDayOf(year, index + 2, 1);
    const days: (YearDay | null)[] = Array.from({ length: weekdayOf(first) - 1 }, () => null);
    for (let day = first; day < next; day++) {
      const date = civilDateOf(day);
      const plan = planner.planOf(day);
      days.push({ day, date, dayOfMonth: datePartsOf(day).day, plan, look: dayLook(calendar, date, plan) });
    }
    while (days.length % 7 !== 0) days.push(null);
    return Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7));
  });
}

/** The day that a key leads to from another; null for keys that lead nowhere. PageUp and PageDown go by a month. */
export function dayAfterKey(day: EpochDay, key: string): EpochDay | null {
  const { year, month, day: dayOfMonth } = datePartsOf(day);
  const weekday = weekdayOf(day);
  const inMonth = (step: -1 | 1): EpochDay => {
    const first = epochDayOf(
      month + step < 1 ? year - 1 : month + step > 12 ? year + 1 : year,
      ((month + step + 11) % 12) + 1,
      1,
    );
    const { year: there, month: then } = datePartsOf(first);
    const last = (then === 12 ? epochDayOf(there + 1, 1, 1) : epochDayOf(there, then + 1, 1)) - 1;
    return Math.min(first + dayOfMonth - 1, last);
  };
  switch (key) {
    case 'ArrowLeft':
      return day - 1;
    case 'ArrowRight':
      return day + 1;
    case 'ArrowUp':
      return day - 7;
    case 'ArrowDown':
      return day + 7;
    case 'Home':
      return day - weekday + 1;
    case 'End':
      return day + 7 - weekday;
    case 'PageUp':
      return inMonth(-1);
    case 'PageDown':
      return inMonth(1);
    default:
      return null;
  }
}
