import DateHolidays from 'date-holidays';
import { describe, expect, it } from 'vitest';
import { civilDateOf, epochDayOf } from '#shared/calendar/civil-date.ts';
import { compileDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import { orthodoxEaster } from '#shared/calendar/orthodox-easter.ts';
import { RADUNITSA, isHoliday, isShort, isWorked } from './day-walk.ts';

const calendar = compileDefaultCalendar();
const full = calendar.workingTime(0);
const short = calendar.workingTime(60);
const HOUR_MS = 3_600_000;

function daysOf(year: number): number[] {
  const first = epochDayOf(year, 1, 1);
  return Array.from({ length: epochDayOf(year + 1, 1, 1) - first }, (_, i) => first + i);
}

describe.each([
  // Working days and hours of the official annual norm for a 40-hour week (Ministry of Labour).
  [2020, 255, 2032],
  [2021, 257, 2050],
  [2022, 255, 2037],
  [2023, 252, 2011],
  [2024, 253, 2016],
  [2025, 252, 2007],
  [2026, 254, 2024],
  [2027, 257, 2050],
])('%i', (year, workingDays, normHours) => {
  const days = daysOf(year);
  const yearStart = full.endOfDay(epochDayOf(year, 1, 1) - 1);
  const yearEnd = full.endOfDay(epochDayOf(year, 12, 31));

  it('has the official number of working days', () => {
    expect(days.filter((day) => full.isWorkingDay(day))).toHaveLength(workingDays);
    expect(full.workingDaysBetween(epochDayOf(year, 1, 1), epochDayOf(year, 12, 31))).toBe(workingDays);
  });

  it('has the official norm of hours once the lunch hour of each day is taken off', () => {
    expect(short.workingMsBetween(yearStart, yearEnd) / HOUR_MS - workingDays).toBe(normHours);
    expect(full.workingMsBetween(yearStart, yearEnd)).toBe(workingDays * 9 * HOUR_MS);
  });

  it('agrees date by date with a walk over the decrees', () => {
    for (const day of days) {
      const date = civilDateOf(day);
      const worked = isWorked(date);
      expect([date, full.isWorkingDay(day), full.planOf(day).isShort]).toEqual([date, worked, isShort(date)]);
      expect([date, full.whyNotWorking(day)?.kind === 'holiday']).toEqual([date, isHoliday(date)]);
    }
  });

  it('agrees with date-holidays wherever that is right', () => {
    const known = new DateHolidays('BY')
      .getHolidays(year)
      .filter(({ type }) => type === 'public')
      .map(({ date }) => date.slice(0, 10));
    const ours = days
      .filter((day) => full.whyNotWorking(day)?.kind === 'holiday')
      .map((day) => civilDateOf(day));
    // Its two known defects for Belarus: 2 January is missing, and it knows no moved days.
    expect(known).not.toContain(`${year}-01-02`);
    expect([...new Set(known), `${year}-01-02`].toSorted()).toEqual(ours);
  });
});

describe('years without data', () => {
  it('have the holidays of the rules, short days before them, and no moved days', () => {
    const holidays = daysOf(2028)
      .filter((day) => full.whyNotWorking(day)?.kind === 'holiday')
      .map((day) => civilDateOf(day).slice(5));
    expect(holidays).toEqual([
      '01-01',
      '01-02',
      '01-07',
      '03-08',
      '04-25',
      '05-01',
      '05-09',
      '07-03',
      '11-07',
      '12-25',
    ]);
    expect(
      daysOf(2028)
        .filter((day) => full.planOf(day).isShort)
        .map((day) => civilDateOf(day).slice(5)),
    ).toEqual(['01-06', '03-07', '04-24', '05-08', '11-06']);
  });

  it('did not have 2 January before 2020', () => {
    expect(full.whyNotWorking(epochDayOf(2019, 1, 2))).toBeNull();
    expect(full.whyNotWorking(epochDayOf(2020, 1, 2))).toEqual({ kind: 'holiday', name: 'new-year' });
  });

  it('are unconfirmed throughout, as is provisional 2027; 2020-2026 are confirmed', () => {
    expect(full.isConfirmed(epochDayOf(2020, 1, 1), epochDayOf(2026, 12, 31))).toBe(true);
    for (const year of [2019, 2027, 2028, 2050]) {
      expect(daysOf(year).some((day) => full.isConfirmed(day, day))).toBe(false);
    }
  });

  it('let a year end short before a computed New Year', () => {
    expect(full.planOf(epochDayOf(2029, 12, 31)).isShort).toBe(true);
  });
});

describe('Orthodox Easter', () => {
  it.each([...RADUNITSA, '2028-04-25', '2029-04-17', '2030-05-07'])('puts Radunitsa on %s', (date) => {
    expect(civilDateOf(orthodoxEaster(Number(date.slice(0, 4))) + 9)).toBe(date);
  });
});

describe('the reason for a day off', () => {
  it.each([
    ['2026-04-18', { kind: 'weekend' }],
    ['2026-04-20', { kind: 'moved-off', workedOn: '2026-04-25' }],
    ['2026-04-21', { kind: 'holiday', name: 'radunitsa' }],
    ['2026-11-07', { kind: 'holiday', name: 'october-revolution-day' }],
  ])('%s', (date, reason) => {
    const day = epochDayOf(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8)));
    expect(full.whyNotWorking(day)).toMatchObject(reason);
  });

  it('is none on a working Saturday, which names the day it stands for', () => {
    const saturday = full.planOf(epochDayOf(2026, 4, 25));
    expect(saturday).toMatchObject({ dayOff: null, insteadOf: '2026-04-20', isShort: true });
    expect(short.closingOf(epochDayOf(2026, 4, 25))).toBe(Date.parse('2026-04-25T17:00:00+03:00'));
    expect(full.closingOf(epochDayOf(2026, 4, 25))).toBe(Date.parse('2026-04-25T18:00:00+03:00'));
  });
});
