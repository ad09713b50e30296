import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { Journal } from '#main/journal/journal.ts';
import { DeskSession, type LogIn } from '#main/tickets/desk-session.ts';
import type { KeyStore } from '#main/vault/key-store.ts';
import type { SessionState } from '#shared/bridge/desk-status.ts';
import type { Agent } from '#shared/protocol/agent.ts';
import type { Role } from '#shared/ticket/author.ts';
import { askApi } from '#test/fakes/call-api.ts';
import { makeCertificates } from '#test/fakes/make-certificates.ts';
import { startApi, type RunningApi } from '#test/fakes/start-api.ts';
import { claim, submitted } from '#test/unit/journal/journal-arbitraries.ts';
import { temporaryFolder } from '#test/unit/journal/journal-folder.ts';
import { eventually } from './eventually.ts';
import { openWay, type CuttableWay } from './cuttable-way.ts';

const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const day = 24 * 3_600_000;
const password = 'очень длинный пароль';

/** A computer's key store; another seed is another computer. */
function keyStore(seed = 'this-pc'): KeyStore {
  return {
    backend: () => 'guarded',
    encrypt: (text) => Buffer.from(`${seed}|${text}`),
    decrypt(bytes) {
      const [by, text] = Buffer.from(bytes).toString().split('|');
      if (by !== seed || text === undefined) throw new Error('another key store');
      return text;
    },
  };
}

let api: RunningApi;
let adminToken = '';
let agents = 0;

beforeAll(async () => {
  api = await startApi({ database: 'postgres' });
  const session = await askApi(api.url, 'logIn', null, {
    body: { login: api.adminLogin, password: api.adminPassword },
  });
  adminToken = session.accessToken;
}, 60_000);
afterAll(() => api.close());

async function newAgent(role: Role = 'agent'): Promise<Agent> {
  agents += 1;
  return await askApi(api.url, 'createAgent', adminToken, {
    body: { login: `agent-${String(agents)}`, name: 'Анна', role, password },
  });
}

/** A desk's folder, and its clock; it can be started again and again. */
class Desk {
  readonly userData: string;
  readonly way: CuttableWay;
  laterMs = 0;
  #session: DeskSession | null = null;

  constructor(userData: string, way: CuttableWay) {
    this.userData = userData;
    this.way = way;
  }

  async start(store: KeyStore = keyStore()): Promise<DeskSession> {
    await this.#session?.close();
    const session = new DeskSession({
      userData: this.userData,
      keyStore: store,
      clock: { now: () => Date.now() + this.laterMs },
      log: quiet,
      cost: { log2N: 4, r: 8, p: 1 },
    });
    this.#session = session;
    onTestFinished(() => session.close());
    return session;
  }

  as(login: string, change: Partial<LogIn> = {}): LogIn {
    return { apiUrl: this.way.url, login, password, certificateAuthority: null, ...change };
  }
}

async function newDesk(): Promise<Desk> {
  return new Desk(await temporaryFolder(), await openWay(api.url));
}

function signedIn(session: DeskSession): Extract<SessionState, { state: 'signed-in' }> {
  const { state } = session;
  if (state.state !== 'signed-in') throw new Error('nobody is signed in');
  return state;
}

describe('logging in', () => {
  test('makes a profile, tells who it is, and starts the next time without a password', async () => {
    const desk = await newDesk();
    const agent = await newAgent();
    const session = await desk.start();
    expect(await session.resume()).toEqual({
      state: 'signed-out',
      apiUrl: '',
      login: '',
      hasCertificate: false,
    });
    const states: SessionState[] = [];
    session.subscribe((state) => states.push(state));
    const result = await session.logIn(desk.as(` ${agent.login} `, { apiUrl: `${desk.way.url}/` }));
    expect(result).toMatchObject({
      ok: true,
      value: { state: 'signed-in', apiUrl: desk.way.url, agent, offline: false, mailboxAddress: null },
    });
    expect(states.at(-1)).toEqual(session.state);
    const { profileId } = signedIn(session);
    const key = session.current?.vault.subKey('cache');

    const again = await desk.start();
    await again.resume();
    expect(signedIn(again)).toMatchObject({ agent, profileId });
    await eventually(() => expect(signedIn(again).offline).toBe(false));
    expect(again.current?.vault.subKey('cache')).toEqual(key);
  });

  test('goes on under a new password, here and at the next log-in', async () => {
    const desk = await newDesk();
    const agent = await newAgent();
    const session = await desk.start();
    await session.logIn(desk.as(agent.login));
    const { profileId } = signedIn(session);
    const key = session.current?.vault.subKey('cache');
    const change = { password: 'новый пароль', currentPassword: password };
    await session.current?.api.call('changeAgent', { params: { id: agent.id }, body: change });
    expect(await session.renewPassword(change.password)).toMatchObject({
      ok: true,
      value: { offline: false },
    });
    expect(signedIn(session).profileId).toBe(profileId);
    expect(session.current?.vault.subKey('cache')).toEqual(key);
    expect(await session.refreshMailbox()).toMatchObject({ ok: true });

    await session.logOut();
    const old = await session.logIn(desk.as(agent.login));
    expect(old).toEqual({ ok: false, error: { kind: 'wrong-credentials' } });
    expect((await session.logIn(desk.as(agent.login, { password: change.password }))).ok).toBe(true);
  });

  test('keeps the certificate authority of the last server until another one is chosen or it is taken away', async () => {
    const desk = await newDesk();
    const agent = await newAgent();
    const session = await desk.start();
    const { ca } = await makeCertificates(await temporaryFolder());
    await session.logIn(desk.as(agent.login, { certificateAuthority: ca }));
    expect(await session.logOut()).toMatchObject({ state: 'signed-out', hasCertificate: true });
    await session.logIn(desk.as(agent.login, { certificateAuthority: undefined }));
    expect(session.current?.keeper.secrets?.certificateAuthority).toBe(ca);

    // Taken away it stays away.
    await session.logOut();
    await session.logIn(desk.as(agent.login, { certificateAuthority: null }));
    expect(session.current?.keeper.secrets?.certificateAuthority).toBeNull();
    expect(await session.logOut()).toMatchObject({ state: 'signed-out', hasCertificate: false });
    await session.logIn(desk.as(agent.login, { certificateAuthority: undefined }));
    expect(session.current?.keeper.secrets?.certificateAuthority).toBeNull();
  });

  test.each([
    ['a wrong password', { password: 'не тот пароль' }, 'wrong-credentials'],
    ['plain text over a network', { apiUrl: 'http://example.by' }, 'plain-text-refused'],
    ['no address', { apiUrl: 'https://' }, 'bad-address'],
  ])('with %s says so', async (_name, change, kind) => {
    const desk = await newDesk();
    const agent = await newAgent();
    const session = await desk.start();
    expect(await session.logIn(desk.as(agent.login, change))).toEqual({ ok: false, error: { kind } });
    expect(session.state.state).toBe('signed-out');
    expect(await readdir(desk.userData)).not.toContain('profiles');
  });

  test('the first time needs the API', async () => {
    const desk = await newDesk();
    const [anna, boris] = [await newAgent(), await newAgent()];
    const session = await desk.start();
    desk.way.cut();
    expect(await session.logIn(desk.as(anna.login))).toEqual({ ok: false, error: { kind: 'unreachable' } });
    desk.way.mend();
    expect((await session.logIn(desk.as(anna.login))).ok).toBe(true);
    desk.way.cut();
    expect(await session.logIn(desk.as(boris.login))).toEqual({
      ok: false,
      error: { kind: 'offline-not-possible' },
    });
    expect(signedIn(session).agent).toEqual(anna);
  });

  test('two agents on one computer are two profiles with two keys', async () => {
    const desk = await newDesk();
    const [anna, boris] = [await newAgent(), await newAgent()];
    const session = await desk.start();
    await session.logIn(desk.as(anna.login));
    const first = { id: signedIn(session).profileId, key: session.current?.vault.subKey('journal') };
    await session.logOut();
    await session.logIn(desk.as(boris.login));
    expect(signedIn(session).profileId).not.toBe(first.id);
    expect(session.current?.vault.subKey('journal')).not.toEqual(first.key);
    await session.logIn(desk.as(anna.login));
    expect(signedIn(session).profileId).toBe(first.id);
    expect(session.current?.vault.subKey('journal')).toEqual(first.key);
  });

  test('on another computer the agent’s key is the same, by the escrow', async () => {
    const [here, there] = [await newDesk(), await newDesk()];
    const agent = await newAgent();
    const first = await here.start();
    await first.logIn({ ...here.as(agent.login), apiUrl: api.url });
    const second = await there.start(keyStore('other-pc'));
    await second.logIn({ ...there.as(agent.login), apiUrl: api.url });
    expect(second.current?.vault.subKey('journal')).toEqual(first.current?.vault.subKey('journal'));
  });

  test('a lost key store costs one password, not the journal', async () => {
    const desk = await newDesk();
    const agent = await newAgent();
    const session = await desk.start();
    await session.logIn(desk.as(agent.login));
    const key = session.current?.vault.subKey('journal');
    const reinstalled = await desk.start(keyStore('new-windows'));
    expect(await reinstalled.resume()).toEqual({
      state: 'signed-out',
      apiUrl: desk.way.url,
      login: agent.login,
      hasCertificate: false,
      why: 'key-needed',
    });
    await reinstalled.logIn(desk.as(agent.login));
    expect(reinstalled.current?.vault.subKey('journal')).toEqual(key);
    const next = await desk.start(keyStore('new-windows'));
    expect((await next.resume()).state).toBe('signed-in');
  });

  test('leaves no token and no password readable on disk', async () => {
    const desk = await newDesk();
    const agent = await newAgent();
    const session = await desk.start();
    await session.logIn(desk.as(agent.login));
    const refreshToken = session.current?.keeper.read().refresh?.token ?? '';
    expect(refreshToken.length).toBeGreaterThan(20);
    const names = await readdir(desk.userData, { recursive: true, withFileTypes: true });
    for (const name of names.filter((entry) => entry.isFile())) {
      const content = await readFile(join(name.parentPath, name.name));
      expect(content.includes(refreshToken)).toBe(false);
      expect(content.includes(password)).toBe(false);
    }
  });
});

describe('without the API', () => {
  test('the desk opens for seven days after its last answer, then not', async () => {
    const desk = await newDesk();
    const agent = await newAgent();
    await (await desk.start()).logIn(desk.as(agent.login));
    desk.way.cut();

    desk.laterMs = 7 * day - 60_000;
    const inTime = await desk.start();
    expect(await inTime.resume()).toMatchObject({ state: 'signed-in', offline: true, agent });
    expect(await inTime.logIn(desk.as(agent.login))).toMatchObject({ ok: true, value: { offline: true } });

    desk.laterMs = 7 * day + 60_000;
    const late = await desk.start();
    expect(await late.resume()).toMatchObject({ state: 'signed-out', why: 'offline-too-long' });
    expect(await late.logIn(desk.as(agent.login))).toEqual({
      ok: false,
      error: { kind: 'offline-not-possible' },
    });
    desk.way.mend();
    expect((await late.resume()).state).toBe('signed-in');
  });

  test('the password is checked all the same', async () => {
    const desk = await newDesk();
    const agent = await newAgent();
    const session = await desk.start();
    await session.logIn(desk.as(agent.login));
    await session.logOut();
    desk.way.cut();
    expect(await session.logIn(desk.as(agent.login, { password: 'чужой пароль' }))).toEqual({
      ok: false,
      error: { kind: 'wrong-credentials' },
    });
    expect((await session.logIn(desk.as(agent.login))).ok).toBe(true);
  });

  test('a disk that takes nothing and another key store keep nobody out', async () => {
    const desk = await newDesk();
    const agent = await newAgent();
    const session = await desk.start();
    await session.logIn(desk.as(agent.login));
    const { profileId } = signedIn(session);
    // Writing fails where folders lie in the way.
    for (const file of [
      'desk.json',
      join('profiles', profileId, 'keys.json'),
      join('profiles', profileId, 'secrets'),
    ]) {
      await mkdir(join(desk.userData, `${file}.new`));
    }
    desk.way.cut();
    const again = await desk.start(keyStore('new-installation'));
    expect((await again.resume()).state).toBe('signed-out');
    expect(await again.logIn(desk.as(agent.login))).toMatchObject({ ok: true, value: { offline: true } });
    expect(signedIn(again).profileId).toBe(profileId);
  });

  test('who logged in is logged in on the API as soon as it is back', async () => {
    const desk = await newDesk();
    const agent = await newAgent();
    const session = await desk.start();
    await session.logIn(desk.as(agent.login));
    await session.logOut();
    desk.way.cut();
    await session.logIn(desk.as(agent.login));
    expect(signedIn(session).offline).toBe(true);
    desk.way.mend();
    expect((await session.current?.api.call('getWatermark', {}))?.ok).toBe(true);
    expect(signedIn(session).offline).toBe(false);
    expect((await (await desk.start()).resume()).state).toBe('signed-in');
  });
});

describe('the end of a session', () => {
  test('logging out revokes the tokens and forgets them, and keeps the journal', async () => {
    const desk = await newDesk();
    const agent = await newAgent();
    const session = await desk.start();
    await session.logIn(desk.as(agent.login));
    const { dir = '', vault, keeper } = session.current ?? {};
    const clock = { now: () => Date.now() };
    const key = vault?.subKey('journal') ?? new Uint8Array();
    const journal = await Journal.open({ dir, key, clock });
    if (!journal.ok) throw new Error(journal.error.kind);
    await journal.value.append(submitted(claim(1)));
    await journal.value.close();
    const token = keeper?.read().refresh?.token ?? '';

    const out = { state: 'signed-out', apiUrl: desk.way.url, login: agent.login, hasCertificate: false };
    expect(await session.logOut()).toEqual(out);
    expect(session.current).toBeNull();
    await expect(askApi(api.url, 'refresh', null, { body: { refreshToken: token } })).rejects.toThrow('401');
    expect(await (await desk.start()).resume()).toEqual(out);

    const back = await desk.start();
    await back.logIn(desk.as(agent.login));
    const again = await Journal.open({
      dir,
      key: back.current?.vault.subKey('journal') ?? new Uint8Array(),
      clock,
    });
    expect(again.ok && again.value.state.operations.size).toBe(1);
    if (again.ok) await again.value.close();
  });

  test('logging out works without the API', async () => {
    const desk = await newDesk();
    const agent = await newAgent();
    const session = await desk.start();
    await session.logIn(desk.as(agent.login));
    desk.way.cut();
    expect((await session.logOut()).state).toBe('signed-out');
    expect((await (await desk.start()).resume()).state).toBe('signed-out');
  });

  test('does not come when the answer to a refresh is lost', async () => {
    const desk = await newDesk();
    const agent = await newAgent();
    const session = await desk.start();
    await session.logIn(desk.as(agent.login));
    const refreshToken = session.current?.keeper.read().refresh?.token ?? '';
    // The API has renewed the tokens, and the desk has never heard of it.
    await askApi(api.url, 'refresh', null, { body: { refreshToken } });
    desk.laterMs = 2 * 3_600_000;
    expect((await session.current?.api.call('getWatermark', {}))?.ok).toBe(true);
    expect(signedIn(session).offline).toBe(false);
  });

  test('a disabled agent is signed out at the next call, and does not get in offline', async () => {
    const desk = await newDesk();
    const agent = await newAgent();
    const session = await desk.start();
    await session.logIn(desk.as(agent.login));
    await askApi(api.url, 'changeAgent', adminToken, { params: { id: agent.id }, body: { disabled: true } });
    const { current } = session;
    expect(await current?.api.call('getWatermark', {})).toMatchObject({
      ok: false,
      error: { kind: 'unauthorised' },
    });
    await eventually(() =>
      expect(session.state).toMatchObject({ state: 'signed-out', why: 'session-ended' }),
    );
    desk.way.cut();
    const again = await desk.start();
    expect((await again.resume()).state).toBe('signed-out');
    expect(await again.logIn(desk.as(agent.login))).toEqual({
      ok: false,
      error: { kind: 'offline-not-possible' },
    });
  });
});

test('the mailbox record comes with the log-in and is known offline', async () => {
  const server = { host: '127.0.0.1', port: 1, allowPlainText: false, user: 'u', password: 'p' };
  await askApi(api.url, 'putMailbox', adminToken, {
    body: {
      revision: 0,
      address: 'help@example.by',
      displayName: '',
      ownAddresses: [],
      imap: { ...server, security: 'tls' },
      smtp: { ...server, security: 'tls' },
      certificateAuthority: null,
      sentFolder: null,
      ticketsFrom: 0,
    },
  });
  const desk = await newDesk();
  const [agent, reader] = [await newAgent(), await newAgent('read-only')];
  const session = await desk.start();
  await session.logIn(desk.as(agent.login));
  expect(signedIn(session).mailboxAddress).toBe('help@example.by');
  desk.way.cut();
  const offline = await desk.start();
  await offline.resume();
  expect(offline.mailbox?.imap.password).toBe('p');
  desk.way.mend();
  await offline.logIn(desk.as(reader.login));
  expect(signedIn(offline).mailboxAddress).toBeNull();
});

test('whoever may read the mailbox no more keeps nothing of it, in memory or in the vault', async () => {
  const desk = await newDesk();
  const agent = await newAgent();
  const session = await desk.start();
  await session.logIn(desk.as(agent.login));
  expect(session.mailbox?.imap.password).toBe('p');
  const told: unknown[] = [];
  session.subscribe((state) => told.push('mailboxAddress' in state && state.mailboxAddress));
  await askApi(api.url, 'changeAgent', adminToken, {
    params: { id: agent.id },
    body: { role: 'read-only' },
  });
  expect(await session.refreshMailbox()).toEqual({ ok: true, value: null });
  expect(session.mailbox).toBeNull();
  expect(told).toEqual([null]);
  expect((await session.current?.vault.readSecrets())?.mailbox).toBeNull();
});
