import { epochDayOf, type EpochDay } from './civil-date.ts';

/**
 * Orthodox Easter Sunday of a year, as a date of the civil calendar.
 *
 * Meeus, Astronomical Algorithms (1991), ch. 8: the date in the Julian calendar, moved by the distance between
 * the calendars. That distance changes in late February of century years, before Easter, so it is constant
 * within a year's spring.
 */
export function orthodoxEaster(year: number): EpochDay {
  const a = year % 4;
  const b = year % 7;
  const c = year % 19;
  const d = (19 * c + 15) % 30;
  const e = (2 * a + 4 * b - d + 34) % 7;
  const julianMonth = Math.floor((d + e + 114) / 31);
  const julianDay = ((d + e + 114) % 31) + 1;
  const julianLag = Math.floor(year / 100) - Math.floor(year / 400) - 2;
  return epochDayOf(year, julianMonth, julianDay) + julianLag;
}
