import { expect, test } from 'vitest';
import { outboxAge } from '#renderer/features/outbox/outbox-age.ts';

test.each([
  [59_999, null],
  [60_000, { unit: 'minutes', count: 1 }],
  [59 * 60_000, { unit: 'minutes', count: 59 }],
  [60 * 60_000, { unit: 'hours', count: 1 }],
  [23 * 3_600_000 + 3_599_000, { unit: 'hours', count: 23 }],
  [49 * 3_600_000, { unit: 'days', count: 2 }],
  [-5000, null],
])('what waits for %d ms waits %j', (ms, expected) => {
  expect(outboxAge(1_000_000, 1_000_000 + ms)).toEqual(expected);
});
