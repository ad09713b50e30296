import { describe, expect, it } from 'vitest';
import type { Calendar } from '#shared/calendar/calendar.ts';
import { compileCalendar } from '#shared/calendar/compile-calendar.ts';
import { readDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import { findUnconfirmedYear, type UnconfirmedYear } from '#shared/calendar/unconfirmed-year.ts';
import { minsk } from './day-walk.ts';

const shipped = readDefaultCalendar();
const time = compileCalendar(shipped).workingTime(0);

function with2027(change: (calendar: Calendar) => void): Calendar {
  const calendar = structuredClone(shipped);
  for (const entry of [
    ...calendar.years,
    ...calendar.holidays,
    ...calendar.movedDays,
    ...calendar.shortDays,
  ]) {
    entry.status = 'confirmed';
  }
  change(calendar);
  return calendar;
}

function at(moment: string, calendar: Calendar = shipped): UnconfirmedYear | null {
  return findUnconfirmedYear(minsk(moment), calendar, time);
}

describe('the shipped calendar, whose 2027 is provisional', () => {
  it.each([
    ['2026-08-31 23:59', null],
    ['2026-09-01 00:00', { year: 2027, urgency: 'notice' }],
    ['2026-11-30 23:59', { year: 2027, urgency: 'notice' }],
    ['2026-12-01 00:00', { year: 2027, urgency: 'loud' }],
    ['2026-12-31 23:59', { year: 2027, urgency: 'loud' }],
    ['2027-01-01 00:00', { year: 2027, urgency: 'loud' }],
    ['2025-12-15 12:00', null],
    // A year that is not listed at all is computed from the rules.
    ['2019-05-15 12:00', { year: 2019, urgency: 'loud' }],
  ])('at %s', (moment, expected) => {
    expect(at(moment)).toEqual(expected);
  });
});

describe('once 2027 is confirmed', () => {
  const provenance = { source: 'приказ', status: 'provisional' } as const;

  it('there is nothing to ask until 2028 comes near', () => {
    const confirmed = with2027(() => {});
    expect(at('2026-12-15 12:00', confirmed)).toBeNull();
    expect(at('2027-08-31 12:00', confirmed)).toBeNull();
    expect(at('2027-10-01 12:00', confirmed)).toEqual({ year: 2028, urgency: 'notice' });
  });

  it('a single provisional move of the year is enough to ask', () => {
    const doubtful = with2027((calendar) => {
      const move = calendar.movedDays.find(({ dayOff }) => dayOff.startsWith('2027'));
      if (move !== undefined) move.status = 'provisional';
    });
    expect(at('2026-12-15 12:00', doubtful)).toEqual({ year: 2027, urgency: 'loud' });
  });

  it('closures and hours of the service itself are nothing to ask the state about', () => {
    const own = with2027((calendar) => {
      calendar.closures.push({ from: '2027-06-01T00:00', to: '2027-06-02T00:00', ...provenance });
      calendar.ownHours.push({ date: '2027-06-03', hours: [], ...provenance });
    });
    expect(at('2026-12-15 12:00', own)).toBeNull();
  });
});
