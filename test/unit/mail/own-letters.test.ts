import { expect, test } from 'vitest';
import { isOwnMessageId, parseHops } from '#shared/mail/own-letters.ts';

const own = new Set(['info@example.by', 'support@xn--80ak6aa.xn--90ais']);

test.each([
  ['<stp.018f@example.by>', true],
  ['<STP.018f@Example.BY>', true],
  ['<stp.018f@xn--80ak6aa.xn--90ais>', true],
  // The same program at another service.
  ['<stp.018f@another.by>', false],
  ['<stp.018f@example.by.another.by>', false],
  ['<018f@example.by>', false],
  ['<x.stp.018f@example.by>', false],
  ['<stp.018f>', false],
])('%s is ours: %s', (messageId, expected) => {
  expect(isOwnMessageId(messageId, own)).toBe(expected);
});

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
