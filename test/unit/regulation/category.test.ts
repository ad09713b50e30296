import { expect, it } from 'vitest';
import { defaultCategories } from '#shared/regulation/category.ts';

it('the kinds of work are the nineteen of section 2, and one for what lies outside', () => {
  expect(defaultCategories.map(({ item }) => item)).toEqual([
    ...Array.from({ length: 19 }, (_, i) => i + 1),
    null,
  ]);
  expect(new Set(defaultCategories.map(({ id }) => id)).size).toBe(20);
});

it.each([
  ['restore', ['site', 'date', 'mode']],
  ['disk-quota', ['site', 'tariff', 'size']],
  ['access', ['site', 'editors', 'authority']],
  ['product-update', []],
])('%s needs to be known: %j', (id, facts) => {
  expect(defaultCategories.find((category) => category.id === id)?.facts.map((fact) => fact.id)).toEqual(
    facts,
  );
});

it('a fact that several kinds of work need is the same one, so that it stays when the kind is corrected', () => {
  const labels = new Map<string, string>();
  for (const { id, label } of defaultCategories.flatMap(({ facts }) => facts)) {
    expect(labels.get(id) ?? label.ru).toBe(label.ru);
    labels.set(id, label.ru);
  }
});
