import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Desk } from '#main/compose.ts';
import type { DraftAttachment } from '#shared/bridge/draft.ts';
import { streamPaths } from '#shared/bridge/streams.ts';
import { startApi, type RunningApi } from '#test/fakes/start-api.ts';
import { testDraft } from '#test/unit/journal/journal-arbitraries.ts';
import { temporaryFolder } from '#test/unit/journal/journal-folder.ts';
import { startDesk } from './composed-desk.ts';

let api: RunningApi;
beforeAll(async () => {
  api = await startApi({ database: 'pglite' });
}, 60_000);
afterAll(() => api.close());

/** Logs in and answers the profile's folder. */
async function enter(desk: Desk, userData: string): Promise<string> {
  const entered = await desk.handlers['session.logIn']({
    apiUrl: api.url,
    login: api.adminLogin,
    password: api.adminPassword,
    certificateAuthority: null,
  });
  if (!entered.ok || entered.value.state !== 'signed-in') throw new Error('not signed in');
  return join(userData, 'profiles', entered.value.profileId);
}

async function addFile(desk: Desk): Promise<DraftAttachment> {
  const url = `stp://app${streamPaths.upload}?name=act.pdf&type=application/pdf`;
  const answer = await desk.handleStream(new Request(url, { method: 'POST', body: 'the act' }));
  return ((await answer.json()) as { attachment: DraftAttachment }).attachment;
}

async function isTold(desk: Desk): Promise<boolean> {
  const status = await desk.handlers['status.get']({});
  return status.ok && status.value.journalDamaged;
}

/** Spoils one byte of the journal that `at` picks. */
async function damage(profile: string, at: (size: number) => number): Promise<void> {
  const path = join(profile, 'journal');
  const bytes = await readFile(path);
  const place = at(bytes.length);
  bytes[place] = (bytes[place] ?? 0) ^ 0x40;
  await writeFile(path, bytes);
}

test.each([
  ['at its beginning', () => 0],
  ['in a record', (size: number) => size - 20],
])(
  'a journal damaged %s is told of, and files that its copy names stay until the copy is gone',
  async (_where, at) => {
    const userData = await temporaryFolder();
    const first = await startDesk(userData);
    const profile = await enter(first, userData);
    const file = await addFile(first);
    const draft = { ...testDraft(1, 'Ответ'), attachments: [file] };
    expect((await first.handlers['drafts.save']({ draft })).ok).toBe(true);
    expect(await isTold(first)).toBe(false);
    await first.close();
    await damage(profile, at);

    const files = (): Promise<string[]> => readdir(join(profile, 'files'));
    for (const start of ['first', 'second']) {
      const desk = await startDesk(userData);
      expect(await isTold(desk), `${start} start`).toBe(true);
      expect(await files(), `${start} start`).toEqual([file.id]);
      await desk.close();
    }

    const copy = (await readdir(profile)).find((name) => name.startsWith('journal.damaged-'));
    await rm(join(profile, copy ?? ''));
    const sound = await startDesk(userData);
    expect(await isTold(sound)).toBe(false);
    expect(await files()).toEqual([]);
  },
);

test('a journal of a newer desk asks for that desk and is not touched', async () => {
  const userData = await temporaryFolder();
  const first = await startDesk(userData);
  const path = join(await enter(first, userData), 'journal');
  await first.handlers['session.logOut']({});
  await first.close();
  const bytes = await readFile(path);
  // The format's version, four bytes behind the eight of the file's kind.
  bytes.writeUInt32BE(2, 8);
  await writeFile(path, bytes);
  const desk = await startDesk(userData);
  const wanted = { apiUrl: api.url, login: api.adminLogin, password: api.adminPassword };
  expect(await desk.handlers['session.logIn']({ ...wanted, certificateAuthority: null })).toEqual({
    ok: false,
    error: { kind: 'newer-journal' },
  });
  expect(await readFile(path)).toEqual(bytes);
});
