import { expect, test } from 'vitest';
import { remembered } from '#main/mailbox/parse/remembered.ts';

test('makes the same text once, and every text rightly', () => {
  const made: string[] = [];
  const lengthOf = remembered((text) => {
    made.push(text);
    return { length: text.length };
  });
  expect(lengthOf('text/plain')).toEqual({ length: 10 });
  expect(lengthOf('text/plain')).toEqual({ length: 10 });
  expect(lengthOf('')).toEqual({ length: 0 });
  expect(made).toEqual(['text/plain', '']);
});

test('keeps neither long texts nor ever more of them', () => {
  let makings = 0;
  const make = remembered((text) => ({ text, number: (makings += 1) }));
  const long = 'x'.repeat(10_000);
  expect(make(long).number).toBe(1);
  expect(make(long).number).toBe(2);
  for (let number = 0; number < 100_000; number += 1) make(`text ${number}`);
  const before = makings;
  expect(make('text 0')).toEqual({ text: 'text 0', number: before + 1 });
});
