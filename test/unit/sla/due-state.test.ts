import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import { DUE_STATES, dueState, judgeDueStates } from '#shared/sla/due-state.ts';
import { minsk, receiptMoments, walkedWorkingMs } from '../calendar/day-walk.ts';

const time = compileDefaultCalendar().workingTime(0);
const HOUR_MS = 3_600_000;

const friday = { deadlineAt: minsk('2026-11-13 18:00'), targetAt: minsk('2026-11-13 10:15') };
const monday = { deadlineAt: minsk('2026-11-16 10:00'), targetAt: minsk('2026-11-16 10:00') };

it.each([
  ['long before', friday, '2026-11-12 12:00', 'ok'],
  ['at the target', friday, '2026-11-13 10:15', 'ok'],
  ['after the target', friday, '2026-11-13 10:16', 'at-risk'],
  ['at the deadline', friday, '2026-11-13 18:00', 'at-risk'],
  ['after the deadline', friday, '2026-11-13 18:01', 'overdue'],
  ['on Friday with two working hours before Monday morning', monday, '2026-11-13 17:00', 'at-risk'],
  ['on Friday with just three working hours before Monday morning', monday, '2026-11-13 16:00', 'ok'],
  ['on Sunday with one working hour before Monday morning', monday, '2026-11-15 12:00', 'at-risk'],
] as const)('%s', (_when, due, now, state) => {
  expect(dueState(minsk(now), due, time, 3 * HOUR_MS)).toBe(state);
});

it('without a margin only the target counts', () => {
  expect(dueState(minsk('2026-11-16 09:59'), monday, time, 0)).toBe('ok');
});

it('agrees with the working time that a day-by-day walk leaves until the deadline', () => {
  fc.assert(
    fc.property(
      receiptMoments,
      fc.integer({ min: 0, max: 6 * 24 }).map((hours) => hours * HOUR_MS),
      fc.constantFrom(0, HOUR_MS, 3 * HOUR_MS, 9 * HOUR_MS, 30 * HOUR_MS),
      (now, ahead, atRiskMs) => {
        const due = { deadlineAt: now + ahead, targetAt: now + ahead };
        const left = walkedWorkingMs(now, due.deadlineAt, 0);
        expect(dueState(now, due, time, atRiskMs)).toBe(left < atRiskMs ? 'at-risk' : 'ok');
      },
    ),
    { numRuns: 1000 },
  );
});

it('is the same for many tickets at once', () => {
  const due = [
    friday,
    monday,
    { deadlineAt: minsk('2026-11-12 18:00'), targetAt: minsk('2026-11-12 10:00') },
  ];
  const columns = {
    deadlinesAt: Float64Array.from(due, ({ deadlineAt }) => deadlineAt),
    targetsAt: Float64Array.from(due, ({ targetAt }) => targetAt),
  };
  const states = new Uint8Array(due.length);
  for (let now = minsk('2026-11-11 00:00'); now < minsk('2026-11-17 00:00'); now += 600_000) {
    judgeDueStates(now, columns, time, 3 * HOUR_MS, states);
    expect(Array.from(states, (code) => DUE_STATES[code])).toEqual(
      due.map((each) => dueState(now, each, time, 3 * HOUR_MS)),
    );
  }
});
