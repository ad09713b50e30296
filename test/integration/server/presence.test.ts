import { randomBytes } from 'node:crypto';
import { v7 as newUuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { AgentId, TicketId } from '#shared/ids.ts';
import { presenceLifeMs, type PresentAgent, type PutPresence } from '#shared/protocol/presence.ts';
import { askApi, callApi, fetchApi } from '#test/fakes/call-api.ts';
import { openLivePresence } from '#test/fakes/live-presence.ts';
import { startApi, type RunningApi } from '#test/fakes/start-api.ts';
import { startPostgres, type RunningPostgres } from '#test/fakes/start-postgres.ts';
import { logIn, newAgent, onBothEngines, TestClock, type Bench } from './on-both-engines.ts';

const ticketId = newUuid() as TicketId;
const viewing: PutPresence = { ticketId, activity: 'viewing' };
const answering: PutPresence = { ticketId, activity: 'answering' };
const nothing: PutPresence = { ticketId: null, activity: 'viewing' };

async function put(api: RunningApi, token: string, body: PutPresence): Promise<void> {
  await askApi(api.url, 'putPresence', token, { body });
}

/** What the stream of that API told, and the last of it. */
async function follow(api: RunningApi, token: string) {
  const live = await openLivePresence(api.url, token);
  onTestFinished(() => live.close());
  const last = (): readonly PresentAgent[] | undefined => live.told.at(-1);
  await expect.poll(last).toBeDefined();
  return { told: live.told, last };
}

const of = (agentId: AgentId, activity: PresentAgent['activity'] = 'viewing'): PresentAgent => ({
  agentId,
  ticketId,
  activity,
});

onBothEngines('presence', (bench: Bench) => {
  test('comes on connecting and with each change, and not with what only says it again', async () => {
    const [anna, pyotr] = [await newAgent(bench, 'agent'), await newAgent(bench, 'agent')];
    await put(bench.api, anna.token, viewing);
    const { told, last } = await follow(bench.api, pyotr.token);
    expect(told).toEqual([[of(anna.id)]]);
    await put(bench.api, anna.token, viewing);
    await put(bench.api, anna.token, answering);
    await expect.poll(last).toEqual([of(anna.id, 'answering')]);
    const other = newUuid() as TicketId;
    await put(bench.api, anna.token, { ticketId: other, activity: 'viewing' });
    await expect.poll(last).toEqual([{ ...of(anna.id), ticketId: other }]);
    await put(bench.api, anna.token, nothing);
    await put(bench.api, anna.token, nothing);
    await expect.poll(last).toEqual([]);
    expect(told).toHaveLength(4);
  });

  test('of several desks of one agent is one entry, the most that any of them does', async () => {
    const { id, login, password, token } = await newAgent(bench, 'agent');
    const second = await logIn(bench.api.url, login, password);
    const { last } = await follow(bench.api, token);
    await put(bench.api, token, viewing);
    await put(bench.api, second, answering);
    await expect.poll(last).toEqual([of(id, 'answering')]);
    await put(bench.api, second, nothing);
    await expect.poll(last).toEqual([of(id)]);
    await askApi(bench.api.url, 'logOut', token, { body: {} });
    await expect.poll(last).toEqual([]);
  });

  test('ends at once with the log-in, with the agent, and with the right to work on tickets', async () => {
    const watcher = await newAgent(bench, 'agent');
    const { last } = await follow(bench.api, watcher.token);
    const leaver = await newAgent(bench, 'agent');
    await put(bench.api, leaver.token, viewing);
    await expect.poll(last).toEqual([of(leaver.id)]);
    await askApi(bench.api.url, 'logOut', leaver.token, { body: {} });
    await expect.poll(last).toEqual([]);
    for (const change of [
      { disabled: true },
      { role: 'read-only' },
      { password: 'another password' },
    ] as const) {
      const agent = await newAgent(bench, 'agent');
      await put(bench.api, agent.token, viewing);
      await expect.poll(last).toEqual([of(agent.id)]);
      const body = change;
      await askApi(bench.api.url, 'changeAgent', await bench.admin(), { params: { id: agent.id }, body });
      await expect.poll(last).toEqual([]);
    }
  });

  test('lapses by the clock of the API, and not while it is renewed', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const [anna, pyotr] = [await newAgent(bench, 'agent'), await newAgent(bench, 'agent')];
    await put(bench.api, anna.token, answering);
    const { told, last } = await follow(bench.api, pyotr.token);
    bench.clock.advance(presenceLifeMs - 1);
    await put(bench.api, anna.token, answering);
    bench.clock.advance(presenceLifeMs - 1);
    vi.advanceTimersByTime(15_000);
    const reader = await follow(bench.api, pyotr.token);
    expect(reader.told).toEqual([[of(anna.id, 'answering')]]);
    bench.clock.advance(1);
    vi.advanceTimersByTime(15_000);
    await expect.poll(last).toEqual([]);
    expect(told).toHaveLength(2);
    // The row of the desk that said no more goes with the next word of any other.
    await put(bench.api, pyotr.token, viewing);
    const rows = await bench.api.database.query<{ agent_id: string }>('select agent_id from presence');
    expect(rows.map((row) => row.agent_id)).toEqual([pyotr.id]);
    await put(bench.api, pyotr.token, nothing);
  });

  test('is seen by who only reads, and said by nobody who does; what is not of its shape is refused', async () => {
    const reader = await newAgent(bench, 'read-only');
    const agent = await newAgent(bench, 'agent');
    const { last } = await follow(bench.api, reader.token);
    await put(bench.api, agent.token, viewing);
    await expect.poll(last).toEqual([of(agent.id)]);
    await put(bench.api, agent.token, nothing);
    expect(await callApi(bench.api.url, 'putPresence', reader.token, { body: viewing })).toMatchObject({
      status: 403,
    });
    for (const body of [{ ticketId: 'x', activity: 'viewing' }, { ticketId, activity: 'asleep' }, {}]) {
      expect(await fetchApi(bench.api.url, 'putPresence', agent.token, { body })).toMatchObject({
        status: 400,
      });
    }
  });

  test('leaves nothing in the feed, in the operations and in the log', async () => {
    const agent = await newAgent(bench, 'agent');
    const count =
      'select (select version from feed_head) as head, (select count(*) from operation) as operations';
    const before = await bench.api.database.query(count);
    const logged = bench.log.length;
    await put(bench.api, agent.token, viewing);
    await put(bench.api, agent.token, nothing);
    expect(await bench.api.database.query(count)).toEqual(before);
    expect(bench.log.slice(logged).join('')).not.toContain(ticketId);
  });
});

describe('presence in two APIs on one PostgreSQL', () => {
  let postgres: RunningPostgres;
  let a: RunningApi;
  let b: RunningApi;
  const clock = new TestClock();

  beforeAll(async () => {
    postgres = await startPostgres();
    const database = { url: await postgres.newDatabase() };
    const secretKey = randomBytes(32);
    a = await startApi({ database, secretKey, clock });
    b = await startApi({ database, secretKey, clock });
  });
  afterAll(async () => {
    await Promise.all([a.close(), b.close()]);
    await postgres.stop();
  });

  test('is one: said to either, told by both, ended by either', async () => {
    const admin = await logIn(a.url, 'admin', a.adminPassword);
    const body = { login: 'olga', name: 'Ольга Сак', role: 'agent', password: 'пароль Ольги' } as const;
    const { id } = await askApi(b.url, 'createAgent', admin, { body });
    const olga = await logIn(b.url, body.login, body.password);
    const [atA, atB] = [await follow(a, admin), await follow(b, admin)];
    await put(a, olga, viewing);
    await expect.poll(atB.last).toEqual([of(id)]);
    await put(b, olga, answering);
    for (const { last } of [atA, atB]) await expect.poll(last).toEqual([of(id, 'answering')]);
    await askApi(a.url, 'logOut', olga, { body: {} });
    for (const { told, last } of [atA, atB]) {
      await expect.poll(last).toEqual([]);
      expect(told).toHaveLength(4);
    }
  });

  test('two desks whose colleagues have lapsed clean up without waiting for each other', async () => {
    const admin = await logIn(a.url, 'admin', a.adminPassword);
    const tokens = await Promise.all(
      Array.from({ length: 8 }, async () => await logIn(a.url, 'admin', a.adminPassword)),
    );
    for (let turn = 0; turn < 10; turn += 1) {
      clock.advance(presenceLifeMs);
      await Promise.all(tokens.map((token, index) => put(index % 2 === 0 ? a : b, token, viewing)));
    }
    await put(a, admin, nothing);
    const rows = await a.database.query('select 1 from presence');
    expect(rows).toHaveLength(8);
  });
});
