import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  civilDateOf,
  datePartsOf,
  epochDayOf,
  parseCivilDate,
  weekdayOf,
} from '#shared/calendar/civil-date.ts';

const anyDay = fc.integer({ min: epochDayOf(1600, 1, 1), max: epochDayOf(2400, 12, 31) });

it('numbers days as the platform does', () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      const date = new Date(day * 86_400_000);
      expect(civilDateOf(day)).toBe(date.toISOString().slice(0, 10));
      expect(datePartsOf(day)).toEqual({
        year: date.getUTCFullYear(),
        month: date.getUTCMonth() + 1,
        day: date.getUTCDate(),
      });
      expect(weekdayOf(day)).toBe(date.getUTCDay() === 0 ? 7 : date.getUTCDay());
      expect(parseCivilDate(civilDateOf(day))).toBe(day);
    }),
  );
});

it.each([
  '2026-02-29',
  '2026-13-01',
  '2026-00-10',
  '2026-01-00',
  '2026-1-1',
  '26-01-01',
  '2026-01-01T00:00',
  '',
])('refuses %j, which is no date', (text) => {
  expect(parseCivilDate(text)).toBeNull();
});
