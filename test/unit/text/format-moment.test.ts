import { expect, it } from 'vitest';
import { formatDate, formatMoment, formatTime, formatWeekday } from '#shared/text/format-moment.ts';

it.each([
  ['2026-11-06T14:05:59.999Z', '06.11.2026 17:05', 'пт', 'пт', 'Fri'],
  ['2026-11-09T21:00:00Z', '10.11.2026 00:00', 'вт', 'аў', 'Tue'],
  ['2026-11-08T20:59:59Z', '08.11.2026 23:59', 'вс', 'нд', 'Sun'],
  ['2026-11-12T09:00:00Z', '12.11.2026 12:00', 'чт', 'чц', 'Thu'],
  ['2011-02-01T10:00:00Z', '01.02.2011 12:00', 'вт', 'аў', 'Tue'],
  ['1969-12-31T20:59:00Z', '31.12.1969 23:59', 'ср', 'ср', 'Wed'],
])('%s is %s in Minsk', (instant, text, ru, be, en) => {
  const at = Date.parse(instant);
  expect(formatMoment(at)).toBe(text);
  expect(`${formatDate(at)} ${formatTime(at)}`).toBe(text);
  expect([formatWeekday(at, 'ru'), formatWeekday(at, 'be'), formatWeekday(at, 'en')]).toEqual([ru, be, en]);
});

it('can show another zone', () => {
  expect(formatMoment(Date.parse('2026-11-06T14:05:00Z'), 'Pacific/Honolulu')).toBe('06.11.2026 04:05');
});
