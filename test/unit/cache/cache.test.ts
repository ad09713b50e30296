import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { cacheContract } from './cache-contract.ts';

test.each(cacheContract)('$behaviour', async ({ check }) => {
  await expect(check()).resolves.toBeUndefined();
});
