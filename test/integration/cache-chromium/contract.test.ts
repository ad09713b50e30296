import { globSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cacheContract } from '#test/unit/cache/cache-contract.ts';
import { CacheBrowser } from './cache-browser.ts';
import type * as contractPage from './contract-page.ts';

interface ContractGlobal {
  readonly entry: typeof contractPage;
}

describe.each([
  { store: 'LevelDB', switches: ['--disable-features=IdbSqliteBackingStore'], levelDbFolders: 1 },
  {
    store: 'SQLite',
    switches: ['--enable-features=IdbSqliteBackingStore'],
    levelDbFolders: 0,
  },
])('the cache in Chromium on $store', ({ switches, levelDbFolders }) => {
  let browser: CacheBrowser;
  let page: Page;

  beforeAll(async () => {
    browser = await CacheBrowser.start({ entry: new URL('contract-page.ts', import.meta.url), switches });
    page = await browser.open();
  });

  afterAll(async () => {
    await browser.stop();
  });

  test.each(cacheContract)('$behaviour', async ({ behaviour }) => {
    const problem = await page.evaluate(
      async (name) => (globalThis as unknown as ContractGlobal).entry.checkBehaviour(name),
      behaviour,
    );
    expect(problem).toBeNull();
  });

  test('stands on the store that was asked for', () => {
    const folders = globSync('Default/IndexedDB/*.leveldb', { cwd: browser.profileFolder });
    expect(folders).toHaveLength(levelDbFolders);
  });
});
