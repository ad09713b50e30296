import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UidSet } from '#renderer/cache/uid-set.ts';

const uid = fc.integer({ min: 1, max: 40 });
const step = fc.record({ first: uid, length: fc.integer({ min: 0, max: 6 }), isAdded: fc.boolean() });

test('does what a set of numbers does, and joins neighbours into ranges', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const set = UidSet.parse('');
      const model = new Set<number>();
      for (const { first, length, isAdded } of steps) {
        const last = first + length;
        if (isAdded) set.addRange(first, last);
        else set.deleteRange(first, last);
        for (let number = first; number <= last; number++) {
          if (isAdded) model.add(number);
          else model.delete(number);
        }
      }
      const numbers = Array.from({ length: 50 }, (_, index) => index);
      expect(numbers.filter((number) => set.has(number))).toEqual([...model].sort((a, b) => a - b));
      expect(set.size).toBe(model.size);
      const ranges = [...set.ranges()];
      for (const [index, [first]] of ranges.entries()) {
        expect(first).toBeGreaterThan((ranges[index - 1]?.[1] ?? -1) + 1);
      }
      expect(UidSet.parse(set.toString()).toString()).toBe(set.toString());
    }),
  );
});

test.each([
  { text: '', written: '', size: 0 },
  { text: '5', written: '5', size: 1 },
  { text: '9,1:3,4', written: '1:4,9', size: 5 },
  { text: '7:5', written: '5:7', size: 3 },
])('reads $text as $written', ({ text, written, size }) => {
  const set = UidSet.parse(text);
  expect(set.toString()).toBe(written);
  expect(set.size).toBe(size);
});

test('takes another set out', () => {
  const set = UidSet.parse('1:10');
  set.deleteAll(UidSet.parse('1,4:5,10:12'));
  expect(set.toString()).toBe('2:3,6:9');
});
