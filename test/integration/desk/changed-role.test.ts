import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Desk } from '#main/compose.ts';
import { streamPaths } from '#shared/bridge/streams.ts';
import type { Role } from '#shared/ticket/author.ts';
import { askApi } from '#test/fakes/call-api.ts';
import { startApi, type RunningApi } from '#test/fakes/start-api.ts';
import { claim } from '#test/unit/journal/journal-arbitraries.ts';
import { temporaryFolder } from '#test/unit/journal/journal-folder.ts';
import { startDesk } from './composed-desk.ts';

const password = 'очень длинный пароль';
let api: RunningApi;
let adminToken = '';

beforeAll(async () => {
  api = await startApi({ database: 'pglite' });
  const body = { login: api.adminLogin, password: api.adminPassword };
  adminToken = (await askApi(api.url, 'logIn', null, { body })).accessToken;
}, 60_000);
afterAll(() => api.close());

function roleOf({ value }: { readonly value: unknown }): unknown {
  return (value as { agent?: { role: Role } }).agent?.role;
}

/** The authors of all operations that the desk's windows are told of at the beginning of their stream. */
async function shownAuthors(desk: Desk): Promise<string[]> {
  const stop = new AbortController();
  const request = new Request(`stp://app${streamPaths.pending}`, {
    method: 'POST',
    body: '{}',
    signal: stop.signal,
  });
  const { body } = await desk.handleStream(request);
  const first = await body?.getReader().read();
  stop.abort();
  const [line = ''] = new TextDecoder().decode(first?.value).split('\n');
  return [...line.matchAll(/"role":"([a-z-]+)"/gu)].map(([, role = '']) => role);
}

test.each(['a renewal of the tokens', 'the feed'])(
  'a role that changes is worked with as soon as %s tells of it',
  async (how) => {
    let laterMs = 0;
    const desk = await startDesk(await temporaryFolder(), () => laterMs);
    const login = how === 'the feed' ? 'anna' : 'boris';
    const { id } = await askApi(api.url, 'createAgent', adminToken, {
      body: { login, name: 'Анна', role: 'agent', password },
    });
    const wanted = { apiUrl: api.url, login, password, certificateAuthority: null };
    const entered = await desk.handlers['session.logIn'](wanted);
    expect(entered.ok && roleOf(entered)).toBe('agent');

    await askApi(api.url, 'changeAgent', adminToken, { params: { id }, body: { role: 'senior' } });
    if (how === 'the feed') {
      const request = new Request(`stp://app${streamPaths.changes}`, {
        method: 'POST',
        body: JSON.stringify({ epoch: null, after: 0 }),
      });
      await (await desk.handleStream(request)).body?.getReader().read();
    } else {
      laterMs = 2 * 3_600_000;
      await desk.handlers['mailbox.get']({});
    }
    let operations = 0;
    const authorOfNext = async (): Promise<string | undefined> => {
      operations += 1;
      const submitted = await desk.handlers['operations.submit']({ operation: claim(operations) });
      return submitted.ok ? (await shownAuthors(desk)).at(-1) : undefined;
    };
    await expect.poll(authorOfNext).toBe('senior');
    const state = await desk.handlers['session.get']({});
    expect(state.ok && roleOf(state)).toBe('senior');
  },
);
