import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markOf, PageIndex } from '#renderer/cache/page-index.ts';

test('finds every page of a mark, newest first, also among marks that share a place', () => {
  // Marks that differ in high bits only start their walk at one place.
  const mark = fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 40 }))
    .map(([low, high]) => low + high * 65_536);
  fc.assert(
    fc.property(fc.array(fc.tuple(mark, fc.integer({ min: 1, max: 9 })), { maxLength: 1500 }), (entries) => {
      const index = new PageIndex();
      const model = new Map<number, Set<number>>();
      for (const [key, no] of entries) {
        index.add(key, no);
        model.set(key, (model.get(key) ?? new Set()).add(no));
      }
      for (const [key, nos] of model) expect(index.pagesOf(key)).toEqual([...nos].sort((a, b) => b - a));
      expect(index.pagesOf(7)).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

test('marks are spread: ids that differ little hardly ever share one', () => {
  const marks = new Set(Array.from({ length: 50_000 }, (_, number) => markOf(`ticket-${number}`)));
  expect(marks.size).toBeGreaterThan(49_990);
});
