import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatUidSet, parseUidSet, subtractUids } from '#server/ingest/uid-set.ts';

const uids = fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { maxLength: 80 });

/** The slow, plain way. */
function enumerate(set: string): number[] {
  return parseUidSet(set).flatMap(({ first, last }) =>
    Array.from({ length: last - first + 1 }, (_none, index) => first + index),
  );
}

describe('UID sets', () => {
  test.each([
    ['', ''],
    ['7', '7'],
    ['5:1', '1:5'],
    ['1,2,3,9', '1:3,9'],
    ['4:6,1:5,9', '1:6,9'],
    ['1:4294967295', '1:4294967295'],
  ])('%s is %s in normal form', (text, normal) => {
    expect(formatUidSet(parseUidSet(text))).toBe(normal);
  });

  test('any list of UIDs survives writing and reading', () => {
    fc.assert(
      fc.property(uids, (list) => {
        expect(enumerate(formatUidSet(parseUidSet(list.join(','))))).toEqual(list.toSorted((a, b) => a - b));
      }),
    );
  });

  test('subtracting leaves exactly the others', () => {
    fc.assert(
      fc.property(uids, uids, (wanted, known) => {
        const sorted = known.toSorted((a, b) => a - b);
        const left = formatUidSet(subtractUids(parseUidSet(wanted.join(',')), sorted));
        expect(enumerate(left)).toEqual(wanted.filter((uid) => !known.includes(uid)).sort((a, b) => a - b));
      }),
    );
  });

  test('a range of four billion UIDs costs no more than what is known of it', () => {
    expect(formatUidSet(subtractUids(parseUidSet('1:4294967295'), [1, 2, 4_294_967_295]))).toBe(
      '3:4294967294',
    );
  });
});
