import { expect, it } from 'vitest';
import { defaultCategories } from '#shared/regulation/category.ts';

it('the kinds of work are the nineteen of section 2, and one for what lies outside', () => {
  expect(defaultCategories.map(({ item }) => item)).toEqual([
    ...Array.from({ length: 19 }, (_, i) => i + 1),
    null,
  ]);
  expect(new Set(defaultCategories.map(({ id }) => id)).size).toBe(20);
});
