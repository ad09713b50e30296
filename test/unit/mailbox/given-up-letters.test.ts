import { expect, it } from 'vitest';
import { GivenUpLetters } from '#main/mailbox/given-up-letters.ts';
import { UidSet } from '#shared/mail/uid-set.ts';

it('letters that were given up are tried again ever more rarely, until they are read', () => {
  let now = 1_000_000;
  const letters = new GivenUpLetters(100, { now: () => now });
  expect(letters.waitMs()).toBe(Number.POSITIVE_INFINITY);
  letters.add(UidSet.of([7]));
  for (const waitMs of [100, 200, 400]) {
    expect(letters.waitMs()).toBe(waitMs);
    now += waitMs;
    expect(letters.waitMs()).toBe(0);
    expect(letters.retry().format()).toBe('7');
    letters.add(UidSet.of([7]));
  }
  letters.remove(UidSet.of([7]));
  expect(letters.waitMs()).toBe(Number.POSITIVE_INFINITY);
  letters.add(UidSet.of([8]));
  expect(letters.waitMs()).toBe(100);
});

it('a clock that is set back does not put the next try off', () => {
  let now = 1_000_000;
  const letters = new GivenUpLetters(100, { now: () => now });
  letters.add(UidSet.of([7]));
  now -= 500_000;
  expect(letters.waitMs()).toBe(0);
});
