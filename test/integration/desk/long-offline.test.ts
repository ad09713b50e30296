import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Desk } from '#main/compose.ts';
import type { OperationId, TicketId } from '#shared/ids.ts';
import { streamPaths, type PendingFrame } from '#shared/bridge/streams.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import { askApi } from '#test/fakes/call-api.ts';
import { startSmtpDrop, type SmtpDrop } from '#test/fakes/smtp-drop.ts';
import { startApi, type RunningApi } from '#test/fakes/start-api.ts';
import { openWay } from '#test/integration/tickets/cuttable-way.ts';
import { addNote, testDraft, testId, testNote } from '#test/unit/journal/journal-arbitraries.ts';
import { temporaryFolder } from '#test/unit/journal/journal-folder.ts';
import { startDesk } from './composed-desk.ts';

const day = 24 * 3_600_000;
const password = 'очень длинный пароль';

/** The time of the whole test, for the API and the desk: as much later than it is. */
let laterMs = 0;
const now = (): number => Date.now() + laterMs;

let api: RunningApi;
let smtp: SmtpDrop;

beforeAll(async () => {
  [api, smtp] = await Promise.all([
    startApi({ database: 'pglite', clock: { now } }),
    startSmtpDrop(['accept']),
  ]);
  const token = await adminToken();
  await askApi(api.url, 'createAgent', token, {
    body: { login: 'anna', name: 'Анна', role: 'agent', password },
  });
  const server = {
    host: '127.0.0.1',
    security: 'none',
    allowPlainText: false,
    user: 'desk',
    password: 'secret',
  } as const;
  await askApi(api.url, 'putMailbox', token, {
    body: {
      revision: 0,
      address: 'help@example.by',
      displayName: '',
      ownAddresses: [],
      // Nobody listens there: reading mail is not what this is about.
      imap: { ...server, port: 1 },
      smtp: { ...server, port: smtp.port },
      certificateAuthority: null,
      sentFolder: null,
      ticketsFrom: 0,
    },
  });
}, 60_000);
afterAll(async () => {
  await Promise.all([api.close(), smtp.close()]);
});

async function adminToken(): Promise<string> {
  const body = { login: api.adminLogin, password: api.adminPassword };
  return (await askApi(api.url, 'logIn', null, { body })).accessToken;
}

function call(): Operation {
  return {
    kind: 'create-ticket',
    id: testId(0x10) as OperationId,
    ticketId: testId(1) as TicketId,
    madeAt: now(),
    token: 'ABCD1234',
    channel: 'phone',
    subject: 'Не открывается расписание',
    client: { name: 'Иван Петров', address: 'ivan@example.by', phone: '' },
  };
}

/** What stands in the outbox, as a window is told of it. */
async function kept(desk: Desk): Promise<string[]> {
  const request = new Request(`stp://app${streamPaths.pending}`, { method: 'POST', body: '{}' });
  const { body } = await desk.handleStream(request);
  if (body === null) throw new Error('nobody is signed in');
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (!text.includes('\n')) {
    const { value, done } = await reader.read();
    if (done) throw new Error('the stream ended early');
    text += decoder.decode(value, { stream: true });
  }
  await reader.cancel();
  const frame = JSON.parse(text.slice(0, text.indexOf('\n'))) as PendingFrame;
  if (frame.type !== 'snapshot') throw new Error('the stream begins with a snapshot');
  return frame.changes.flatMap((change) => {
    switch (change.kind) {
      case 'operation':
        return change.operation.state.kind === 'waiting' ? [change.operation.operation.kind] : [];
      case 'draft':
        return [`draft: ${change.draft.text}`];
      case 'note':
        return [`note: ${change.note.text}`];
      case 'outgoing':
        return [`${change.outgoing.state}: ${change.outgoing.draft.text}`];
      default:
        return [];
    }
  });
}

const unsent = ['add-note', 'create-ticket', 'draft: Черновик', 'note: Набросок', 'queued: Ответ'];

test('work of an agent whose tokens ran out waits for the next log-in and arrives once', async () => {
  const way = await openWay(api.url);
  const userData = await temporaryFolder();
  const wanted = { apiUrl: way.url, login: 'anna', password, certificateAuthority: null };
  const start = async (): Promise<Desk> => await startDesk(userData, () => laterMs);

  const first = await start();
  expect((await first.handlers['session.logIn'](wanted)).ok).toBe(true);
  way.cut();
  const { handlers } = first;
  const answer = testDraft(2, 'Ответ');
  const done = [
    await handlers['operations.submit']({ operation: call() }),
    await handlers['operations.submit']({ operation: { ...addNote(0x11, 'Заметка'), madeAt: now() } }),
    await handlers['drafts.save']({ draft: { ...answer, attachments: [] } }),
    await handlers['outgoing.send']({ draftId: answer.id, delayMs: 0 }),
    await handlers['drafts.save']({ draft: testDraft(3, 'Черновик') }),
    await handlers['notes.save']({ note: testNote(0x12, 'Набросок') }),
  ];
  expect(done.every(({ ok }) => ok)).toBe(true);
  await first.close();

  laterMs = 7 * day - 60_000;
  const inTime = await start();
  expect(await inTime.handlers['session.get']({})).toMatchObject({
    ok: true,
    value: { state: 'signed-in', offline: true },
  });
  expect((await kept(inTime)).toSorted()).toEqual(unsent);
  await inTime.close();

  laterMs = 8 * day;
  const late = await start();
  expect(await late.handlers['session.get']({})).toMatchObject({
    ok: true,
    value: { state: 'signed-out', login: 'anna', why: 'offline-too-long' },
  });
  expect(await late.handlers['session.logIn'](wanted)).toEqual({
    ok: false,
    error: { kind: 'offline-not-possible' },
  });
  expect(smtp.accepted).toEqual([]);
  await late.close();

  laterMs = 31 * day;
  way.mend();
  const expired = await start();
  expect(await expired.handlers['session.get']({})).toMatchObject({
    ok: true,
    value: { state: 'signed-out', login: 'anna', why: 'session-ended' },
  });
  expect(smtp.accepted).toEqual([]);
  expect(await expired.handlers['session.logIn'](wanted)).toMatchObject({
    ok: true,
    value: { state: 'signed-in', offline: false },
  });
  const gone = ['draft: Черновик', 'note: Набросок', 'sent: Ответ'];
  await expect.poll(async () => (await kept(expired)).toSorted(), { timeout: 20_000 }).toEqual(gone);
  await expired.close();

  // Started once more, nothing of it goes a second time.
  const again = await start();
  await again.handlers['status.retryNow']({});
  expect((await kept(again)).toSorted()).toEqual(gone);
  await again.close();
  expect(smtp.accepted.map(({ to }) => to)).toEqual([['ivan@example.by']]);
  const tickets = await api.database.query<{ state: string }>('select state from ticket');
  expect(tickets.map(({ state }): unknown => JSON.parse(state))).toMatchObject([{ noteCount: 1 }]);
  expect(await api.database.query('select count(*)::int as answers from answer')).toEqual([{ answers: 1 }]);
}, 120_000);
