import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  civilDateOf,
  datePartsOf,
  epochDayOf,
  weekdayOf,
  type CivilDate,
} from '#shared/calendar/civil-date.ts';
import { compileCalendar } from '#shared/calendar/compile-calendar.ts';
import { readDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import { parseCalendar } from '#shared/calendar/parse-calendar.ts';
import { parseDateText, parseLocalMoment } from '#renderer/features/admin/calendar/date-text.ts';
import { dayEntry, withDayEntry, type DayEntry } from '#renderer/features/admin/calendar/edit-day.ts';
import {
  withYearConfirmed,
  withYearListed,
  yearStanding,
} from '#renderer/features/admin/calendar/edit-year.ts';
import { formatHours, parseHours } from '#renderer/features/admin/calendar/hours-text.ts';
import { dayAfterKey, monthsOf } from '#renderer/features/admin/calendar/year-days.ts';

const shipped = readDefaultCalendar();
const said = { source: 'Приказ № 1', status: 'confirmed' } as const;
const entry = (part: Partial<DayEntry>): DayEntry => ({
  kind: 'ordinary',
  name: 'new-year',
  otherDate: '',
  hours: [],
  isShort: false,
  ...said,
  ...part,
});
const faultOf = (calendar: unknown) => {
  const parsed = parseCalendar(calendar);
  return parsed.ok ? null : parsed.error.kind;
};

describe('hours and dates as they are typed', () => {
  test.each([
    ['09:00–18:00', [{ opensAt: '09:00', closesAt: '18:00' }]],
    [
      ' 9.00 - 13.00 ; 14:00—24:00',
      [
        { opensAt: '09:00', closesAt: '13:00' },
        { opensAt: '14:00', closesAt: '24:00' },
      ],
    ],
    ['', []],
    ['9-18', null],
    ['09:00-25:00', null],
    ['09:00-24:30', null],
    ['утром', null],
  ])('%j', (text, hours) => {
    expect(parseHours(text)).toEqual(hours);
    expect(hours === null ? null : parseHours(formatHours(hours))).toEqual(hours);
  });

  test.each([
    ['1.2.2027', '2027-02-01'],
    ['29.02.2028', '2028-02-29'],
    ['30.02.2027', null],
    ['2027-02-01', null],
  ])('the date %j', (text, date) => expect(parseDateText(text)).toBe(date));

  test.each([
    ['13.11.2026 18:30', '2026-11-13T18:30'],
    ['13.11.2026, 9.05', '2026-11-13T09:05'],
    ['13.11.2026', '2026-11-13T00:00'],
    ['13.11.2026 25:00', null],
    ['завтра', null],
  ])('the moment %j', (text, moment) => expect(parseLocalMoment(text)).toBe(moment));
});

describe('a day of the calendar', () => {
  test('is read as it stands, and put back changes nothing', () => {
    const days: [CivilDate, Partial<DayEntry>][] = [
      ['2026-04-20', { kind: 'moved-off', otherDate: '2026-04-25' }],
      ['2026-04-25', { kind: 'worked', otherDate: '2026-04-20', isShort: true }],
      ['2026-05-01', { kind: 'holiday', name: 'labour-day' }],
      ['2026-12-24', { kind: 'ordinary', isShort: true }],
      ['2026-11-23', { kind: 'ordinary', isShort: false }],
    ];
    for (const [date, part] of days) {
      const read = dayEntry(shipped, date);
      expect({ date, ...read }).toMatchObject({ date, ...part });
    }
    for (const [date] of days.filter(([, { kind, isShort }]) => kind !== 'worked' || isShort !== true)) {
      expect(withDayEntry(shipped, date, dayEntry(shipped, date))).toEqual(shipped);
    }
  });

  test('becomes a holiday, own hours, a day off and ordinary again', () => {
    const date = '2026-11-23';
    const own = withDayEntry(
      shipped,
      date,
      entry({ kind: 'own-hours', hours: [{ opensAt: '10:00', closesAt: '12:00' }] }),
    );
    expect(own.ownHours).toEqual([{ date, hours: [{ opensAt: '10:00', closesAt: '12:00' }], ...said }]);
    const closed = withDayEntry(own, date, entry({ kind: 'closed' }));
    expect(closed.ownHours).toEqual([{ date, hours: [], ...said }]);
    const holiday = withDayEntry(closed, date, entry({ kind: 'holiday', name: 'new-year' }));
    expect(holiday.ownHours).toEqual([]);
    expect(holiday.holidays).toContainEqual({ date, name: 'new-year', ...said });
    expect(withDayEntry(holiday, date, entry({}))).toEqual(shipped);
    for (const calendar of [own, closed, holiday]) expect(faultOf(calendar)).toBeNull();
  });

  test('own hours lie on top of a holiday, which is there again without them', () => {
    const worked = withDayEntry(
      shipped,
      '2026-12-25',
      entry({ kind: 'own-hours', hours: [{ opensAt: '10:00', closesAt: '12:00' }] }),
    );
    expect(worked.holidays).toEqual(shipped.holidays);
  });

  test('is moved with its other side, and a day that is no longer worked is no longer short', () => {
    const freed = withDayEntry(shipped, '2026-04-20', entry({}));
    expect(freed.movedDays).toHaveLength(shipped.movedDays.length - 1);
    expect(freed.shortDays.map(({ date }) => date)).not.toContain('2026-04-25');
    expect(faultOf(freed)).toBeNull();
    const again = withDayEntry(freed, '2026-04-25', entry({ kind: 'worked', otherDate: '2026-04-20' }));
    expect(dayEntry(again, '2026-04-20')).toMatchObject({ kind: 'moved-off', otherDate: '2026-04-25' });
    expect(faultOf(again)).toBeNull();
    const elsewhere = withDayEntry(
      again,
      '2026-04-20',
      entry({ kind: 'moved-off', otherDate: '2026-05-16' }),
    );
    expect(dayEntry(elsewhere, '2026-04-25').kind).toBe('ordinary');
    expect(faultOf(elsewhere)).toBeNull();
  });

  test.each<[string, CivilDate, Partial<DayEntry>]>([
    [
      'hours-overlap',
      '2026-11-23',
      {
        kind: 'own-hours',
        hours: [
          { opensAt: '09:00', closesAt: '13:00' },
          { opensAt: '12:00', closesAt: '18:00' },
        ],
      },
    ],
    [
      'hours-out-of-order',
      '2026-11-23',
      { kind: 'own-hours', hours: [{ opensAt: '18:00', closesAt: '09:00' }] },
    ],
    ['moved-holiday', '2026-11-23', { kind: 'moved-off', otherDate: '2026-11-07' }],
    ['impossible-move', '2026-11-23', { kind: 'moved-off', otherDate: '2026-11-24' }],
    ['impossible-move', '2026-11-28', { kind: 'moved-off', otherDate: '2026-11-29' }],
    ['duplicate-entry', '2026-11-28', { kind: 'worked', otherDate: '2026-11-28' }],
    ['short-day-off', '2026-11-28', { isShort: true }],
    ['year-not-listed', '2028-03-08', { kind: 'holiday' }],
    ['malformed', '2026-11-23', { kind: 'holiday', source: ' ' }],
  ])('is refused: %s on %s', (kind, date, part) => {
    expect(faultOf(withDayEntry(shipped, date, entry(part)))).toBe(kind);
  });
});

describe('a year of the calendar', () => {
  test('that is begun counts as before, and can be edited and confirmed', () => {
    expect(yearStanding(shipped, 2028)).toBe('computed');
    const begun = withYearListed(shipped, 2028, 'По правилам');
    expect(yearStanding(begun, 2028)).toBe('provisional');
    expect(faultOf(begun)).toBeNull();
    const before = compileCalendar(shipped).workingTime(60);
    const after = compileCalendar(begun).workingTime(60);
    for (let day = epochDayOf(2027, 12, 1); day < epochDayOf(2029, 2, 1); day++) {
      expect([day, after.closingOf(day)]).toEqual([day, before.closingOf(day)]);
    }
    const confirmed = withYearConfirmed(begun, 2028, 'Постановление № 7');
    expect(yearStanding(confirmed, 2028)).toBe('confirmed');
    expect(confirmed.years.at(-1)).toEqual({ year: 2028, source: 'Постановление № 7', status: 'confirmed' });
    expect(faultOf(confirmed)).toBeNull();
  });

  test('that ships unconfirmed keeps the sources that were confirmed before', () => {
    expect(yearStanding(shipped, 2027)).toBe('provisional');
    const confirmed = withYearConfirmed(shipped, 2027, 'Постановление № 7');
    expect(yearStanding(confirmed, 2027)).toBe('confirmed');
    expect(confirmed.movedDays.at(-1)?.source).toBe('Постановление № 7');
    expect(confirmed.holidays).toEqual(shipped.holidays);
    expect(yearStanding(confirmed, 2026)).toBe('confirmed');
  });

  test('has every day once, in weeks that begin on Monday', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2020, max: 2098 }), (year) => {
        const months = monthsOf(shipped, year);
        const days = months.flat(2).flatMap((each) => (each === null ? [] : [each.day]));
        expect(days).toEqual(
          Array.from(
            { length: epochDayOf(year + 1, 1, 1) - epochDayOf(year, 1, 1) },
            (_, at) => epochDayOf(year, 1, 1) + at,
          ),
        );
        for (const week of months.flat()) {
          expect(week).toHaveLength(7);
          expect(week.every((each, at) => each === null || weekdayOf(each.day) === at + 1)).toBe(true);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('shows what each day is', () => {
    const looks = new Map(
      monthsOf(shipped, 2026)
        .flat(2)
        .flatMap((each) => (each === null ? [] : [[each.date, each.look]])),
    );
    expect(
      (['2026-04-18', '2026-04-20', '2026-04-21', '2026-04-24', '2026-04-25', '2026-12-24'] as const).map(
        (date) => looks.get(date),
      ),
    ).toEqual(['weekend', 'moved-off', 'holiday', 'working', 'worked', 'short']);
  });

  test.each([
    ['ArrowUp', '2026-03-31', '2026-03-24'],
    ['ArrowRight', '2026-12-31', '2027-01-01'],
    ['PageUp', '2026-03-31', '2026-02-28'],
    ['PageUp', '2026-01-15', '2025-12-15'],
    ['PageDown', '2026-12-31', '2027-01-31'],
    ['Home', '2026-11-25', '2026-11-23'],
    ['End', '2026-11-25', '2026-11-29'],
  ])('%s leads from %s to %s', (key, from, to) => {
    const [year = 0, month = 0, day = 0] = from.split('-').map(Number);
    const next = dayAfterKey(epochDayOf(year, month, day), key);
    expect(next === null ? null : civilDateOf(next)).toBe(to);
    expect(datePartsOf(next ?? 0).year).toBe(Number(to.slice(0, 4)));
  });

  test('other keys lead nowhere', () => expect(dayAfterKey(0, 'Enter')).toBeNull());
});
