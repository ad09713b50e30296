import { v7 as newUuid } from 'uuid';
import { beforeAll, expect, test, vi } from 'vitest';
import type { ArticleId, OperationId, OutgoingId, TicketId } from '#shared/ids.ts';
import type { OperationAnswer } from '#shared/protocol/operations.ts';
import type { QueuePage, QueueQuery } from '#shared/protocol/queue.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import { compareInQueue } from '#shared/ticket/queue-order.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { askApi, callApi } from '#test/fakes/call-api.ts';
import {
  answerTo,
  ingest,
  newTicket,
  newTickets,
  operation,
  readFeed,
  readTicket,
  type Agent,
} from './desk-steps.ts';
import { newMessageId } from './letters.ts';
import { LiveHints } from './live-hints.ts';
import { type Bench, newAgent, newService, onBothEngines } from './on-both-engines.ts';

type Section = QueueQuery['section'];

/** Shorter than the life of an access token. */
const claimMs = 20 * 60_000;

onBothEngines('operations', (bench) => {
  let one: Agent;
  let two: Agent;

  beforeAll(async () => {
    [one, two] = await newService(bench, 'agent', 'agent');
  });

  const claim = (ticketId: TicketId): Operation => ({
    id: newUuid() as OperationId,
    ticketId,
    kind: 'claim-ticket',
    madeAt: bench.clock.now(),
    until: bench.clock.now() + claimMs,
  });
  const release = (ticketId: TicketId): Operation => ({
    id: newUuid() as OperationId,
    ticketId,
    kind: 'release-ticket',
    madeAt: bench.clock.now(),
  });
  const critical = (ticketId: TicketId, reason: string): Operation => ({
    id: newUuid() as OperationId,
    ticketId,
    kind: 'set-criticality',
    madeAt: bench.clock.now(),
    critical: true,
    reason,
  });
  const push = async (agent: Agent, ...operations: Operation[]) =>
    (await askApi(bench.api.url, 'pushOperations', agent.token, { body: { operations } })).answers;

  test('a batch is answered in order: applied, rejected with facts, blocked, and the rest goes on', async () => {
    const [a, b] = [await newTicket(bench, one), await newTicket(bench, one)];
    const [held] = await push(one, claim(a.id));
    expect(held).toMatchObject({ outcome: 'applied', duplicate: false });
    const operations = [claim(a.id), claim(b.id), critical(a.id, 'сайт недоступен')] as const;
    expect(await push(two, ...operations)).toEqual([
      {
        id: operations[0].id,
        outcome: 'rejected',
        rejection: { kind: 'held-by-other', agentId: one.id, until: bench.clock.now() + claimMs },
        duplicate: false,
      },
      { id: operations[1].id, outcome: 'applied', version: expect.any(Number), duplicate: false },
      { id: operations[2].id, outcome: 'blocked', by: operations[0].id },
    ]);
    expect((await readTicket(bench, one, a.id)).holder?.agentId).toBe(one.id);
    expect((await readTicket(bench, one, b.id)).holder?.agentId).toBe(two.id);
    // What was blocked is not recorded and may be sent again.
    expect(await push(two, operations[2])).toMatchObject([{ outcome: 'applied', duplicate: false }]);
  });

  test('two agents who change different things of one ticket, each without the other’s change, both have their way', async () => {
    const ticket = await newTicket(bench, one);
    const classify = operation(bench, 'classify-ticket', ticket.id, { category: 'domains' });
    const answers = await Promise.all([push(one, critical(ticket.id, 'x')), push(two, classify)]);
    expect(answers.flat()).toMatchObject([{ outcome: 'applied' }, { outcome: 'applied' }]);
    expect(await readTicket(bench, one, ticket.id)).toMatchObject({
      critical: { reason: 'x' },
      category: 'domains',
    });
  });

  test('the version answered is the one in which the feed shows the change', async () => {
    const ticket = await newTicket(bench, one);
    const [answer] = await push(one, claim(ticket.id), critical(ticket.id, 'x'));
    const found = (await readFeed(bench, one)).find((change) => change.id === ticket.id);
    expect(found?.version).toBe(versionOf(answer));
    expect(found).toMatchObject({ state: { critical: { reason: 'x' }, holder: { agentId: one.id } } });
  });

  test('the same operation is answered for ever as the first time', async () => {
    const ticket = await newTicket(bench, one);
    const operation = claim(ticket.id);
    const [first] = await push(one, operation);
    await push(one, release(ticket.id));
    const [again] = await push(one, operation);
    expect(again).toEqual({ ...first, duplicate: true });
    expect((await readTicket(bench, one, ticket.id)).holder).toBeNull();
    const twice = claim(ticket.id);
    expect(await push(one, twice, twice)).toMatchObject([{ duplicate: false }, { duplicate: true }]);
  });

  test('what was rejected stays rejected when the reason is gone', async () => {
    const ticket = await newTicket(bench, one);
    await push(one, claim(ticket.id));
    const refused = claim(ticket.id);
    const [first] = await push(two, refused);
    await push(one, release(ticket.id));
    const later = claim(ticket.id);
    expect(await push(two, refused, later)).toEqual([
      { ...first, duplicate: true },
      { id: later.id, outcome: 'blocked', by: refused.id },
    ]);
  });

  test('requests that race with the same operations agree, and each is applied once', async () => {
    const tickets = [await newTicket(bench, one), await newTicket(bench, one)];
    const operations = [...tickets, ...tickets].map((ticket) => claim(ticket.id));
    const answers = await Promise.all(
      Array.from({ length: 8 }, async (_none, index) =>
        push(one, ...(index % 2 === 0 ? operations : operations.toReversed())),
      ),
    );
    for (const { id } of operations) {
      const own = answers.flat().filter((answer) => answer.id === id);
      expect(own).toHaveLength(8);
      expect(new Set(own.map(versionOf)).size).toBe(1);
      expect(own.filter((answer) => answer.outcome === 'applied' && !answer.duplicate)).toHaveLength(1);
    }
  });

  test('requests that race with one operation on a ticket that does not exist agree too', async () => {
    const operation = claim(newUuid() as TicketId);
    const answers = await Promise.all(Array.from({ length: 8 }, async () => push(one, operation)));
    expect(answers.flat()).toHaveLength(8);
    for (const answer of answers.flat()) expect(answer).toMatchObject({ rejection: { kind: 'not-found' } });
    expect(
      answers.flat().filter((answer) => answer.outcome === 'rejected' && !answer.duplicate),
    ).toHaveLength(1);
  });

  test('the author is who the token says, and read-only agents change nothing', async () => {
    const ticket = await newTicket(bench, one);
    const reader = await newAgent(bench, 'read-only');
    expect(await push(reader, claim(ticket.id))).toMatchObject([{ rejection: { kind: 'forbidden' } }]);
    const forged = { ...claim(ticket.id), agentId: one.id, author: { agentId: one.id, role: 'admin' } };
    await push(two, forged);
    expect((await readTicket(bench, one, ticket.id)).holder?.agentId).toBe(two.id);
  });

  /** Until the trigger is dropped, every change of this ticket is an SQL error. */
  const refuseChanges = async (id: TicketId): Promise<void> => {
    const { database } = bench.api;
    await database.query(`create or replace function refuse() returns trigger language plpgsql as
      $$ begin raise exception 'refused by the test'; end $$`);
    await database.query(
      `create trigger refuse before update on ticket for each row when (old.id = '${id}') execute function refuse()`,
    );
  };

  test('a ticket whose row is damaged does not hold back the others', async () => {
    const [good, bad] = [await newTicket(bench, one), await newTicket(bench, one)];
    const { database } = bench.api;
    const [row] = await database.query<{ state: string }>('select state from ticket where id = $1', [bad.id]);
    await database.query(`update ticket set state = '{' where id = $1`, [bad.id]);
    const operations = [claim(bad.id), claim(good.id)];
    const applied = { outcome: 'applied', duplicate: false };
    expect(await push(one, ...operations)).toMatchObject([{ ...applied, id: operations[1]?.id }]);
    await database.query('update ticket set state = $2 where id = $1', [bad.id, row?.state]);
    expect(await push(one, ...operations)).toMatchObject([applied, { duplicate: true }]);
  });

  test('an SQL error of one ticket does not hold back the others', async () => {
    const [good, bad, alsoGood] = [
      await newTicket(bench, one),
      await newTicket(bench, one),
      await newTicket(bench, one),
    ];
    const { database } = bench.api;
    await refuseChanges(bad.id);
    const operations = [claim(good.id), claim(bad.id), claim(alsoGood.id)] as const;
    const call = async (pushed: readonly Operation[] = operations) =>
      await callApi(bench.api.url, 'pushOperations', one.token, { body: { operations: [...pushed] } });
    const applied = { outcome: 'applied', duplicate: false };
    expect(await call()).toMatchObject({
      value: {
        answers: [
          { ...applied, id: operations[0].id },
          { ...applied, id: operations[2].id },
        ],
      },
    });
    expect(await call([operations[1]])).toMatchObject({ ok: false, status: 500 });
    await database.query('drop trigger refuse on ticket');
    expect(await call()).toMatchObject({
      value: { answers: [{ duplicate: true }, { duplicate: false }, { duplicate: true }] },
    });
  });

  test('an answer ends the reaction, shows as a letter and lets its recipients join', async () => {
    const ticket = await newTicket(bench, one);
    const answer = answerTo(bench, ticket, { to: ['boss@school.example.by', 'info@example.by'] });
    await push(one, claim(ticket.id), answer);
    const answered = await readTicket(bench, one, ticket.id);
    expect(answered).toMatchObject({
      status: 'waiting',
      reactionStartedAt: null,
      holder: null,
      letterCount: 2,
    });
    expect(answered.participants).toEqual([ticket.client.address, 'boss@school.example.by']);
    const letters = (await readFeed(bench, one)).filter(
      (change) => change.entity === 'letter' && change.state?.messageId === answer.messageId,
    );
    expect(letters).toMatchObject([
      {
        state: {
          direction: 'out',
          agentId: one.id,
          answerKind: 'solution',
          disposition: { state: 'ticket', ticketId: ticket.id },
        },
      },
    ]);
  });

  test('the feed comes in pages without gap or double, and tells when it is another one', async () => {
    await push(one, ...(await newTickets(bench, one, 12)).map((ticket) => claim(ticket.id)));
    const whole = await readFeed(bench, one);
    const inPages = await readFeed(bench, one, 5);
    expect(inPages).toEqual(whole);
    const versions = whole.map((change) => change.version);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
    expect(new Set(whole.map((change) => `${change.entity} ${change.id}`)).size).toBe(whole.length);
    expect(new Set(whole.map((change) => change.entity))).toEqual(
      new Set(['ticket', 'letter', 'agent', 'activity']),
    );

    const pull = async (query: { after: number; epoch?: string }) =>
      await callApi(bench.api.url, 'pullChanges', one.token, { query });
    const { head, epoch } = await askApi(bench.api.url, 'pullChanges', one.token, { query: { after: 0 } });
    expect(await pull({ after: head, epoch })).toMatchObject({
      value: { changes: [], next: head, more: false },
    });
    expect(await pull({ after: 0, epoch: 'another' })).toMatchObject({
      status: 410,
      error: { kind: 'epoch-changed' },
    });
    expect(await pull({ after: head + 1 })).toMatchObject({ status: 410, error: { kind: 'epoch-changed' } });
  });

  test('articles and agents are in the feed', async () => {
    const id = newUuid() as ArticleId;
    const senior = await newAgent(bench, 'senior');
    const body = { title: 'Как сменить пароль', url: 'https://example.by/a', keywords: ['пароль'] };
    await askApi(bench.api.url, 'putArticle', senior.token, { params: { id }, body });
    await askApi(bench.api.url, 'putArticle', senior.token, {
      params: { id },
      body: { ...body, title: 'Пароль' },
    });
    const feed = await readFeed(bench, one);
    expect(feed.filter((change) => change.id === id)).toMatchObject([
      { entity: 'article', state: { id, ...body, title: 'Пароль' } },
    ]);
    expect(feed.find((change) => change.id === senior.id)).toMatchObject({ state: { role: 'senior' } });
  });

  test('the queue is in queue order, in pages by keyset, with its sections as filters', async () => {
    const tickets = await newTickets(bench, one, 25);
    const [a, b, c, d] = tickets;
    if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error('too few');
    await push(one, critical(c.id, 'сайт недоступен'), answerTo(bench, d, {}), claim(a.id));
    await push(two, answerTo(bench, b, {}), critical(b.id, 'срочно'));
    const whole = await readQueue(bench, one, 'all', 200);
    expect(whole.length).toBeGreaterThanOrEqual(25);
    expect(whole.map((ticket) => ticket.id)).toEqual(
      whole.toSorted(compareInQueue).map((ticket) => ticket.id),
    );
    expect(await readQueue(bench, one, 'all', 7)).toEqual(whole);

    const ids = async (section: Section) =>
      new Set((await readQueue(bench, one, section, 50)).map((ticket) => ticket.id));
    const filtered = (fits: (ticket: Ticket) => boolean) =>
      new Set(whole.filter(fits).map((ticket) => ticket.id));
    expect(await ids('to-answer')).toEqual(filtered((ticket) => ticket.status === 'open'));
    expect(await ids('critical')).toEqual(filtered((ticket) => ticket.critical !== null));
    expect(await ids('waiting')).toEqual(filtered((ticket) => ticket.status === 'waiting'));
    expect(await ids('mine')).toEqual(filtered((ticket) => ticket.holder?.agentId === one.id));
    expect(await ids('closed')).toEqual(new Set());
    expect(await ids('mine')).toContain(a.id);
    bench.clock.advance(claimMs);
    expect(await ids('mine')).toEqual(new Set());
    bench.clock.advance(-claimMs);

    const query = { section: 'all', cursor: 'made up' } as const;
    expect(await callApi(bench.api.url, 'queue', one.token, { query })).toMatchObject({ status: 400 });
  });

  test('a page of the queue is never older than its request', async () => {
    const ticket = await newTicket(bench, one);
    for (let turn = 0; turn < 5; turn += 1) {
      await push(one, critical(ticket.id, `причина ${turn}`));
      const page = await readQueue(bench, two, 'critical', 50);
      expect(page.find((found) => found.id === ticket.id)?.critical?.reason).toBe(`причина ${turn}`);
    }
  });

  test('an SQL error of one ticket does not part two that the same batch merges', async () => {
    const [given, bad] = await newTickets(bench, one, 2);
    if (given === undefined || bad === undefined) throw new Error('no tickets were opened');
    await refuseChanges(bad.id);
    const made = operation(bench, 'create-ticket', newUuid() as TicketId, {
      token: 'Y0000001',
      channel: 'phone',
      subject: 'Звонок',
      client: given.client,
    });
    const merge = operation(bench, 'merge-ticket', given.id, { into: made.ticketId });
    const operations = [claim(given.id), made, claim(bad.id), merge];
    const call = async () =>
      await callApi(bench.api.url, 'pushOperations', one.token, { body: { operations } });
    expect((await push(one, ...operations)).map(({ id }) => id)).toEqual(
      [operations[0], operations[1], operations[3]].map((done) => done?.id),
    );
    await bench.api.database.query('drop trigger refuse on ticket');
    const applied = { outcome: 'applied', duplicate: true };
    expect(await call()).toMatchObject({
      value: { answers: [applied, applied, { outcome: 'applied', duplicate: false }, applied] },
    });
    expect((await readTicket(bench, one, given.id)).mergedInto).toBe(made.ticketId);
  });

  test('the right to send a Message-ID goes to one outgoing letter', async () => {
    const ticket = await newTicket(bench, one);
    const messageId = newMessageId();
    const [first, second] = [newUuid() as OutgoingId, newUuid() as OutgoingId];
    const take = async (agent: Agent, outgoingId: OutgoingId, ticketId = ticket.id) =>
      await callApi(bench.api.url, 'claimSend', agent.token, {
        body: { outgoingId, messageId, ticketId, ticketVersion: 1_000_000, purpose: 'answer' },
      });
    const racing = await Promise.all([take(one, first), take(two, second)]);
    expect(racing.filter((answer) => answer.ok)).toHaveLength(1);
    const [winner, loser] = racing[0].ok ? [first, second] : [second, first];
    expect(await take(one, winner)).toMatchObject({ value: { movedOn: null } });
    expect(await take(two, loser)).toMatchObject({ status: 409, error: { kind: 'conflict' } });
    // The lease of a desk that died runs out.
    bench.clock.advance(21 * 60_000);
    expect(await take(two, loser)).toMatchObject({ ok: true });
    await push(two, { ...answerTo(bench, ticket, {}), messageId });
    bench.clock.advance(21 * 60_000);
    expect(await take(one, winner)).toMatchObject({ status: 409 });
    // Deferred recipients are tried again by the letter that was sent.
    expect(await take(two, loser)).toMatchObject({ ok: true });
    expect(await take(two, loser, newUuid() as TicketId)).toMatchObject({ status: 404 });
  });

  test('a claim to send tells what happened to the ticket since the answer was begun', async () => {
    const ticket = await newTicket(bench, one);
    const seen = async () =>
      (await readFeed(bench, one)).find((change) => change.id === ticket.id)?.version ?? 0;
    const movedSince = async (agent: Agent, ticketVersion: number) =>
      (
        await askApi(bench.api.url, 'claimSend', agent.token, {
          body: {
            outgoingId: newUuid() as OutgoingId,
            messageId: newMessageId(),
            ticketId: ticket.id,
            ticketVersion,
            purpose: 'answer',
          },
        })
      ).movedOn;
    const begun = await seen();
    await push(one, claim(ticket.id), critical(ticket.id, 'x'));
    expect(await movedSince(one, begun)).toBeNull();
    await ingest(bench, one, { subject: `Ещё вопрос [STP-${ticket.token}]`, from: ticket.client.address });
    expect(await movedSince(one, begun)).toMatchObject({ reason: 'client-wrote', agentId: null });
    const later = await seen();
    expect(await movedSince(one, later)).toBeNull();
    await push(two, answerTo(bench, ticket, {}));
    expect(await movedSince(one, later)).toMatchObject({ reason: 'colleague-answered', agentId: two.id });
    // One's own answer is no news.
    expect(await movedSince(two, later)).toBeNull();
  });

  test('live hints come on connecting and after a change, and end with the token', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    try {
      const { token, id } = await newAgent(bench, 'read-only');
      const hints = await LiveHints.of(bench.api.url, token);
      const before = await hints.headFrom(0);
      const ticket = await newTicket(bench, one);
      const { version = Number.NaN } =
        (await readFeed(bench, one)).find((change) => change.id === ticket.id) ?? {};
      expect(version).toBeGreaterThan(before);
      expect(await hints.headFrom(version)).toBeGreaterThanOrEqual(version);
      await askApi(bench.api.url, 'changeAgent', await bench.admin(), {
        params: { id },
        body: { disabled: true },
      });
      vi.advanceTimersByTime(15_000);
      await hints.ended();
    } finally {
      vi.useRealTimers();
    }
  });
});

function versionOf(answer: OperationAnswer | undefined): number {
  if (answer?.outcome !== 'applied') throw new Error('not applied');
  return answer.version;
}

async function readQueue({ api }: Bench, agent: Agent, section: Section, limit: number): Promise<Ticket[]> {
  const tickets: Ticket[] = [];
  let cursor: string | null = null;
  do {
    const query: QueueQuery = { section, limit, ...(cursor === null ? {} : { cursor }) };
    const page: QueuePage = await askApi(api.url, 'queue', agent.token, { query });
    tickets.push(...page.tickets);
    cursor = page.cursor;
  } while (cursor !== null);
  return tickets;
}
