import { describe, expect, onTestFinished, test } from 'vitest';
import type { Journal } from '#main/journal/journal.ts';
import { Outbox } from '#main/tickets/outbox.ts';
import type { OperationId } from '#shared/ids.ts';
import type { OperationAnswer, OperationBatch } from '#shared/protocol/operations.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import { claim, submitted, testAuthor, testId } from '#test/unit/journal/journal-arbitraries.ts';
import { openJournal, temporaryFolder } from '#test/unit/journal/journal-folder.ts';
import { eventually } from './eventually.ts';
import { ManualScheduler } from './manual-scheduler.ts';
import { openClient, session } from './memory-tokens.ts';
import { answer, startScripted, type Script, type ScriptedServer } from './scripted-server.ts';

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

interface Desk {
  readonly journal: Journal;
  readonly outbox: Outbox;
  readonly scheduler: ManualScheduler;
  readonly server: ScriptedServer;
  /** Ids of the operations of every push, in order. */
  batches(): number[][];
  /** What became of each operation. */
  outcomes(): Record<number, string>;
}

function numberOf(id: string): number {
  return Number.parseInt(id.slice(-12), 16);
}

async function startDesk(script: Script, dir?: string): Promise<Desk> {
  const server = await startScripted(script);
  const { api } = openClient(server.url, { timeoutMs: 2_000 });
  const journal = await openJournal(dir ?? (await temporaryFolder()));
  const scheduler = new ManualScheduler();
  const outbox = new Outbox({
    journal,
    api,
    author: testAuthor,
    epoch: 'e1',
    clock: { now: () => 1_000 },
    scheduler,
    log: quiet,
  });
  onTestFinished(() => outbox.close());
  return {
    journal,
    outbox,
    scheduler,
    server,
    batches: () =>
      server.seen
        .filter(({ path }) => path === '/v1/operations')
        .map(({ body }) => (JSON.parse(body) as OperationBatch).operations.map(({ id }) => numberOf(id))),
    outcomes: () =>
      Object.fromEntries(
        [...journal.state.operations].map(([id, item]) => [numberOf(id), item.answer?.outcome ?? 'waiting']),
      ),
  };
}

/** An API that decides by number and remembers its first answers. */
function pushServer(decide: (number: number) => 'applied' | 'rejected' = () => 'applied'): Script {
  const first = new Map<string, OperationAnswer>();
  let version = 10;
  return (request, response) => {
    const { operations } = JSON.parse(request.body) as OperationBatch;
    const refused = new Map<string, OperationId>();
    const answers = operations.map(({ id, ticketId }): OperationAnswer => {
      const known = first.get(id);
      if (known !== undefined) return { ...known, duplicate: true } as OperationAnswer;
      const by = refused.get(ticketId);
      if (by !== undefined) return { id, outcome: 'blocked', by };
      version += 1;
      const decided: OperationAnswer =
        decide(numberOf(id)) === 'applied'
          ? { id, outcome: 'applied', version, duplicate: false }
          : { id, outcome: 'rejected', rejection: { kind: 'closed' }, duplicate: false };
      if (decided.outcome === 'rejected') refused.set(ticketId, id);
      first.set(id, decided);
      return decided;
    });
    answer(response, 200, { answers });
  };
}

/** Says that a letter left. */
function answered(number: number): Operation {
  const { id, ticketId, madeAt } = claim(number);
  return {
    id,
    ticketId,
    madeAt,
    kind: 'record-answer',
    answerKind: 'solution',
    answeredAt: madeAt,
    messageId: '<1@desk.example>',
    from: { name: '', address: 'info@service.example' },
    to: [],
    cc: [],
    subject: '',
    references: [],
  };
}

async function submitAll(outbox: Outbox, operations: readonly Operation[]): Promise<void> {
  for (const operation of operations) expect((await outbox.submit(operation)).ok).toBe(true);
}

describe('the outbox', () => {
  test('pushes what waited in the journal, in order, and remembers the answers', async () => {
    const dir = await temporaryFolder();
    const before = await openJournal(dir);
    await before.append([submitted(claim(1)), submitted(claim(2, 2)), submitted(claim(3))]);
    await before.close();
    const desk = await startDesk(pushServer(), dir);
    desk.outbox.start();
    await desk.outbox.afterPush();
    expect(desk.batches()).toEqual([[1, 2, 3]]);
    expect(desk.journal.state.operations.get(testId(2) as OperationId)?.answer).toEqual({
      outcome: 'applied',
      version: 12,
      epoch: 'e1',
      at: 1_000,
    });
    await desk.outbox.submit(claim(4));
    await desk.outbox.afterPush();
    expect(desk.batches().at(-1)).toEqual([4]);
  });

  test('several operations are on disk together or not at all', async () => {
    const desk = await startDesk(pushServer());
    const kept = await desk.outbox.submitAll([claim(1), claim(2)], null);
    expect(kept.ok).toBe(true);
    expect(desk.outcomes()).toEqual({ 1: 'waiting', 2: 'waiting' });
    await desk.journal.close();
    expect(await desk.outbox.submitAll([claim(3), claim(4)], null)).toEqual({
      ok: false,
      error: { kind: 'closed' },
    });
    expect(desk.outcomes()).toEqual({ 1: 'waiting', 2: 'waiting' });
  });

  test('a submitted operation is on disk and waiting before anybody pushes it', async () => {
    const desk = await startDesk(pushServer());
    const shown = await desk.outbox.submit(claim(1));
    expect(shown).toMatchObject({ ok: true, value: { state: { kind: 'waiting' }, author: testAuthor } });
    expect(desk.server.seen).toEqual([]);
    expect(desk.outcomes()).toEqual({ 1: 'waiting' });
  });

  test('a refused operation stays, those behind it wait until the agent drops it', async () => {
    const desk = await startDesk(pushServer((number) => (number === 1 ? 'rejected' : 'applied')));
    await submitAll(desk.outbox, [claim(1), claim(2), claim(3, 2)]);
    desk.outbox.start();
    await desk.outbox.afterPush();
    expect(desk.outcomes()).toEqual({ 1: 'rejected', 2: 'waiting', 3: 'applied' });
    expect(await desk.outbox.drop(testId(2) as OperationId)).toEqual({
      ok: false,
      error: { kind: 'conflict' },
    });
    expect(await desk.outbox.drop(testId(9) as OperationId)).toEqual({
      ok: false,
      error: { kind: 'not-found' },
    });
    await desk.outbox.drop(testId(1) as OperationId);
    await desk.outbox.afterPush();
    expect(desk.outcomes()).toEqual({ 2: 'applied', 3: 'applied' });
  });

  test('an answer that was lost on the way changes nothing: pushed again, it is the same', async () => {
    let drops = 1;
    const push = pushServer();
    const desk = await startDesk((request, response) => {
      if (drops === 0) return push(request, response);
      drops -= 1;
      // The API has committed; the desk never hears of it.
      void push(request, { writeHead: () => {}, end: () => {} } as unknown as typeof response);
      response.destroy();
      return undefined;
    });
    await submitAll(desk.outbox, [claim(1), claim(2)]);
    desk.outbox.start();
    await desk.outbox.afterPush();
    expect(desk.outcomes()).toEqual({ 1: 'waiting', 2: 'waiting' });
    expect(desk.scheduler.asked).toEqual([1_000]);
    desk.scheduler.pass(1_000);
    await eventually(() => expect(desk.outcomes()).toEqual({ 1: 'applied', 2: 'applied' }));
    expect(desk.batches()).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  test('waits longer from failure to failure, tries at once when told to, and starts over after a success', async () => {
    let down = true;
    const push = pushServer();
    const desk = await startDesk((request, response) => {
      if (down) response.destroy();
      else return push(request, response);
      return undefined;
    });
    await desk.outbox.submit(claim(1));
    desk.outbox.start();
    for (const [index, ms] of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000].entries()) {
      await eventually(() => expect(desk.scheduler.asked).toHaveLength(index + 1));
      expect(desk.scheduler.asked.at(-1)).toBe(ms);
      if (index < 6) desk.scheduler.pass(ms);
    }
    down = false;
    desk.outbox.retryNow();
    await eventually(() => expect(desk.outcomes()).toEqual({ 1: 'applied' }));
    down = true;
    await desk.outbox.submit(claim(2));
    await eventually(() => expect(desk.scheduler.asked).toHaveLength(8));
    expect(desk.scheduler.asked.at(-1)).toBe(1_000);
  });

  test('does not come sooner than the API asks for, nor because another operation was made', async () => {
    const desk = await startDesk((_, response) => {
      answer(response, 429, { kind: 'too-many-attempts', message: '' }, { 'retry-after': '90' });
    });
    await desk.outbox.submit(claim(1));
    desk.outbox.start();
    await eventually(() => expect(desk.scheduler.asked).toEqual([90_000]));
    await desk.outbox.submit(claim(2));
    // Pulling changes does not wait for an API that does not want to be asked.
    await desk.outbox.afterPush();
    expect(desk.batches()).toEqual([[1]]);
  });

  test('keeps everything queued for an API that is newer than the desk', async () => {
    const desk = await startDesk((_, response) => {
      answer(response, 426, { kind: 'upgrade-required', message: '' });
    });
    await submitAll(desk.outbox, [claim(1), claim(2)]);
    desk.outbox.start();
    await eventually(() => expect(desk.scheduler.asked).toEqual([300_000]));
    expect(desk.outcomes()).toEqual({ 1: 'waiting', 2: 'waiting' });
  });

  test('goes on with new tokens when the old ones end in the middle', async () => {
    let valid = 'access-0';
    const push = pushServer();
    const desk = await startDesk((request, response) => {
      if (request.path === '/v1/refresh') {
        valid = 'access-1';
        answer(response, 200, session(1));
        return undefined;
      }
      if (request.headers.authorization === `Bearer ${valid}`) {
        valid = valid === 'access-0' ? 'nothing yet' : valid;
        return push(request, response);
      }
      answer(response, 401, { kind: 'unauthorised', message: '' });
      return undefined;
    });
    await submitAll(desk.outbox, [claim(1)]);
    desk.outbox.start();
    await desk.outbox.afterPush();
    await submitAll(desk.outbox, [claim(2)]);
    await desk.outbox.afterPush();
    expect(desk.outcomes()).toEqual({ 1: 'applied', 2: 'applied' });
    expect(desk.scheduler.asked).toEqual([]);
  });

  test('an answer that leaves operations out is not believed to be whole, what it says is kept', async () => {
    let cut = true;
    const push = pushServer();
    const desk = await startDesk((request, response) => {
      if (!cut) return push(request, response);
      cut = false;
      const id = testId(1) as OperationId;
      answer(response, 200, { answers: [{ id, outcome: 'applied', version: 3, duplicate: false }] });
      return undefined;
    });
    await submitAll(desk.outbox, [claim(1), claim(2)]);
    desk.outbox.start();
    await desk.outbox.afterPush();
    expect(desk.outcomes()).toEqual({ 1: 'applied', 2: 'waiting' });
    desk.outbox.retryNow();
    await eventually(() => expect(desk.outcomes()).toEqual({ 1: 'applied', 2: 'applied' }));
  });

  test('one operation that the API cannot read holds back its ticket only', async () => {
    const push = pushServer();
    const desk = await startDesk((request, response) => {
      if (request.body.includes(`"id":"${testId(5)}"`))
        answer(response, 400, { kind: 'invalid', message: '' });
      else return push(request, response);
      return undefined;
    });
    const operations = Array.from({ length: 9 }, (_, index) => claim(index + 1, index + 1));
    await submitAll(desk.outbox, [...operations, claim(10, 5)]);
    desk.outbox.start();
    await desk.outbox.afterPush();
    const others = Object.entries(desk.outcomes()).filter(([, outcome]) => outcome !== 'applied');
    expect(others).toEqual([
      ['5', 'rejected'],
      ['10', 'waiting'],
    ]);
    const refused = desk.journal.state.operations.get(testId(5) as OperationId);
    expect(refused?.answer).toMatchObject({ rejection: { kind: 'unreadable' } });
    expect((await desk.outbox.drop(testId(5) as OperationId)).ok).toBe(true);
    await eventually(() => expect(desk.outcomes()[10]).toBe('applied'));
  });

  test('a report of a letter that left is never refused, and goes when the API can read it', async () => {
    let old = true;
    const push = pushServer();
    const desk = await startDesk((request, response) => {
      if (old && request.body.includes(testId(1))) answer(response, 400, { kind: 'invalid', message: '' });
      else return push(request, response);
      return undefined;
    });
    await submitAll(desk.outbox, [answered(1), claim(2, 2)]);
    desk.outbox.start();
    await desk.outbox.afterPush();
    expect(desk.outcomes()).toEqual({ 1: 'waiting', 2: 'applied' });
    old = false;
    desk.outbox.retryNow();
    await eventually(() => expect(desk.outcomes()).toEqual({ 1: 'applied', 2: 'applied' }));
  });

  test.each([
    ['leaves it out of its answer', false],
    ['fails at it alone', true],
  ])('new work does not wait for an operation while the API %s', async (_, alone) => {
    let damaged = true;
    const push = pushServer();
    const desk = await startDesk((request, response) => {
      const { operations } = JSON.parse(request.body) as OperationBatch;
      const good = operations.filter(({ id }) => !damaged || id !== testId(1));
      if (good.length === 0) answer(response, 500, { kind: 'internal', message: '' });
      else return push({ ...request, body: JSON.stringify({ operations: good }) }, response);
      return undefined;
    });
    await submitAll(desk.outbox, alone ? [claim(1)] : [claim(1), claim(2, 2)]);
    desk.outbox.start();
    await desk.outbox.afterPush();
    await submitAll(desk.outbox, [claim(3, 3)]);
    await eventually(() => expect(desk.outcomes()).toMatchObject({ 1: 'waiting', 3: 'applied' }));
    // It is asked for again in its own time, the later the more often it failed.
    expect(new Set(desk.scheduler.asked)).toEqual(new Set([1_000]));
    await eventually(() => {
      desk.scheduler.pass(1_000);
      expect(desk.scheduler.asked.at(-1)).toBe(2_000);
    });
    damaged = false;
    await eventually(() => {
      desk.scheduler.pass(2_000);
      expect(desk.outcomes()[1]).toBe('applied');
    });
  });

  test('pushes at most 500 at once', async () => {
    const desk = await startDesk(pushServer());
    await desk.journal.append(
      Array.from({ length: 1_100 }, (_, index) => submitted(claim(index + 1, index + 1))),
    );
    desk.outbox.start();
    await desk.outbox.afterPush();
    expect(desk.batches().map((batch) => batch.length)).toEqual([500, 500, 100]);
    expect(desk.batches().flat()).toEqual(Array.from({ length: 1_100 }, (_, index) => index + 1));
  });

  test('offers confirmed operations again when the feed begins a new life, once', async () => {
    const push = pushServer();
    const desk = await startDesk(push);
    await submitAll(desk.outbox, [claim(1), claim(2, 2)]);
    desk.outbox.start();
    await desk.outbox.afterPush();
    await desk.outbox.noticeEpoch('e1');
    await desk.outbox.noticeEpoch('e2');
    await desk.outbox.afterPush();
    await desk.outbox.noticeEpoch('e2');
    await desk.outbox.afterPush();
    expect(desk.batches()).toEqual([
      [1, 2],
      [1, 2],
    ]);
    const epochs = [...desk.journal.state.operations.values()].map(
      ({ answer: said }) => said?.outcome === 'applied' && said.epoch,
    );
    expect(epochs).toEqual(['e2', 'e2']);
  });

  test('offers them again also when the desk was off while the feed began anew', async () => {
    const dir = await temporaryFolder();
    const before = await openJournal(dir);
    await before.append([
      submitted(claim(1)),
      {
        v: 2,
        at: 1,
        kind: 'operation-answered',
        id: testId(1) as OperationId,
        answer: { outcome: 'applied', version: 9, epoch: 'e0' },
      },
    ]);
    await before.close();
    // The log-in at start told of e1 already.
    const desk = await startDesk(pushServer(), dir);
    desk.outbox.start();
    await desk.outbox.noticeEpoch('e1');
    await desk.outbox.afterPush();
    expect(desk.batches()).toEqual([[1]]);
  });

  test('never pushes another agent’s operations', async () => {
    const desk = await startDesk(pushServer());
    const stranger = { agentId: testId(0xb) as typeof testAuthor.agentId, role: 'agent' } as const;
    await desk.journal.append({
      v: 2,
      at: 1,
      kind: 'operation-submitted',
      operation: claim(1),
      author: stranger,
    });
    await desk.outbox.submit(claim(2, 2));
    desk.outbox.start();
    await desk.outbox.afterPush();
    expect(desk.batches()).toEqual([[2]]);
  });
});
