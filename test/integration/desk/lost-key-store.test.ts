import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { streamPaths, type PendingFrame } from '#shared/bridge/streams.ts';
import { compose, type Desk } from '#main/compose.ts';
import { PreferencesFile } from '#main/preferences-file.ts';
import type { KeyStore } from '#main/vault/key-store.ts';
import { startApi, type RunningApi } from '#test/fakes/start-api.ts';
import { startGate, type Gate } from '#test/fakes/start-gate.ts';
import { workerUrl } from '#test/integration/mailbox/desk-mailbox.ts';
import { testDraft } from '#test/unit/journal/journal-arbitraries.ts';
import { temporaryFolder } from '#test/unit/journal/journal-folder.ts';

let api: RunningApi;
let gate: Gate;
beforeAll(async () => {
  api = await startApi({ database: 'pglite' });
  gate = await startGate(Number(new URL(api.url).port));
}, 60_000);
afterAll(async () => {
  await gate.shut();
  await api.close();
});

const refusing = (): never => {
  throw new Error('sealed by another key store');
};
/** Guards nothing. */
const openKeyStore: KeyStore = {
  backend: () => 'basic_text',
  encrypt: (text) => Buffer.from(text),
  decrypt: (bytes) => Buffer.from(bytes).toString(),
};
const stores: readonly [string, KeyStore][] = [
  ['another key store than the one that sealed', { ...openKeyStore, decrypt: refusing }],
  ['a key store that is gone', { backend: () => 'unavailable', encrypt: refusing, decrypt: refusing }],
];

async function startDesk(userData: string, keyStore: KeyStore): Promise<Desk> {
  const desk = await compose({
    userData,
    appVersion: '1.0.0',
    keyStore,
    emit: () => {},
    openExternal: () => Promise.resolve(false),
    clock: { now: () => Date.now() },
    workerUrl,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    preferences: await PreferencesFile.open(userData, () => {}),
    desktop: {
      showCounts: () => {},
      notify: () => {},
      clearNotifications: () => {},
      isLocked: () => false,
      openPath: () => Promise.resolve(false),
    },
    updateClient: null,
  });
  onTestFinished(() => desk.close());
  return desk;
}

async function logIn(desk: Desk, password: string): ReturnType<Desk['handlers']['session.logIn']> {
  const apiUrl = `http://127.0.0.1:${String(gate.port)}`;
  return await desk.handlers['session.logIn']({
    apiUrl,
    login: api.adminLogin,
    password,
    certificateAuthority: null,
  });
}

async function draftTexts(desk: Desk): Promise<string[]> {
  const answer = await desk.handleStream(
    new Request(`stp://app${streamPaths.pending}`, { method: 'POST', body: '{}' }),
  );
  const reader = answer.body?.getReader();
  const first = await reader?.read();
  await reader?.cancel();
  const [line = ''] = new TextDecoder().decode(first?.value).split('\n');
  const frame = JSON.parse(line) as PendingFrame;
  const changes = frame.type === 'snapshot' ? frame.changes : [];
  return changes.flatMap((change) => (change.kind === 'draft' ? [change.draft.text] : []));
}

test.each(stores)('with %s the password opens the work, without the API too', async (_, keyStore) => {
  await gate.open();
  const userData = await temporaryFolder();
  const first = await startDesk(userData, openKeyStore);
  expect((await logIn(first, api.adminPassword)).ok).toBe(true);
  expect((await first.handlers['drafts.save']({ draft: testDraft(1, 'Ответ') })).ok).toBe(true);
  await first.close();
  await gate.shut();

  const desk = await startDesk(userData, keyStore);
  expect(await desk.handlers['session.get']({})).toMatchObject({
    ok: true,
    value: { state: 'signed-out', why: 'key-needed' },
  });
  expect(await logIn(desk, 'чужой пароль')).toEqual({ ok: false, error: { kind: 'wrong-credentials' } });
  expect(await logIn(desk, api.adminPassword)).toMatchObject({ ok: true, value: { offline: true } });
  expect(await draftTexts(desk)).toEqual(['Ответ']);
  const info = await desk.handlers['app.info']({});
  expect(info).toMatchObject({ ok: true, value: { keyStore: keyStore.backend() } });
});
