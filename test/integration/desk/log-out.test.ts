import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type RunningApi } from '#test/fakes/start-api.ts';
import { temporaryFolder } from '#test/unit/journal/journal-folder.ts';
import { startDesk } from './composed-desk.ts';

let api: RunningApi;

beforeAll(async () => {
  api = await startApi({ database: 'pglite' });
}, 60_000);
afterAll(() => api.close());

test('attachments that an agent opened are not left to the next one', async () => {
  const userData = await temporaryFolder();
  const desk = await startDesk(userData);
  const { adminLogin: login, adminPassword: password } = api;
  const entered = await desk.handlers['session.logIn']({
    apiUrl: api.url,
    login,
    password,
    certificateAuthority: null,
  });
  expect(entered.ok).toBe(true);
  const folder = join(userData, 'opened', 'a-1');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'Справка.pdf'), 'Справка');

  await desk.handlers['session.logOut']({});
  await expect.poll(() => stat(folder).catch(() => null)).toBeNull();
});
