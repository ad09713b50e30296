import { randomBytes } from 'node:crypto';
import { v7 as newUuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ArticleId, OperationId, TicketId } from '#shared/ids.ts';
import { readDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import { defaultCategories } from '#shared/regulation/category.ts';
import { defaultProfile } from '#shared/regulation/default-profile.ts';
import type { Change } from '#shared/protocol/changes.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import type { Ticker } from '#server/jobs/ticker.ts';
import { askApi, callApi } from '#test/fakes/call-api.ts';
import { startApi, type RunningApi } from '#test/fakes/start-api.ts';
import { startPostgres, type RunningPostgres } from '#test/fakes/start-postgres.ts';
import { newLetter, newMessageId } from './letters.ts';
import { LiveHints } from './live-hints.ts';
import { logIn, mailboxBody, TestClock } from './on-both-engines.ts';

/* Two APIs over one PostgreSQL share nothing in memory that matters: each its own pool, caches and listeners. */

describe('two APIs on one PostgreSQL', () => {
  let postgres: RunningPostgres;
  let a: RunningApi;
  let b: RunningApi;
  let token: string;
  const clock = new TestClock();
  const ticks: (() => void)[] = [];
  const ticker: Ticker = {
    every: (ms, tick) => {
      expect(ms).toBe(60_000);
      ticks.push(tick);
      return () => {};
    },
  };

  beforeAll(async () => {
    postgres = await startPostgres();
    const url = await postgres.newDatabase();
    const secretKey = randomBytes(32);
    [a, b] = await Promise.all([
      startApi({ database: { url }, secretKey, clock, ticker }),
      startApi({ database: { url }, secretKey, clock, ticker }),
    ]);
    token = await logIn(a.url, 'admin', `${a.adminPassword}${b.adminPassword}`);
    await askApi(a.url, 'putMailbox', token, { body: mailboxBody });
  });
  afterAll(async () => {
    await Promise.all([a.close(), b.close()]);
    await postgres.stop();
  });

  const newTickets = async (count: number, receivedAt?: number, api = a): Promise<TicketId[]> => {
    const sketch = receivedAt === undefined ? {} : { receivedAt };
    const letters = Array.from({ length: count }, () => newLetter(sketch));
    const fates = await askApi(api.url, 'ingest', token, { body: { letters } });
    return fates.letters.flatMap(({ disposition }) =>
      disposition.state === 'ticket' ? [disposition.ticketId] : [],
    );
  };
  const critical = (ticketId: TicketId, reason: string): Operation => ({
    id: newUuid() as OperationId,
    ticketId,
    kind: 'set-criticality',
    madeAt: Date.now(),
    critical: true,
    reason,
  });
  const push = async (api: RunningApi, ...operations: Operation[]) =>
    (await askApi(api.url, 'pushOperations', token, { body: { operations } })).answers;

  test('that start together migrate once and make one admin', () => {
    expect([a.adminPassword, b.adminPassword].filter((password) => password !== '')).toHaveLength(1);
  });

  test('run the jobs by the minute, and close each silent ticket once', async () => {
    const answeredAt = clock.now() - 3 * 86_400_000;
    const ids = await newTickets(30, answeredAt - 60_000);
    const answers = ids.map((ticketId): Operation => ({
      id: newUuid() as OperationId,
      ticketId,
      kind: 'record-answer',
      madeAt: answeredAt,
      answeredAt,
      messageId: newMessageId(),
      answerKind: 'solution',
      from: { name: '', address: 'info@example.by' },
      to: [],
      cc: [],
      subject: '',
      references: [],
    }));
    await push(a, ...answers);
    const folders = [{ folder: 'inbox', uidValidity: '17' } as const];
    await askApi(b.url, 'putWatermark', token, { body: { folders, at: clock.now() } });
    for (const tick of ticks) tick();
    await Promise.all([a, b, a, b].map(async (api) => await api.jobs.run()));
    const { changes } = await askApi(a.url, 'pullChanges', token, { query: { after: 0, limit: 5_000 } });
    const closed = changes.flatMap((change) =>
      change.entity === 'activity' && change.state?.operation.kind === 'close-by-silence'
        ? [change.state.ticketId]
        : [],
    );
    expect(closed.toSorted()).toEqual(ids.toSorted());
  });

  test('let no ticket slip between two versions of the regulation', async () => {
    const shipped = {
      profile: defaultProfile,
      categories: [...defaultCategories],
      calendar: readDefaultCalendar(),
    };
    const fewer = { ...defaultProfile, deadline: { ...defaultProfile.deadline, days: 2, targetDays: 2 } };
    const regulations = [{ ...shipped, profile: fewer }, shipped, { ...shipped, profile: fewer }, shipped];
    const put = async (): Promise<void> => {
      for (const [revision, regulation] of regulations.entries()) {
        await askApi(a.url, 'putRegulation', token, { body: { revision, ...regulation } });
      }
    };
    const receive = async (): Promise<TicketId[]> => {
      const ids: TicketId[] = [];
      for (let turn = 0; turn < 30; turn += 1) ids.push(...(await newTickets(2, undefined, b)));
      return ids;
    };
    const [ids] = await Promise.all([receive(), put()]);
    const { changes } = await askApi(a.url, 'pullChanges', token, { query: { after: 0, limit: 5_000 } });
    const openedAt = new Map(
      changes.flatMap((change) =>
        change.entity === 'letter' && change.state?.disposition.state === 'ticket'
          ? [[change.state.disposition.ticketId, change.version] as const]
          : [],
      ),
    );
    for (const change of changes) {
      if (change.entity !== 'regulation' || change.state === null) continue;
      const { revision } = change.state;
      const moved = new Set(
        changes.flatMap(({ entity, state }) =>
          entity === 'activity' &&
          state?.operation.kind === 'move-deadline' &&
          state.operation.revision === revision
            ? [state.ticketId]
            : [],
        ),
      );
      for (const id of ids) expect(moved.has(id)).toBe((openedAt.get(id) ?? Infinity) < change.version);
    }
  });

  test('answer racing duplicates alike', async () => {
    const tickets = await newTickets(5);
    for (let turn = 0; turn < 5; turn += 1) {
      const operations = tickets.map((id) => critical(id, `turn ${turn}`));
      const answers = (
        await Promise.all([a, b, a, b].map(async (api) => await push(api, ...operations)))
      ).flat();
      for (const { id } of operations) {
        const own = answers.flatMap((answer) =>
          answer.outcome === 'applied' && answer.id === id ? [answer] : [],
        );
        expect(own).toHaveLength(4);
        expect(own.filter((answer) => !answer.duplicate)).toHaveLength(1);
        expect(new Set(own.map((answer) => answer.version)).size).toBe(1);
      }
    }
  });

  test('make one ticket of racing creations, with one number, and one of tickets that race for a token', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      const ids = Array.from({ length: 4 }, () => newUuid() as TicketId);
      const create = (ticketId: TicketId, token: string): Operation => ({
        id: newUuid() as OperationId,
        ticketId,
        kind: 'create-ticket',
        madeAt: Date.now(),
        token,
        channel: 'phone',
        subject: 'Звонок',
        client: { name: '', address: '', phone: '123' },
      });
      const tokenOf = (index: number): string => `${turn}${index}`.padStart(8, 'T');
      const outcomes = async (batches: readonly (readonly Operation[])[]) =>
        (
          await Promise.all(
            batches.map(async (batch, index) => await push(index % 2 === 0 ? a : b, ...batch)),
          )
        )
          .flat()
          .map(({ outcome }) => outcome)
          .toSorted();
      const batches = [ids, ids.toReversed(), ids, ids.toReversed()].map((order) =>
        order.map((id) => create(id, tokenOf(ids.indexOf(id)))),
      );
      expect(await outcomes(batches)).toEqual([
        ...Array.from({ length: 4 }, () => 'applied'),
        ...Array.from({ length: 12 }, () => 'rejected'),
      ]);
      const same = [0, 1, 2, 3].map(() => [create(newUuid() as TicketId, tokenOf(9))]);
      expect(await outcomes(same)).toEqual(['applied', 'rejected', 'rejected', 'rejected']);
    }
  });

  test('never deadlock on batches that take the same tickets in another order', async () => {
    const tickets = await newTickets(20);
    const batches = Array.from({ length: 12 }, async (_none, index) => {
      const order = index % 2 === 0 ? tickets : tickets.toReversed();
      return await push(index % 3 === 0 ? a : b, ...order.map((id) => critical(id, `batch ${index}`)));
    });
    for (const answers of await Promise.all(batches)) {
      expect(answers.every((answer) => answer.outcome === 'applied')).toBe(true);
    }
  });

  test('see each other’s revocations at once', async () => {
    const { accessToken } = await askApi(a.url, 'logIn', null, {
      body: { login: 'admin', password: `${a.adminPassword}${b.adminPassword}` },
    });
    for (const api of [a, b]) await askApi(api.url, 'listAgents', accessToken, {});
    await askApi(a.url, 'logOut', accessToken, { body: {} });
    for (const api of [b, a]) {
      expect(await callApi(api.url, 'listAgents', accessToken, {})).toMatchObject({ status: 401 });
    }
  });

  test('show pages of the queue that the other has just changed', async () => {
    const [id] = await newTickets(1);
    if (id === undefined) throw new Error('no ticket');
    for (let turn = 0; turn < 10; turn += 1) {
      const [writer, reader] = turn % 2 === 0 ? [a, b] : [b, a];
      await push(writer, critical(id, `turn ${turn}`));
      const query = { section: 'critical', limit: 200 } as const;
      const { tickets } = await askApi(reader.url, 'queue', token, { query });
      expect(tickets.find((ticket) => ticket.id === id)?.critical?.reason).toBe(`turn ${turn}`);
    }
  });

  test('open the same sealed mailbox record', async () => {
    expect(await askApi(b.url, 'getMailbox', token, {})).toEqual({
      mailbox: { ...mailboxBody, revision: 1 },
    });
  });

  test('give live hints of what the other wrote', async () => {
    const hints = await LiveHints.of(b.url, token);
    await hints.headFrom(0);
    const [id] = await newTickets(1);
    if (id === undefined) throw new Error('no ticket');
    const [answer] = await push(a, critical(id, 'live'));
    const version = answer?.outcome === 'applied' ? answer.version : Number.NaN;
    expect(await hints.headFrom(version)).toBe(version);
    await hints.leave();
  });

  test('let no reader of the feed skip a change, however many write', async () => {
    const tickets = await newTickets(40);
    let writing = true;
    const writer = async (api: RunningApi, salt: number): Promise<void> => {
      for (let turn = 0; turn < 25; turn += 1) {
        const some = tickets.filter((_id, index) => (index + turn + salt) % 7 === 0);
        await push(api, ...some.map((id) => critical(id, `writer ${salt} turn ${turn}`)));
        if (turn % 5 === 0) await newTickets(3);
        const body = { title: `${salt} ${turn}`, url: 'https://example.by/', keywords: [] };
        await askApi(api.url, 'putArticle', token, { params: { id: newUuid() as ArticleId }, body });
      }
    };
    const read = async (api: RunningApi, limit: number): Promise<Map<string, Change>> => {
      const states = new Map<string, Change>();
      let after = 0;
      for (;;) {
        const last = !writing;
        const page = await askApi(api.url, 'pullChanges', token, { query: { after, limit } });
        for (const change of page.changes) {
          expect(change.version).toBeGreaterThan(after);
          after = change.version;
          states.set(`${change.entity} ${change.id}`, change);
        }
        expect(page.next).toBeGreaterThanOrEqual(after);
        after = page.next;
        if (last && !page.more) return states;
      }
    };
    const readers = [read(a, 3), read(b, 50), read(b, 1_000)];
    await Promise.all([writer(a, 1), writer(b, 2), writer(a, 3), writer(b, 4)]);
    writing = false;
    const [truth, ...followed] = await Promise.all([read(a, 5_000), ...readers]);
    for (const states of followed) expect(states).toEqual(truth);
  });

  test('say so while the database is away', async () => {
    const other = await startPostgres();
    const api = await startApi({ database: { url: other.url }, metricsToken: 'metrics' });
    const session = await logIn(api.url, api.adminLogin, api.adminPassword);
    await other.stop();
    expect(await callApi(api.url, 'listAgents', session, {})).toMatchObject({
      status: 503,
      error: { kind: 'unavailable' },
    });
    expect(await askApi(api.url, 'health', null, {})).toMatchObject({ status: 'unavailable' });
    const body = { login: 'admin', password: 'x' };
    expect(await callApi(api.url, 'logIn', null, { body })).toMatchObject({ status: 503 });
    const metrics = await fetch(`${api.url}/metrics`, { headers: { authorization: 'Bearer metrics' } });
    expect([metrics.status, await metrics.text()]).toEqual([
      200,
      expect.stringMatching(/^stp_feed_head nan$/imu),
    ]);
    await api.close();
  });
});
