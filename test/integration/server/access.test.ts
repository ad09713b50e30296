import { expect, test } from 'vitest';
import { apiRoutes, type ApiRouteName } from '#shared/protocol/api-routes.ts';
import type { ArticleId } from '#shared/ids.ts';
import { roleAllows, type Role } from '#shared/ticket/author.ts';
import { askApi, callApi, fetchApi } from '#test/fakes/call-api.ts';
import { logIn, mailboxBody, metricsToken, newAgent, onBothEngines } from './on-both-engines.ts';

const names = Object.keys(apiRoutes) as ApiRouteName[];
const someId = '01890000-0000-7000-8000-000000000000';
const minuteMs = 60_000;

/** Parts that bring a call of any route as far as its check of the token. */
function parts(name: ApiRouteName, body: unknown) {
  const route: object = apiRoutes[name];
  return {
    params: { id: someId },
    query: { section: 'all', after: 0 },
    ...('body' in route ? { body } : {}),
  };
}

onBothEngines('access', (bench) => {
  test('nothing but health, log-in and refresh can be called without a token', async () => {
    for (const name of names) {
      const { status, json } = await fetchApi(bench.api.url, name, null, parts(name, {}));
      const expected = (
        { health: [200, {}], logIn: [400, {}], refresh: [400, {}] } as Record<string, unknown>
      )[name] ?? [401, { kind: 'unauthorised' }];
      expect([status, json], name).toMatchObject(expected);
    }
    for (const path of ['/metrics', '/v1/openapi.json', '/v1/changes/live']) {
      expect((await fetch(`${bench.api.url}${path}`)).status, path).toBe(401);
    }
  });

  test.each(['Bearer nonsense', 'Bearer ', 'Basic YTpi', `Bearer ${'x'.repeat(5000)}`])(
    'the header "%s" is no token',
    async (authorization) => {
      const response = await fetch(`${bench.api.url}/v1/agents`, { headers: { authorization } });
      expect(response.status).toBe(401);
    },
  );

  test('every route refuses roles below its own', async () => {
    for (const role of ['read-only', 'agent', 'senior', 'admin'] as const) {
      const { token } = await newAgent(bench, role);
      for (const name of names) {
        const needed: Role | 'public' = apiRoutes[name].role;
        if (needed === 'public' || name === 'logOut') continue;
        const { status } = await fetchApi(bench.api.url, name, token, parts(name, []));
        expect(status === 403, `${role} ${name}`).toBe(!roleAllows(role, needed));
      }
    }
  });

  test('a body or a query that does not fit is refused without quoting it', async () => {
    const token = await bench.admin();
    for (const name of names) {
      const route: object = apiRoutes[name];
      if (!('body' in route)) continue;
      const { status, json } = await fetchApi(bench.api.url, name, token, parts(name, 'СЕКРЕТ'));
      expect([status, json], name).toMatchObject([400, { kind: 'invalid' }]);
      expect(JSON.stringify(json)).not.toContain('СЕКРЕТ');
    }
    for (const path of [
      '/v1/changes',
      '/v1/changes?after=x',
      '/v1/changes?after=0&limit=0',
      '/v1/queue?section=no',
    ]) {
      const response = await fetch(`${bench.api.url}${path}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(response.status, path).toBe(400);
    }
    const broken = await fetch(`${bench.api.url}/v1/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"login": "СЕКРЕТ',
    });
    expect(broken.status).toBe(400);
    expect(await broken.text()).not.toContain('СЕКРЕТ');
    expect((await fetch(`${bench.api.url}/v2/nothing`)).status).toBe(404);
  });

  test('wrong password, unknown login and disabled account get one and the same answer', async () => {
    const { id, login, password } = await newAgent(bench, 'agent');
    await askApi(bench.api.url, 'changeAgent', await bench.admin(), {
      params: { id },
      body: { disabled: true },
    });
    const answers = [];
    for (const body of [
      { login: 'admin', password: 'wrong' },
      { login: 'nobody', password: 'wrong' },
      { login, password },
    ]) {
      answers.push(await callApi(bench.api.url, 'logIn', null, { body }));
    }
    expect(answers[0]).toMatchObject({ ok: false, status: 401, error: { kind: 'wrong-credentials' } });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  test('guessing is stopped, also for the right password, until the window is over', async () => {
    const { login, password } = await newAgent(bench, 'agent');
    const attempt = async (tried: string) =>
      await callApi(bench.api.url, 'logIn', null, { body: { login, password: tried } });
    const guesses = await Promise.all(Array.from({ length: 12 }, async () => await attempt('guess')));
    expect(guesses.filter((guess) => !guess.ok && guess.error.kind === 'wrong-credentials')).toHaveLength(10);
    const refused = await attempt(password);
    expect(refused).toMatchObject({ ok: false, status: 429, error: { kind: 'too-many-attempts' } });
    const waitMs = refused.ok ? 0 : (refused.error.retryAfterMs ?? 0);
    expect(waitMs).toBeGreaterThan(0);
    bench.clock.advance(waitMs);
    expect(await attempt(password)).toMatchObject({ ok: true });
  });

  test('an access token ends after an hour; the refresh token brings a new one', async () => {
    const { login, password } = await newAgent(bench, 'agent');
    const first = await askApi(bench.api.url, 'logIn', null, { body: { login, password } });
    expect(first.serverTime).toBe(bench.clock.now());
    bench.clock.advance(60 * minuteMs - 1);
    await askApi(bench.api.url, 'listAgents', first.accessToken, {});
    bench.clock.advance(1);
    expect(await callApi(bench.api.url, 'listAgents', first.accessToken, {})).toMatchObject({ status: 401 });
    const { refreshToken } = first;
    const second = await askApi(bench.api.url, 'refresh', null, { body: { refreshToken } });
    await askApi(bench.api.url, 'listAgents', second.accessToken, {});
    expect(second.agent).toEqual(first.agent);
    bench.clock.advance(31 * 24 * 60 * minuteMs);
    expect(
      await callApi(bench.api.url, 'refresh', null, { body: { refreshToken: second.refreshToken } }),
    ).toMatchObject({ status: 401 });
  });

  test('a refresh token that comes a second time ends the whole session', async () => {
    const { login, password } = await newAgent(bench, 'agent');
    const { refreshToken } = await askApi(bench.api.url, 'logIn', null, { body: { login, password } });
    const other = await logIn(bench.api.url, login, password);
    const fresh = await askApi(bench.api.url, 'refresh', null, { body: { refreshToken } });
    await askApi(bench.api.url, 'listAgents', fresh.accessToken, {});
    expect(await callApi(bench.api.url, 'refresh', null, { body: { refreshToken } })).toMatchObject({
      status: 401,
    });
    expect(await callApi(bench.api.url, 'listAgents', fresh.accessToken, {})).toMatchObject({ status: 401 });
    expect(
      await callApi(bench.api.url, 'refresh', null, { body: { refreshToken: fresh.refreshToken } }),
    ).toMatchObject({ status: 401 });
    // Another log-in of the same agent is another session.
    await askApi(bench.api.url, 'listAgents', other, {});
  });

  test('a refresh whose answer was lost may be asked again, and what was lost is worth nothing', async () => {
    const { login, password } = await newAgent(bench, 'agent');
    const { refreshToken, accessToken } = await askApi(bench.api.url, 'logIn', null, {
      body: { login, password },
    });
    await askApi(bench.api.url, 'listAgents', accessToken, {});
    bench.clock.advance(minuteMs);
    const lost = await askApi(bench.api.url, 'refresh', null, { body: { refreshToken } });
    bench.clock.advance(10 * minuteMs);
    const fresh = await askApi(bench.api.url, 'refresh', null, { body: { refreshToken } });
    expect(await callApi(bench.api.url, 'listAgents', lost.accessToken, {})).toMatchObject({ status: 401 });
    expect(
      await callApi(bench.api.url, 'refresh', null, { body: { refreshToken: lost.refreshToken } }),
    ).toMatchObject({ status: 401 });
    await askApi(bench.api.url, 'listAgents', fresh.accessToken, {});
    bench.clock.advance(1);
    expect(await callApi(bench.api.url, 'refresh', null, { body: { refreshToken } })).toMatchObject({
      status: 401,
    });
    expect(await callApi(bench.api.url, 'listAgents', fresh.accessToken, {})).toMatchObject({ status: 401 });
  });

  test('a refresh token of before the last refresh ends the session, also where no call was made', async () => {
    const { login, password } = await newAgent(bench, 'agent');
    const first = await askApi(bench.api.url, 'logIn', null, { body: { login, password } });
    const next = async ({ refreshToken }: { readonly refreshToken: string }) => {
      bench.clock.advance(minuteMs);
      return await askApi(bench.api.url, 'refresh', null, { body: { refreshToken } });
    };
    const last = await next(await next(first));
    await expect(next(first)).rejects.toThrow('401');
    await expect(next(last)).rejects.toThrow('401');
  });

  test('of many refreshes with one token at the same moment one leaves tokens that are worth anything', async () => {
    const { login, password } = await newAgent(bench, 'agent');
    const { refreshToken } = await askApi(bench.api.url, 'logIn', null, { body: { login, password } });
    const answers = await Promise.all(
      Array.from(
        { length: 6 },
        async () => await callApi(bench.api.url, 'refresh', null, { body: { refreshToken } }),
      ),
    );
    let working = 0;
    for (const answer of answers) {
      if (!answer.ok) continue;
      const used = await callApi(bench.api.url, 'listAgents', answer.value.accessToken, {});
      if (used.ok) working += 1;
    }
    expect(working).toBe(1);
  });

  test('an access token is no refresh token and the other way round', async () => {
    const { login, password } = await newAgent(bench, 'agent');
    const session = await askApi(bench.api.url, 'logIn', null, { body: { login, password } });
    expect(await callApi(bench.api.url, 'listAgents', session.refreshToken, {})).toMatchObject({
      status: 401,
    });
    expect(
      await callApi(bench.api.url, 'refresh', null, { body: { refreshToken: session.accessToken } }),
    ).toMatchObject({ status: 401 });
    await askApi(bench.api.url, 'listAgents', session.accessToken, {});
  });

  test('log-out ends the session', async () => {
    const { token } = await newAgent(bench, 'read-only');
    await askApi(bench.api.url, 'logOut', token, { body: {} });
    expect(await callApi(bench.api.url, 'listAgents', token, {})).toMatchObject({ status: 401 });
  });

  test('disabling and a new role take effect at once', async () => {
    const { id, token } = await newAgent(bench, 'senior');
    const admin = await bench.admin();
    await askApi(bench.api.url, 'getMailbox', token, {});
    await askApi(bench.api.url, 'changeAgent', admin, { params: { id }, body: { role: 'read-only' } });
    expect(await callApi(bench.api.url, 'getMailbox', token, {})).toMatchObject({ status: 403 });
    await askApi(bench.api.url, 'changeAgent', admin, { params: { id }, body: { disabled: true } });
    expect(await callApi(bench.api.url, 'listAgents', token, {})).toMatchObject({ status: 401 });
  });

  test('an agent may change the own password, naming the current one, and nothing else', async () => {
    const mine = await newAgent(bench, 'senior');
    const other = await newAgent(bench, 'agent');
    const change = async (id: typeof mine.id, body: object) =>
      await callApi(bench.api.url, 'changeAgent', mine.token, { params: { id }, body });
    const password = 'another password';
    const currentPassword = mine.password;
    expect(await change(other.id, { password, currentPassword })).toMatchObject({ status: 403 });
    expect(await change(mine.id, { role: 'admin' })).toMatchObject({ status: 403 });
    expect(await change(mine.id, { name: 'X', password, currentPassword })).toMatchObject({ status: 403 });
    expect(await change(mine.id, { password })).toMatchObject({ status: 403 });
    expect(await change(mine.id, { password, currentPassword: 'wrong' })).toMatchObject({ status: 403 });
    expect(await change(mine.id, { password, currentPassword })).toMatchObject({ ok: true });
    expect(await callApi(bench.api.url, 'listAgents', mine.token, {})).toMatchObject({ status: 401 });
    await logIn(bench.api.url, mine.login, password);
  });

  test('the last admin stays, logins are unique, unknown agents are not found', async () => {
    const admin = await bench.admin();
    const { agents } = await askApi(bench.api.url, 'listAgents', admin, {});
    const admins = agents.filter((agent) => agent.role === 'admin' && !agent.disabled);
    const change = async (id: (typeof agents)[number]['id'], body: object) =>
      await callApi(bench.api.url, 'changeAgent', admin, { params: { id }, body });
    for (const { id, login } of admins) if (login !== 'admin') await change(id, { disabled: true });
    for (const { id } of admins.filter((agent) => agent.login === 'admin')) {
      expect(await change(id, { role: 'senior' })).toMatchObject({ status: 409 });
      expect(await change(id, { disabled: true })).toMatchObject({ status: 409 });
    }
    expect(await change(someId as (typeof agents)[number]['id'], { name: 'X' })).toMatchObject({
      status: 404,
    });
    const body = { login: 'admin', name: 'Другой', role: 'agent', password: 'long enough' } as const;
    expect(await callApi(bench.api.url, 'createAgent', admin, { body })).toMatchObject({ status: 409 });
  });

  test('a desk of an older protocol is told to upgrade, health apart', async () => {
    const headers = { 'x-stp-protocol': '0' };
    const refused = await fetch(`${bench.api.url}/v1/agents`, { headers });
    expect([refused.status, await refused.json()]).toMatchObject([426, { kind: 'upgrade-required' }]);
    expect((await fetch(`${bench.api.url}/v1/health`, { headers })).status).toBe(200);
  });

  test('every answer tells the API’s time', async () => {
    for (const path of ['/v1/health', '/v1/agents', '/nowhere']) {
      const response = await fetch(`${bench.api.url}${path}`);
      expect(Number(response.headers.get('x-stp-time')), path).toBe(bench.clock.now());
    }
  });

  test('an unexpected failure answers an id that is in the log, and the log holds nothing personal', async () => {
    const token = await bench.admin();
    const id = someId as ArticleId;
    const body = { title: 'СЕКРЕТНЫЙ заголовок', url: 'https://example.by/secret-page', keywords: [] };
    await bench.api.database.query('alter table article rename to article_away');
    const failed = await callApi(bench.api.url, 'putArticle', token, { params: { id }, body });
    await bench.api.database.query('alter table article_away rename to article');
    expect(failed).toMatchObject({ ok: false, status: 500, error: { kind: 'internal' } });
    const failureId = failed.ok ? '' : (failed.error.id ?? '');
    expect(failureId).not.toBe('');
    const log = bench.log.join('');
    expect(log).toContain(failureId);
    for (const secret of [
      'СЕКРЕТНЫЙ',
      'secret-page',
      token,
      bench.api.adminPassword,
      'section=',
      'agent-1',
    ]) {
      expect(log).not.toContain(secret);
    }
    await askApi(bench.api.url, 'putArticle', token, { params: { id }, body });
  });

  test('metrics are for admins and for the monitoring’s own token', async () => {
    const { token } = await newAgent(bench, 'senior');
    const scrape = async (bearer: string) =>
      await fetch(`${bench.api.url}/metrics`, { headers: { authorization: `Bearer ${bearer}` } });
    expect((await scrape(token)).status).toBe(403);
    expect((await scrape(await bench.admin())).status).toBe(200);
    const text = await (await scrape(metricsToken)).text();
    expect(text).toMatch(/^stp_feed_head [1-9]/mu);
    expect(text).toMatch(/^stp_watermark_age_seconds /mu);
    expect(text).toMatch(/^stp_database_connections\{state="total"\} [1-9]/mu);
    expect(text).toMatch(
      /stp_http_request_duration_seconds_count\{method="POST",route="\/v1\/login",status="200"\} [1-9]/u,
    );
    expect(text).toContain('route="/v1/agents/:id"');
    expect(text).not.toContain(someId);
  });

  test('the OpenAPI document has every route of the table', async () => {
    const headers = { authorization: `Bearer ${await bench.admin()}` };
    const response = await fetch(`${bench.api.url}/v1/openapi.json`, { headers });
    const document = (await response.json()) as {
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    for (const name of names) {
      const { method, path } = apiRoutes[name];
      const operation = document.paths[path.replace(':id', '{id}')]?.[method.toLowerCase()];
      expect(operation?.operationId).toBe(name);
    }
  });

  test('the mailbox record is sealed at rest, kept from read-only and guarded by its revision', async () => {
    const admin = await bench.admin();
    expect(await askApi(bench.api.url, 'getMailbox', admin, {})).toEqual({ mailbox: null });
    const put = async (revision: number, displayName: string) =>
      await callApi(bench.api.url, 'putMailbox', admin, { body: { ...mailboxBody, revision, displayName } });
    expect(await put(0, 'СТП')).toMatchObject({ value: { mailbox: { revision: 1 } } });
    expect(await put(0, 'Другой')).toMatchObject({ status: 409 });
    expect(await put(1, 'Поддержка')).toMatchObject({ value: { mailbox: { revision: 2 } } });
    expect(await put(1, 'Другой')).toMatchObject({ status: 409 });
    const { token } = await newAgent(bench, 'agent');
    const { mailbox } = await askApi(bench.api.url, 'getMailbox', token, {});
    expect(mailbox).toEqual({ ...mailboxBody, revision: 2, displayName: 'Поддержка' });
    const readOnly = await newAgent(bench, 'read-only');
    expect(await callApi(bench.api.url, 'getMailbox', readOnly.token, {})).toMatchObject({ status: 403 });
    const rows = await bench.api.database.query('select * from mailbox_record');
    expect(JSON.stringify(rows)).not.toContain(mailboxBody.imap.password);
  });

  test('an escrow is its agent’s alone', async () => {
    const [mine, other] = [await newAgent(bench, 'read-only'), await newAgent(bench, 'agent')];
    expect(await askApi(bench.api.url, 'getEscrow', mine.token, {})).toEqual({ escrow: null });
    for (const wrappedKey of ['AAAA', 'BBBB']) {
      await askApi(bench.api.url, 'putEscrow', mine.token, { body: { wrappedKey } });
    }
    expect(await askApi(bench.api.url, 'getEscrow', mine.token, {})).toEqual({
      escrow: { wrappedKey: 'BBBB' },
    });
    expect(await askApi(bench.api.url, 'getEscrow', other.token, {})).toEqual({ escrow: null });
  });
});
