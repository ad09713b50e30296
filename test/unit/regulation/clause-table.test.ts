import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

const root = new URL('../../../', import.meta.url);

it('every test that the table of clauses names is there under that name', async () => {
  const readme = await readFile(new URL('src-shared/regulation/README.md', root), 'utf8');
  const rows = readme.split('\n').filter((line) => line.startsWith('| §'));
  expect(rows.length).toBeGreaterThan(20);
  for (const row of rows) {
    const [, path = '', title = ''] = /`([^`]+\.(?:test|spec)\.ts)` "([^"]+)"\s*\|$/u.exec(row) ?? [];
    expect(path, row).not.toBe('');
    const source = await readFile(new URL(`test/${path}`, root), 'utf8');
    // Names with places are written as in the source: `%s`.
    expect(source.includes(`'${title}'`), `${path}: ${title}`).toBe(true);
  }
});
