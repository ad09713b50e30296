import { array, assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UidSet } from '#shared/mail/uid-set.ts';

const uids = array(integer({ min: 1, max: 60 }), { maxLength: 60 });

function sorted(values: Iterable<number>): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

describe('UidSet', () => {
  it.each([
    [[], ''],
    [[7], '7'],
    [[3, 1, 2], '1:3'],
    [[1, 2, 3, 5, 9, 10], '1:3,5,9:10'],
    [[4_294_967_295, 1], '1,4294967295'],
  ])('writes %j as %s', (given, text) => {
    expect(UidSet.of(given).format()).toBe(text);
    expect([...UidSet.parse(text).ascending()]).toEqual(sorted(given));
  });

  it('reads reversed and overlapping ranges', () => {
    expect(UidSet.parse('9:5,6,1:2,10:12,2').format()).toBe('1:2,5:12');
  });

  it.each(['*', '1:*', '1,', ',', 'a', '1:2:3', '-1', ' 1', '12345678901'])('refuses %j', (text) => {
    expect(() => UidSet.parse(text)).toThrow(RangeError);
  });

  it('holds a mailbox without gaps in a few characters', () => {
    expect(UidSet.range(1, 100_000).format()).toBe('1:100000');
    expect(UidSet.range(5, 4).size).toBe(0);
  });

  it('behaves as a set', () => {
    assert(
      property(uids, uids, (left, right) => {
        const [a, b] = [UidSet.of(left), UidSet.of(right)];
        const [setA, setB] = [new Set(left), new Set(right)];
        expect([...a.ascending()]).toEqual(sorted(left));
        expect(a.size).toBe(setA.size);
        expect(a.least()).toBe(sorted(left)[0] ?? 0);
        expect(a.greatest()).toBe(Math.max(0, ...left));
        expect([...a.union(b).ascending()]).toEqual(sorted([...left, ...right]));
        expect([...a.difference(b).ascending()]).toEqual(sorted([...setA].filter((uid) => !setB.has(uid))));
        expect([...a.intersection(b).ascending()]).toEqual(sorted([...setA].filter((uid) => setB.has(uid))));
        for (let uid = 0; uid <= 61; uid += 1) expect(a.has(uid)).toBe(setA.has(uid));
        expect(a.hull().difference(a).intersection(a).size).toBe(0);
        expect(a.difference(a.hull()).size).toBe(0);
        expect(a.hull().format()).toMatch(/^(?:\d+(?::\d+)?)?$/u);
        expect(UidSet.parse(a.format()).format()).toBe(a.format());
      }),
    );
  });

  it('cuts newest first into full pieces that make the whole', () => {
    assert(
      property(uids, integer({ min: 1, max: 9 }), integer({ min: 1, max: 9 }), (given, size, firstSize) => {
        const whole = UidSet.of(given);
        const pieces = [...whole.newestFirst(size, firstSize)];
        expect(pieces.flatMap((piece) => [...piece.ascending()].reverse())).toEqual(sorted(given).reverse());
        const lengths = pieces.map((piece) => piece.size);
        const full = lengths.map((_, index) => (index === 0 ? firstSize : size));
        expect(lengths.slice(0, -1)).toEqual(full.slice(0, -1));
        expect(lengths.at(-1) ?? 0).toBeLessThanOrEqual(full.at(-1) ?? 0);
        expect(lengths).not.toContain(0);
      }),
    );
  });
});
