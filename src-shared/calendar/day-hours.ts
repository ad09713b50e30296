import type { Calendar } from './calendar.ts';

/** Working hours of one day in order of time, as the calendar writes them. */
export type DayHours = Calendar['weeklyHours']['monday'];

/** Minutes from midnight to a time `HH:mm` of the wall clock; `24:00` is 1440. */
export function minutesOfDay(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** The hours that a calendar's ordinary week has on an ISO weekday (1 is Monday). */
export function weekdayHours({ weeklyHours }: Calendar, weekday: number): DayHours {
  const { monday, tuesday, wednesday, thursday, friday, saturday, sunday } = weeklyHours;
  return [monday, tuesday, wednesday, thursday, friday, saturday, sunday][weekday - 1] ?? [];
}
