import { describe, expect, test } from 'vitest';
import { compileDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import { defaultDeadlinePolicy } from '#shared/regulation/deadline-policy.ts';
import { describeDue } from '#renderer/features/queue/describe-due.ts';
import { shortDay } from '#renderer/features/queue/short-day.ts';
import { claimEndsAt } from '#renderer/state/claim-ends-at.ts';
import { receivedAt } from './sample-ticket.ts';

const calendar = compileDefaultCalendar();
const time = calendar.workingTime(0);
/** Minsk time in November 2026. */
const at = (day: number, hour: number, minute = 0) => Date.UTC(2026, 10, day, hour - 3, minute);
const due = (now: number) =>
  describeDue({ reactionStartedAt: receivedAt }, now, calendar, defaultDeadlinePolicy);

describe('a deadline in words (received Tue 10.11 10:15, due Fri 13.11 18:00)', () => {
  test.each([
    [at(10, 10, 15), 'ok', 'days', 3],
    [at(11, 18), 'ok', 'days', 2],
    [at(13, 9), 'ok', 'days', 1],
    [at(13, 10), 'ok', 'hours', 8],
    [at(13, 10, 16), 'at-risk', 'hours', 7],
    [at(13, 16, 1), 'at-risk', 'minutes', 119],
    [at(13, 18), 'at-risk', 'minutes', 0],
    [at(13, 18, 1), 'overdue', 'minutes', 0],
    [at(15, 12), 'overdue', 'minutes', 0],
    [at(16, 12), 'overdue', 'hours', 3],
    [at(17, 9, 30), 'overdue', 'days', 1],
  ] as const)('%d', (now, state, unit, count) => {
    expect(due(now)).toMatchObject({ state, unit, count, deadlineAt: at(13, 18), mayMove: false });
  });

  test('says nothing while nobody waits', () => {
    expect(describeDue({ reactionStartedAt: null }, receivedAt, calendar, defaultDeadlinePolicy)).toBeNull();
  });

  test('says that a date in a year without confirmed calendar may move', () => {
    const late = Date.UTC(2026, 11, 30, 13);
    expect(describeDue({ reactionStartedAt: late }, late, calendar, defaultDeadlinePolicy)?.mayMove).toBe(
      true,
    );
  });
});

describe('a claim ends', () => {
  test.each([
    ['at the close of the working day', at(10, 10), at(10, 18)],
    ['at the close also when made before opening', at(10, 7), at(10, 18)],
    ['at midnight when made after hours', at(10, 19), at(11, 0)],
    ['at midnight when made at the very close', at(10, 18), at(11, 0)],
    ['at midnight on a weekend', at(14, 12), at(15, 0)],
  ])('%s', (_name, now, expected) => {
    expect(claimEndsAt(now, time)).toBe(expected);
  });
});

test('a day in a row has its year only where that is another one', () => {
  expect(shortDay(at(13, 18), at(10, 9), 'ru')).toBe('пт 13.11');
  expect(shortDay(Date.UTC(2027, 0, 11, 15), at(10, 9), 'en')).toBe('Mon 11.01.2027');
});
