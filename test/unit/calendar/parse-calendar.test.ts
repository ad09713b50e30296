import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Calendar } from '#shared/calendar/calendar.ts';
import { epochDayOf } from '#shared/calendar/civil-date.ts';
import { DayPlanner } from '#shared/calendar/day-plan.ts';
import { readDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import { parseCalendar, type CalendarError } from '#shared/calendar/parse-calendar.ts';

const provenance = { source: 'test', status: 'confirmed' } as const;

function changed(change: (calendar: Calendar) => void): Calendar {
  const calendar = structuredClone(readDefaultCalendar());
  change(calendar);
  return calendar;
}

function errorOf(json: unknown): CalendarError | null {
  const parsed = parseCalendar(json);
  return parsed.ok ? null : parsed.error;
}

describe('the shipped calendar', () => {
  it('is accepted, also after a trip through JSON', () => {
    const calendar = readDefaultCalendar();
    const parsed = parseCalendar(JSON.parse(JSON.stringify(calendar)));
    expect(parsed).toEqual({ ok: true, value: calendar });
  });

  it('names every holiday in three languages, without Latin letters in the Cyrillic ones', () => {
    for (const { ru, be, en } of Object.values(readDefaultCalendar().holidayNames)) {
      expect(ru).toMatch(/^[А-Яа-яЁё() ]+$/u);
      expect(be).toMatch(/^[А-Яа-яЁёІіЎў() ]+$/u);
      expect(en).toMatch(/^[A-Za-z' ]+$/u);
    }
  });

  it('calls nothing of 2027 that no decree supports confirmed', () => {
    const { years, movedDays } = readDefaultCalendar();
    expect(years.filter(({ status }) => status === 'provisional').map(({ year }) => year)).toEqual([2027]);
    expect(movedDays.filter(({ status }) => status === 'provisional').map(({ dayOff }) => dayOff)).toEqual([
      '2027-05-10',
    ]);
  });
});

describe('parseCalendar refuses', () => {
  it.each([
    ['malformed', null, ''],
    ['malformed', [], ''],
    ['malformed', {}, ''],
    ['malformed', changed((c) => void Object.assign(c, { surprise: 1 })), '/surprise'],
    [
      'malformed',
      changed((c) => void c.holidays.push({ date: '1.1.2026', name: 'new-year', ...provenance })),
      '/holidays/80/date',
    ],
    [
      'malformed',
      changed((c) => void (c.weeklyHours.monday = [{ opensAt: '9:00', closesAt: '18:00' }])),
      '/weeklyHours/monday/0/opensAt',
    ],
  ])('%s: %#', (kind, json, path) => {
    expect(errorOf(json)).toMatchObject({ kind, path });
  });

  it.each<[CalendarError['kind'], string, (calendar: Calendar) => void]>([
    ['unknown-zone', 'a zone that does not exist', (c) => (c.zone = 'Europe/Nowhere')],
    ['impossible-date', '30 February', (c) => c.shortDays.push({ date: '2026-02-30', ...provenance })],
    [
      'impossible-date',
      'a closure that begins on no date',
      (c) => c.closures.push({ from: '2026-02-30T10:00', to: '2026-03-01T10:00', ...provenance }),
    ],
    [
      'hours-out-of-order',
      'closing before opening',
      (c) => (c.weeklyHours.friday = [{ opensAt: '18:00', closesAt: '09:00' }]),
    ],
    [
      'impossible-date',
      'a rule for 30 February',
      (c) => c.holidayRules.push({ name: 'new-year', on: { month: 2, day: 30 } }),
    ],
    [
      'impossible-date',
      'a rule for 29 February, which would be 1 March in other years',
      (c) => c.holidayRules.push({ name: 'new-year', on: { month: 2, day: 29 } }),
    ],
    [
      'hours-out-of-order',
      'parts of a day in the wrong order',
      (c) =>
        (c.weeklyHours.friday = [
          { opensAt: '14:00', closesAt: '18:00' },
          { opensAt: '09:00', closesAt: '13:00' },
        ]),
    ],
    [
      'hours-out-of-order',
      'parts of a day without a break between',
      (c) =>
        (c.weeklyHours.friday = [
          { opensAt: '09:00', closesAt: '13:00' },
          { opensAt: '13:00', closesAt: '18:00' },
        ]),
    ],
    [
      'week-without-work',
      'a service that never works',
      (c) => {
        const { weeklyHours: week } = c;
        week.monday = week.tuesday = week.wednesday = week.thursday = week.friday = [];
      },
    ],
    [
      'hours-overlap',
      'parts of a day that overlap',
      (c) =>
        c.ownHours.push({
          date: '2026-06-01',
          hours: [
            { opensAt: '09:00', closesAt: '13:00' },
            { opensAt: '12:00', closesAt: '18:00' },
          ],
          ...provenance,
        }),
    ],
    [
      'hours-out-of-order',
      'a closure that ends before it begins',
      (c) => c.closures.push({ from: '2026-06-02T10:00', to: '2026-06-01T10:00', ...provenance }),
    ],
    [
      'unknown-holiday-name',
      'a holiday without a name',
      (c) => c.holidays.push({ date: '2026-06-01', name: 'x', ...provenance }),
    ],
    [
      'unknown-holiday-name',
      'a name that every object has',
      (c) => c.holidays.push({ date: '2026-06-01', name: 'toString', ...provenance }),
    ],
    [
      'duplicate-entry',
      'one holiday twice',
      (c) => c.holidays.push({ date: '2026-01-01', name: 'new-year', ...provenance }),
    ],
    [
      'duplicate-entry',
      'one Saturday worked for two days',
      (c) => c.movedDays.push({ dayOff: '2026-05-04', workedOn: '2026-04-25', ...provenance }),
    ],
    [
      'duplicate-entry',
      'a day moved twice',
      (c) => c.movedDays.push({ dayOff: '2026-04-20', workedOn: '2026-05-16', ...provenance }),
    ],
    [
      'duplicate-entry',
      'one short day twice',
      (c) => c.shortDays.push({ date: '2026-04-25', ...provenance }),
    ],
    [
      'duplicate-entry',
      'own hours of one date twice',
      (c) =>
        c.ownHours.push(
          { date: '2026-06-01', hours: [], ...provenance },
          { date: '2026-06-01', hours: [{ opensAt: '09:00', closesAt: '12:00' }], ...provenance },
        ),
    ],
    [
      'duplicate-entry',
      'one closure twice',
      (c) =>
        c.closures.push(
          { from: '2026-06-01T10:00', to: '2026-06-02T10:00', ...provenance },
          { from: '2026-06-01T10:00', to: '2026-06-02T10:00', ...provenance },
        ),
    ],
    ['duplicate-entry', 'one year twice', (c) => c.years.push({ year: 2026, ...provenance })],
    [
      'year-not-listed',
      'a holiday of a year without data',
      (c) => c.holidays.push({ date: '2028-01-01', name: 'new-year', ...provenance }),
    ],
    [
      'year-without-holidays',
      'a year with nothing in it',
      (c) => c.years.push({ year: 2028, ...provenance }),
    ],
    [
      'impossible-move',
      'a Sunday moved off',
      (c) => c.movedDays.push({ dayOff: '2026-06-07', workedOn: '2026-06-13', ...provenance }),
    ],
    [
      'moved-holiday',
      'a holiday moved off',
      (c) => c.movedDays.push({ dayOff: '2026-05-01', workedOn: '2026-05-02', ...provenance }),
    ],
    [
      'impossible-move',
      'a move onto a Tuesday',
      (c) => c.movedDays.push({ dayOff: '2026-06-01', workedOn: '2026-06-02', ...provenance }),
    ],
    [
      'moved-holiday',
      'a move onto a holiday',
      (c) => c.movedDays.push({ dayOff: '2026-06-01', workedOn: '2026-05-09', ...provenance }),
    ],
    ['short-day-off', 'a short Sunday', (c) => c.shortDays.push({ date: '2026-06-07', ...provenance })],
    [
      'short-day-off',
      'a short day that was moved off',
      (c) => c.shortDays.push({ date: '2026-04-20', ...provenance }),
    ],
  ])('%s: %s', (kind, _what, change) => {
    const error = errorOf(changed(change));
    expect(error?.kind).toBe(kind);
    expect(error?.message).toMatch(/^[\w(].{9,}/u);
  });
});

describe('whatever is imported', () => {
  type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

  /** Puts `value` somewhere into a document: at the place that `path` leads to, as far as it leads. */
  function spoiled(json: Json, path: readonly number[], value: Json): Json {
    const [step, ...rest] = path;
    if (step === undefined || typeof json !== 'object' || json === null) return value;
    const entries = Object.entries(json);
    const key = entries[step % Math.max(entries.length, 1)]?.[0];
    if (key === undefined) return value;
    const changed = entries.map(
      ([each, old]) => [each, each === key ? spoiled(old, rest, value) : old] as const,
    );
    return Array.isArray(json) ? changed.map(([, each]) => each) : Object.fromEntries(changed);
  }

  const odd = fc.constantFrom<Json>(
    null,
    [],
    {},
    '',
    -1,
    1e9,
    '24:00',
    '00:00',
    '2026-12-31',
    '2027-01-01',
    '9999-12-31',
    'new-year',
    '__proto__',
    'provisional',
    'Pacific/Apia',
  );

  it('is refused with a known error, or answers for every day', () => {
    const shipped = readDefaultCalendar() as unknown as Json;
    const outcome = fc.check(
      fc.property(fc.array(fc.nat({ max: 200 }), { minLength: 1, maxLength: 5 }), odd, (path, value) => {
        const parsed = parseCalendar(spoiled(shipped, path, value));
        if (!parsed.ok) return parsed.error.message !== '';
        const planner = new DayPlanner(parsed.value, 60);
        const days = Array.from({ length: 62 }, (_, i) => epochDayOf(2026, 12, 1) + i);
        return days.every((day) => {
          const { parts, dayOff } = planner.planOf(day);
          const isInOrder = parts.every(({ fromMinute, toMinute }) => fromMinute < toMinute);
          return isInOrder && (parts.length === 0) === (dayOff !== null);
        });
      }),
      { numRuns: 400 },
    );
    expect(outcome.counterexample).toBeNull();
  });
});
