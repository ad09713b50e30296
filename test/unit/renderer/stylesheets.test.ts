import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../../src-renderer');

function rulesOf(path: string): { readonly path: string; readonly rule: string }[] {
  const source = readFileSync(join(root, path), 'utf8').replaceAll(/\/\*.*?\*\//gsu, '');
  return [...source.matchAll(/([^{};]+)\{([^{}]*)\}/gu)].map(([, selector = '', body = '']) => ({
    path,
    rule: `${selector} {${body}}`.replaceAll(/\s+/gu, ' ').trim(),
  }));
}

test('no rule of the stylesheets stands twice', () => {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.css'),
  );
  const rules = files.flatMap(rulesOf);
  expect(rules.length).toBeGreaterThan(100);
  const twice = [...Map.groupBy(rules, ({ rule }) => rule)]
    .filter(([, found]) => found.length > 1)
    .map(([rule, found]) => ({ rule, paths: found.map(({ path }) => path) }));
  expect(twice).toEqual([]);
});
