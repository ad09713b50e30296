import { describe, expect, test } from 'vitest';
import { snoozePresets } from '#renderer/features/ticket/snooze-presets.ts';
import { compileDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import { formatMoment } from '#shared/text/format-moment.ts';

const time = compileDefaultCalendar().workingTime(0);

/** A moment of Minsk, which is three hours ahead of UTC. */
const minsk = (text: string) => Date.parse(`${text}:00+03:00`);

const offered = (now: string) =>
  snoozePresets(minsk(now), time).map(({ kind, until }) => `${kind} ${formatMoment(until)}`);

describe('moments to put a ticket off to', () => {
  test('on an ordinary morning', () => {
    expect(offered('2026-11-10T10:15')).toEqual([
      'later-today 10.11.2026 13:00',
      'next-morning 11.11.2026 09:00',
      'three-days 13.11.2026 09:00',
      'next-monday 16.11.2026 09:00',
    ]);
  });

  test('before opening the next morning is this one', () => {
    expect(offered('2026-11-10T07:30')[0]).toBe('next-morning 10.11.2026 09:00');
    expect(offered('2026-11-10T07:30')).toContain('later-today 10.11.2026 10:00');
  });

  test('two hours before opening it is still called the morning, once', () => {
    expect(offered('2026-11-10T06:30').slice(0, 2)).toEqual([
      'next-morning 10.11.2026 09:00',
      'three-days 13.11.2026 09:00',
    ]);
  });

  test('late in the day nothing is left of it', () => {
    expect(offered('2026-11-10T16:30')[0]).toBe('next-morning 11.11.2026 09:00');
  });

  test('on Friday evening the next morning is Monday, once', () => {
    expect(offered('2026-11-13T18:30')).toEqual([
      'next-morning 16.11.2026 09:00',
      'three-days 18.11.2026 09:00',
    ]);
  });

  test('before a holiday and a weekend', () => {
    // Friday 25.12 is a holiday.
    expect(offered('2026-12-24T15:00')).toEqual([
      'later-today 24.12.2026 17:00',
      'next-morning 28.12.2026 09:00',
      'three-days 30.12.2026 09:00',
    ]);
  });

  test('a working Saturday is a morning, a day moved off and Radunitsa are none', () => {
    // Monday 20.04 is worked on Saturday 25.04; Tuesday 21.04 is Radunitsa.
    expect(offered('2026-04-17T10:00')).toEqual([
      'later-today 17.04.2026 12:00',
      'next-morning 22.04.2026 09:00',
      'three-days 24.04.2026 09:00',
    ]);
    expect(offered('2026-04-24T17:00')).toEqual([
      'next-morning 25.04.2026 09:00',
      'next-monday 27.04.2026 09:00',
      'three-days 28.04.2026 09:00',
    ]);
  });
});
