import { createHash } from 'node:crypto';
import { v7 as newUuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { changesFrames, type ChangesSource } from '#main/tickets/changes-stream.ts';
import type { ApiClient } from '#main/tickets/api-client.ts';
import { Outbox } from '#main/tickets/outbox.ts';
import { systemScheduler } from '#main/scheduler.ts';
import { Wake } from '#main/tickets/wake.ts';
import type { ChangesFrame, ChangesRequest } from '#shared/bridge/streams.ts';
import type { LetterId, OperationId, TicketId } from '#shared/ids.ts';
import type { Session } from '#shared/protocol/session.ts';
import type { LetterFacts } from '#shared/ticket/letter.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import { askApi } from '#test/fakes/call-api.ts';
import { startApi, type RunningApi } from '#test/fakes/start-api.ts';
import { openJournal, temporaryFolder } from '#test/unit/journal/journal-folder.ts';
import { eventually } from './eventually.ts';
import { openWay, type CuttableWay } from './cuttable-way.ts';
import { ManualScheduler } from './manual-scheduler.ts';
import { MemoryTokens, openClient } from './memory-tokens.ts';
import { answer, startScripted } from './scripted-server.ts';

const begin: ChangesRequest = { epoch: null, after: 0 };

let api: RunningApi;
let admin: Session;
let letters = 0;

beforeAll(async () => {
  api = await startApi({ database: 'postgres' });
  admin = await askApi(api.url, 'logIn', null, {
    body: { login: api.adminLogin, password: api.adminPassword },
  });
  const server = { host: '127.0.0.1', port: 1, allowPlainText: false, user: 'u', password: 'p' };
  await askApi(api.url, 'putMailbox', admin.accessToken, {
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
}, 60_000);
afterAll(() => api.close());

/** A letter of a new client makes a new ticket. */
async function newTicket(): Promise<TicketId> {
  letters += 1;
  const facts: LetterFacts = {
    id: `1:${createHash('sha256').update(String(letters)).digest('hex')}` as LetterId,
    location: { folder: 'inbox', uidValidity: '1', uid: letters },
    messageId: `<${String(letters)}@client.example.by>`,
    inReplyTo: [],
    references: [],
    from: { name: '', address: `client-${String(letters)}@example.by` },
    to: [{ name: '', address: 'help@example.by' }],
    cc: [],
    subject: 'Вопрос',
    receivedAt: Date.now(),
    size: 100,
    kind: 'human',
    bounce: null,
    hops: 0,
  };
  const answered = await askApi(api.url, 'ingest', admin.accessToken, { body: { letters: [facts] } });
  const disposition = answered.letters[0]?.disposition;
  if (disposition?.state !== 'ticket') throw new Error('the letter made no ticket');
  return disposition.ticketId;
}

function claimOf(ticketId: TicketId): Operation {
  return {
    kind: 'claim-ticket',
    id: newUuid() as OperationId,
    ticketId,
    madeAt: Date.now(),
    until: Date.now() + 3_600_000,
  };
}

async function clientOf(url: string): Promise<ApiClient> {
  const tokens = new MemoryTokens();
  await tokens.renewed(admin);
  return openClient(url, { tokens }).api;
}

function sourceOf(client: ApiClient, change: Partial<ChangesSource> = {}): ChangesSource {
  return {
    api: client,
    scheduler: systemScheduler,
    beforePull: () => Promise.resolve(),
    onEpoch: () => Promise.resolve(),
    onCaughtUp: () => {},
    onRetry: () => {},
    ...change,
  };
}

/** Reads a stream in the background until the test ends. */
function follow(source: ChangesSource, request: ChangesRequest, retry = new Wake()) {
  const frames: ChangesFrame[] = [];
  const abort = new AbortController();
  const done = (async () => {
    for await (const frame of changesFrames(source, request, abort.signal, retry)) frames.push(frame);
  })();
  const stop = async (): Promise<void> => {
    abort.abort();
    await done;
  };
  onTestFinished(stop);
  const changed = (): string[] =>
    frames.flatMap((frame) => (frame.type === 'changes' ? frame.changes.map(({ id }) => id) : []));
  return { frames, stop, changed };
}

describe('the changes of the feed', () => {
  test('come from the beginning, then as they are made, until the reader goes away', async () => {
    const first = await newTicket();
    const reader = follow(sourceOf(await clientOf(api.url)), begin);
    await eventually(() => expect(reader.frames.at(-1)).toEqual({ type: 'caught-up' }));
    expect(reader.changed()).toContain(first);
    const second = await newTicket();
    await eventually(() => expect(reader.changed()).toContain(second));
    await eventually(() => expect(reader.frames.at(-1)).toEqual({ type: 'caught-up' }));
    await reader.stop();
  });

  test('go on behind a cursor', async () => {
    const client = await clientOf(api.url);
    const reader = follow(sourceOf(client), begin);
    await eventually(() => expect(reader.frames.at(-1)).toEqual({ type: 'caught-up' }));
    await reader.stop();
    const last = reader.frames.findLast((frame) => frame.type === 'changes');
    const third = await newTicket();
    const again = follow(sourceOf(client), { epoch: last?.epoch ?? null, after: last?.next ?? 0 });
    await eventually(() => expect(again.frames.at(-1)).toEqual({ type: 'caught-up' }));
    expect(again.changed()).toContain(third);
    expect(again.changed().length).toBeLessThan(reader.changed().length);
  });

  test('another life of the feed is told, and everything comes again', async () => {
    const epochs: string[] = [];
    const onEpoch = (epoch: string): Promise<void> => {
      epochs.push(epoch);
      return Promise.resolve();
    };
    const source = sourceOf(await clientOf(api.url), { onEpoch });
    const reader = follow(source, { epoch: 'before-the-restore', after: 7 });
    await eventually(() => expect(reader.frames.at(-1)).toEqual({ type: 'caught-up' }));
    expect(reader.frames[0]).toEqual({ type: 'reset', epoch: admin.epoch });
    expect(new Set(epochs)).toEqual(new Set([admin.epoch]));
    const fromStart = follow(sourceOf(await clientOf(api.url)), begin);
    await eventually(() => expect(fromStart.frames.at(-1)).toEqual({ type: 'caught-up' }));
    expect(reader.changed()).toEqual(fromStart.changed());
  });

  test('are found after the way was cut, without being asked', async () => {
    const way: CuttableWay = await openWay(api.url);
    const scheduler = new ManualScheduler();
    const reader = follow(sourceOf(await clientOf(way.url), { scheduler }), begin);
    await eventually(() => expect(reader.frames.at(-1)).toEqual({ type: 'caught-up' }));
    way.cut();
    const missed = await newTicket();
    // The live stream waits to connect again.
    await eventually(() => expect(scheduler.asked.some((ms) => ms < 60_000)).toBe(true));
    way.mend();
    await eventually(() => {
      scheduler.pass(50_000);
      expect(reader.changed()).toContain(missed);
    });
  });

  test('pending operations are pushed before changes are pulled, and pulled right after', async () => {
    const client = await clientOf(api.url);
    const ticketId = await newTicket();
    const journal = await openJournal(await temporaryFolder());
    const outbox = new Outbox({
      journal,
      api: client,
      author: { agentId: admin.agent.id, role: 'admin' },
      epoch: admin.epoch,
      clock: { now: () => Date.now() },
      scheduler: systemScheduler,
      log: { info: () => {}, warn: () => {}, error: () => {} },
    });
    onTestFinished(() => outbox.close());
    const operation = claimOf(ticketId);
    await outbox.submit(operation);
    outbox.start();
    const reader = follow(sourceOf(client, { beforePull: () => outbox.afterPush() }), begin);
    await eventually(() => expect(reader.frames.at(-1)).toEqual({ type: 'caught-up' }));
    const said = journal.state.operations.get(operation.id)?.answer;
    const version = said?.outcome === 'applied' ? said.version : Number.NaN;
    const [state] = reader.frames
      .flatMap((frame) => (frame.type === 'changes' ? frame.changes : []))
      .filter((change) => change.id === ticketId);
    expect(state).toMatchObject({ version, state: { holder: { agentId: admin.agent.id } } });
  });
});

test('what the API refuses stays with its facts, and an answer that has left gets through', async () => {
  const colleague = await askApi(api.url, 'createAgent', admin.accessToken, {
    body: { login: 'colleague', name: 'Борис', role: 'agent', password: 'длинный пароль' },
  });
  const theirs = await askApi(api.url, 'logIn', null, {
    body: { login: colleague.login, password: 'длинный пароль' },
  });
  const ticketId = await newTicket();
  await askApi(api.url, 'pushOperations', theirs.accessToken, { body: { operations: [claimOf(ticketId)] } });

  const journal = await openJournal(await temporaryFolder());
  const outbox = new Outbox({
    journal,
    api: await clientOf(api.url),
    author: { agentId: admin.agent.id, role: 'admin' },
    epoch: admin.epoch,
    clock: { now: () => Date.now() },
    scheduler: systemScheduler,
    log: { info: () => {}, warn: () => {}, error: () => {} },
  });
  onTestFinished(() => outbox.close());
  const claim = claimOf(ticketId);
  const critical: Operation = {
    kind: 'set-criticality',
    id: newUuid() as OperationId,
    ticketId,
    madeAt: Date.now(),
    critical: true,
    reason: 'Не работает у всех',
  };
  const answered: Operation = {
    kind: 'record-answer',
    id: newUuid() as OperationId,
    ticketId,
    madeAt: Date.now(),
    messageId: '<answer@example.by>',
    answerKind: 'solution',
    answeredAt: Date.now(),
    from: { name: '', address: 'help@example.by' },
    to: [],
    cc: [],
    subject: 'Re: Вопрос',
    references: [],
  };
  for (const operation of [claim, critical, answered]) await outbox.submit(operation);
  outbox.start();
  await outbox.afterPush();
  const answerOf = (operation: Operation) => journal.state.operations.get(operation.id)?.answer;
  expect(answerOf(claim)).toMatchObject({
    outcome: 'rejected',
    rejection: { kind: 'held-by-other', agentId: colleague.id },
  });
  expect(answerOf(critical)).toBeNull();
  expect(answerOf(answered)).toMatchObject({ outcome: 'applied' });
  await outbox.drop(claim.id);
  await outbox.afterPush();
  expect(answerOf(critical)).toMatchObject({ outcome: 'applied' });
});

describe('a feed that fails', () => {
  test('is asked again later and later, or at once when told to, and nothing is thrown', async () => {
    let down = true;
    const server = await startScripted((request, response) => {
      if (down || request.path.startsWith('/v1/changes/live')) response.destroy();
      else answer(response, 200, { epoch: 'e', head: 4, next: 4, more: false, changes: [] });
    });
    const scheduler = new ManualScheduler();
    const retries: (number | null)[] = [];
    const { api: client } = openClient(server.url);
    const retry = new Wake();
    const source = sourceOf(client, { scheduler, onRetry: (ms) => retries.push(ms) });
    const reader = follow(source, { epoch: 'e', after: 3 }, retry);
    await eventually(() => expect(retries).toEqual([500]));
    scheduler.pass(500);
    await eventually(() => expect(retries).toEqual([500, 1_000]));
    down = false;
    retry.ring();
    await eventually(() =>
      expect(reader.frames).toEqual([
        { type: 'changes', epoch: 'e', next: 4, head: 4, changes: [] },
        { type: 'caught-up' },
      ]),
    );
    expect(retries.at(-1)).toBeNull();
  });

  test('a live stream that never comes does not matter: the feed is asked now and then', async () => {
    let head = 1;
    const server = await startScripted((request, response) => {
      if (request.path.startsWith('/v1/changes/live')) response.destroy();
      else answer(response, 200, { epoch: 'e', head, next: head, more: false, changes: [] });
    });
    const scheduler = new ManualScheduler();
    const { api: client } = openClient(server.url);
    const reader = follow(sourceOf(client, { scheduler }), begin);
    await eventually(() => expect(reader.frames).toHaveLength(2));
    await eventually(() => expect(scheduler.asked).toContain(60_000));
    head = 2;
    scheduler.pass(60_000);
    await eventually(() => expect(reader.frames).toHaveLength(4));
  });
});
