import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Calendar } from '#shared/calendar/calendar.ts';
import { civilDateOf, epochDayOf, parseCivilDate } from '#shared/calendar/civil-date.ts';
import { compileCalendar } from '#shared/calendar/compile-calendar.ts';
import { compileDefaultCalendar, readDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import { parseCalendar } from '#shared/calendar/parse-calendar.ts';
import type { WorkingTime } from '#shared/calendar/working-time.ts';
import {
  closing,
  dateAt,
  isWorked,
  minsk,
  opening,
  receiptMoments,
  servingDate,
  walk,
  walkedWorkingMs,
} from './day-walk.ts';

const calendar = compileDefaultCalendar();
const shortDayMinutes = fc.constantFrom(0 as const, 60 as const);

function workingTimeWith(change: (calendar: Calendar) => void, minutes: 0 | 60 = 0): WorkingTime {
  const changed = structuredClone(readDefaultCalendar());
  change(changed);
  const parsed = parseCalendar(changed);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return compileCalendar(parsed.value).workingTime(minutes);
}

function day(date: string): number {
  return parseCivilDate(date) ?? Number.NaN;
}

describe('working time, against a day-by-day walk', () => {
  it('finds the interval at a moment, the next opening and the serving day', () => {
    fc.assert(
      fc.property(receiptMoments, shortDayMinutes, (at, minutes) => {
        const time = calendar.workingTime(minutes);
        const date = dateAt(at);
        const serving = servingDate(at, minutes);
        const isOpen = isWorked(date) && at >= opening(date) && at < closing(date, minutes);
        expect(time.dateOf(time.dayOf(at))).toBe(date);
        expect(time.dateOf(time.servingDay(at))).toBe(serving);
        expect(time.workingIntervalAt(at)).toEqual(
          isOpen ? { opensAt: opening(date), closesAt: closing(date, minutes) } : null,
        );
        expect(time.nextOpening(at)).toBe(isOpen ? at : opening(serving));
      }),
      { numRuns: 1000 },
    );
  });

  it('counts working days', () => {
    fc.assert(
      fc.property(receiptMoments, fc.integer({ min: 1, max: 15 }), (at, n) => {
        const time = calendar.workingTime(0);
        expect(time.dateOf(time.nthWorkingDayAfter(time.dayOf(at), n))).toBe(walk(dateAt(at), n));
      }),
      { numRuns: 500 },
    );
  });

  it('measures working time between moments, in both directions', () => {
    fc.assert(
      fc.property(
        receiptMoments,
        fc.integer({ min: 0, max: 40 * 86_400_000 }),
        shortDayMinutes,
        (a, span, minutes) => {
          const time = calendar.workingTime(minutes);
          const expected = walkedWorkingMs(a, a + span, minutes);
          expect(time.workingMsBetween(a, a + span)).toBe(expected);
          expect(time.workingMsBetween(a + span, a)).toBe(-expected || 0);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('finds the first moment by which so much working time has passed', () => {
    fc.assert(
      fc.property(
        receiptMoments,
        fc.integer({ min: 1, max: 40 * 3_600_000 }),
        shortDayMinutes,
        (at, workingMs, minutes) => {
          const after = calendar.workingTime(minutes).afterWorkingMs(at, workingMs);
          expect(walkedWorkingMs(at, after, minutes)).toBe(workingMs);
          expect(walkedWorkingMs(at, after - 1, minutes)).toBe(workingMs - 1);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    ['opening', '2026-11-10 09:00', true],
    ['a millisecond before opening', '2026-11-10 08:59:59.999', false],
    ['a millisecond before closing', '2026-11-10 17:59:59.999', true],
    ['closing', '2026-11-10 18:00', false],
  ])('is half-open: %s', (_name, text, isOpen) => {
    const at = Date.parse(`${text.replace(' ', 'T')}+03:00`);
    expect(calendar.workingTime(0).workingIntervalAt(at) !== null).toBe(isOpen);
  });
});

describe('the time zone', () => {
  it.each([
    // Minsk had summer time until March 2011 and has been at +3 since.
    ['2010-01-12', '2010-01-12T09:00:00+02:00'],
    ['2010-07-13', '2010-07-13T09:00:00+03:00'],
    ['2011-03-25', '2011-03-25T09:00:00+02:00'],
    ['2011-03-28', '2011-03-28T09:00:00+03:00'],
    ['2026-01-12', '2026-01-12T09:00:00+03:00'],
    ['2026-07-13', '2026-07-13T09:00:00+03:00'],
  ])('opens at nine by the wall clock of %s', (date, instant) => {
    expect(calendar.workingTime(0).openingOf(day(date))).toBe(Date.parse(instant));
  });

  it('ends a day at midnight of the wall clock, also in the night of a change', () => {
    expect(calendar.workingTime(0).endOfDay(day('2011-03-26'))).toBe(Date.parse('2011-03-27T00:00:00+02:00'));
    expect(calendar.workingTime(0).endOfDay(day('2011-03-27'))).toBe(Date.parse('2011-03-28T00:00:00+03:00'));
  });

  it('follows a zone that changes its clocks twice a year', () => {
    const warsaw = workingTimeWith((c) => (c.zone = 'Europe/Warsaw'));
    expect(warsaw.openingOf(day('2026-03-27'))).toBe(Date.parse('2026-03-27T09:00:00+01:00'));
    expect(warsaw.openingOf(day('2026-03-30'))).toBe(Date.parse('2026-03-30T09:00:00+02:00'));
    expect(warsaw.closingOf(day('2026-10-26'))).toBe(Date.parse('2026-10-26T18:00:00+01:00'));
    expect(warsaw.endOfDay(day('2026-03-29')) - warsaw.endOfDay(day('2026-03-28'))).toBe(23 * 3_600_000);
  });
});

describe('entries of the desk itself', () => {
  const provenance = { source: 'приказ', status: 'confirmed' } as const;

  it('a break leaves two intervals, and a break is not working time', () => {
    const time = workingTimeWith((c) => {
      c.weeklyHours.tuesday = [
        { opensAt: '09:00', closesAt: '13:00' },
        { opensAt: '14:00', closesAt: '18:00' },
      ];
    });
    expect(time.workingIntervalAt(minsk('2026-11-10 13:30'))).toBeNull();
    expect(time.nextOpening(minsk('2026-11-10 13:30'))).toBe(minsk('2026-11-10 14:00'));
    expect(time.workingMsBetween(minsk('2026-11-10 12:00'), minsk('2026-11-10 15:00'))).toBe(2 * 3_600_000);
    expect(time.sameClockTime(minsk('2026-11-09 13:30'), day('2026-11-10'))).toBe(minsk('2026-11-10 13:00'));
    expect(time.closingOf(day('2026-11-10'))).toBe(minsk('2026-11-10 18:00'));
  });

  it('a closure over whole days takes them out of the count and says why', () => {
    const time = workingTimeWith((c) =>
      c.closures.push({ from: '2026-11-11T00:00', to: '2026-11-13T00:00', ...provenance }),
    );
    expect(time.whyNotWorking(day('2026-11-11'))).toEqual({ kind: 'closure', source: 'приказ' });
    expect(time.whyNotWorking(day('2026-11-12'))).toEqual({ kind: 'closure', source: 'приказ' });
    expect(civilDateOf(time.nthWorkingDayAfter(day('2026-11-10'), 1))).toBe('2026-11-13');
  });

  it('a closure over some hours leaves a working day', () => {
    const time = workingTimeWith((c) =>
      c.closures.push({ from: '2026-11-11T12:00', to: '2026-11-11T15:00', ...provenance }),
    );
    expect(time.isWorkingDay(day('2026-11-11'))).toBe(true);
    expect(time.workingIntervalAt(minsk('2026-11-11 16:00'))?.opensAt).toBe(minsk('2026-11-11 15:00'));
    expect(time.workingMsBetween(minsk('2026-11-11 00:00'), minsk('2026-11-12 00:00'))).toBe(6 * 3_600_000);
  });

  it('own hours open a holiday, close a working day and outrank a move', () => {
    const time = workingTimeWith((c) =>
      c.ownHours.push(
        { date: '2026-05-01', hours: [{ opensAt: '10:00', closesAt: '14:00' }], ...provenance },
        { date: '2026-11-10', hours: [], ...provenance },
        { date: '2026-04-20', hours: [{ opensAt: '09:00', closesAt: '24:00' }], ...provenance },
      ),
    );
    expect(time.closingOf(day('2026-05-01'))).toBe(minsk('2026-05-01 14:00'));
    expect(time.whyNotWorking(day('2026-11-10'))).toEqual({ kind: 'own-day-off', source: 'приказ' });
    expect(time.closingOf(day('2026-11-10'))).toBeNull();
    expect(time.closingOf(day('2026-04-20'))).toBe(minsk('2026-04-21 00:00'));
  });

  it('own hours are not shortened again on a short day', () => {
    const hours = [{ opensAt: '09:00', closesAt: '15:00' }];
    const time = workingTimeWith((c) => c.ownHours.push({ date: '2026-11-06', hours, ...provenance }), 60);
    expect(time.closingOf(day('2026-11-06'))).toBe(minsk('2026-11-06 15:00'));
    expect(time.closingOf(day('2026-12-24'))).toBe(minsk('2026-12-24 17:00'));
  });

  it('a short day stays a working day, however little work it has', () => {
    const time = workingTimeWith(
      (c) => (c.weeklyHours.friday = [{ opensAt: '09:00', closesAt: '10:00' }]),
      60,
    );
    expect(time.closingOf(day('2026-11-06'))).toBe(minsk('2026-11-06 10:00'));
  });

  it('a working Saturday that is closed stands for nothing', () => {
    const time = workingTimeWith((c) =>
      c.closures.push({ from: '2026-04-25T00:00', to: '2026-04-26T00:00', ...provenance }),
    );
    expect(time.planOf(day('2026-04-25'))).toMatchObject({
      dayOff: { kind: 'closure' },
      insteadOf: null,
      parts: [],
    });
  });

  it('a holiday by rule begins in its first year', () => {
    const time = workingTimeWith((c) =>
      c.holidayRules.push({ name: 'labour-day', on: { month: 6, day: 3 }, since: 2030 }),
    );
    expect(['2029-06-03', '2030-06-03', '2031-06-03'].map((d) => time.whyNotWorking(day(d))?.kind)).toEqual([
      'weekend',
      'holiday',
      'holiday',
    ]);
  });

  it('a provisional move marks both of its days', () => {
    const time = workingTimeWith((c) =>
      c.movedDays.push({
        dayOff: '2026-06-01',
        workedOn: '2026-06-06',
        source: 'слух',
        status: 'provisional',
      }),
    );
    const marked = [
      '2026-05-31',
      '2026-06-01',
      '2026-06-02',
      '2026-06-05',
      '2026-06-06',
      '2026-06-07',
    ].filter((d) => !time.isConfirmed(day(d), day(d)));
    expect(marked).toEqual(['2026-06-01', '2026-06-06']);
  });

  it('a provisional closure marks its own day only', () => {
    const time = workingTimeWith((c) =>
      c.closures.push({
        from: '2026-11-11T00:00',
        to: '2026-11-12T00:00',
        source: 'слух',
        status: 'provisional',
      }),
    );
    expect(time.isConfirmed(day('2026-11-10'), day('2026-11-10'))).toBe(true);
    expect(time.isConfirmed(day('2026-11-11'), day('2026-11-11'))).toBe(false);
    expect(time.isConfirmed(day('2026-11-12'), day('2026-12-31'))).toBe(true);
  });
});

describe('moments that no letter should have', () => {
  it.each([-1e15, -1, 0, 4e12, 1e15, 8.64e15])('%d still gets a working day inside the tables', (at) => {
    const time = calendar.workingTime(0);
    const serving = time.servingDay(at);
    expect(time.isWorkingDay(serving)).toBe(true);
    expect(serving).toBeGreaterThanOrEqual(epochDayOf(1970, 1, 1));
    expect(serving).toBeLessThanOrEqual(epochDayOf(2099, 12, 31));
    expect(time.workingMsBetween(at, at)).toBe(0);
  });
});
