import { expect, test } from 'vitest';
import { parseHops } from '#shared/mail/own-letters.ts';

test.each([
  [null, 0],
  ['0', 0],
  ['1', 1],
  [' 12 ', 12],
  ['999999999', 1_000],
  ['99999999999', 1],
  ['-1', 1],
  ['', 1],
  ['one', 1],
])('the header %j tells of %i hops', (value, hops) => {
  expect(parseHops(value)).toBe(hops);
});
