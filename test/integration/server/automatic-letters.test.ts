import { beforeAll, beforeEach, expect, test } from 'vitest';
import { v7 as newUuid } from 'uuid';
import type { BlockedSenderId, TicketId } from '#shared/ids.ts';
import type { SendReport, SendRequest } from '#shared/protocol/send-request.ts';
import { defaultProfile } from '#shared/regulation/default-profile.ts';
import { RuleBook } from '#shared/regulation/rule-book.ts';
import { readDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import type { JobOperation } from '#shared/ticket/job-operation.ts';
import type { Letter } from '#shared/ticket/letter.ts';
import { askApi, callApi } from '#test/fakes/call-api.ts';
import { answerTo, ingest, operation, push, readFeed, readTicket, type Agent } from './desk-steps.ts';
import { newAddress, newMessageId, type LetterSketch } from './letters.ts';
import { logIn, metricsToken, newService, onBothEngines } from './on-both-engines.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

onBothEngines('automatic letters', (bench) => {
  let one: Agent;
  let revision = 0;
  let isOn = false;
  let signedInAt = bench.clock.now();

  const switchReceipts = async (enabled: boolean): Promise<void> => {
    const { categories } = RuleBook.shipped().current;
    const profile = structuredClone(defaultProfile);
    for (const letter of profile.automaticLetters) letter.enabled = enabled;
    await askApi(bench.api.url, 'putRegulation', await bench.admin(), {
      body: { revision, profile, categories: [...categories], calendar: readDefaultCalendar() },
    });
    revision += 1;
    isOn = enabled;
    bench.clock.advance(1_000);
  };

  beforeAll(async () => {
    [one] = await newService(bench, 'agent');
  });
  beforeEach(async () => {
    await pass(minuteMs);
    if (!isOn) await switchReceipts(true);
    // What an earlier test left is not this one's business.
    await bench.api.database.query(
      `update send_request set state = 'needless' where state in ('waiting', 'leased', 'leaving')`,
    );
  });

  /** Lets time pass, and longer than a log-in lasts. */
  const pass = async (ms: number): Promise<void> => {
    bench.clock.advance(ms);
    if (bench.clock.now() < signedInAt + 10 * minuteMs) return;
    one = { ...one, token: await logIn(bench.api.url, one.login, one.password) };
    signedInAt = bench.clock.now();
  };

  const receive = async (sketch: LetterSketch = {}) => {
    bench.clock.advance(1_000);
    const [letter] = await ingest(bench, one, { receivedAt: bench.clock.now(), ...sketch });
    if (letter === undefined) throw new Error('no fate');
    return letter;
  };
  const open = async (sketch: LetterSketch = {}): Promise<TicketId> => {
    const { disposition } = await receive(sketch);
    if (disposition.state !== 'ticket') throw new Error('no ticket was opened');
    return disposition.ticketId;
  };
  const lease = async (deskId = 'desk one'): Promise<SendRequest | null> =>
    (await askApi(bench.api.url, 'leaseSend', one.token, { body: { deskId } })).request;
  const leased = async (deskId?: string): Promise<SendRequest> => {
    const request = await lease(deskId);
    if (request === null) throw new Error('there is nothing to send');
    return request;
  };
  const report = async ({ id }: SendRequest, outcome: SendReport['outcome'], deskId = 'desk one') =>
    await callApi(bench.api.url, 'reportSend', one.token, {
      params: { id },
      body: { deskId, outcome, at: bench.clock.now(), from: { name: 'СТП', address: 'info@example.by' } },
    });
  const send = async (): Promise<SendRequest> => {
    const request = await leased();
    expect(await report(request, 'leaving')).toMatchObject({ ok: true });
    expect(await report(request, 'sent')).toMatchObject({ ok: true });
    return request;
  };
  const lettersOf = async (ticketId: TicketId): Promise<readonly Letter[]> =>
    (await readFeed(bench, one)).flatMap((change) =>
      change.entity === 'letter' &&
      change.state?.disposition.state === 'ticket' &&
      change.state.disposition.ticketId === ticketId
        ? [change.state]
        : [],
    );
  const givenUp = async (ticketId: TicketId): Promise<readonly JobOperation[]> =>
    (await readFeed(bench, one)).flatMap((change) =>
      change.entity === 'activity' &&
      change.state?.ticketId === ticketId &&
      change.state.operation.kind === 'give-up-letter'
        ? [change.state.operation]
        : [],
    );

  test('a client whose letter opens a ticket is told its number and deadline once', async () => {
    const messageId = newMessageId();
    const from = newAddress();
    const ticketId = await open({
      from,
      messageId,
      references: ['<root@school.example.by>'],
      subject: 'Re: Не открывается журнал {{number}}',
    });
    const ticket = await readTicket(bench, one, ticketId);
    const request = await leased();
    expect(request).toMatchObject({
      ticketId,
      messageId: expect.stringMatching(/^<stp\.auto\.[0-9a-f-]{36}@example\.by>$/u) as string,
      to: { address: from },
      subject: `Re: Не открывается журнал {{number}} [STP-${ticket.token}]`,
      inReplyTo: messageId,
      references: ['<root@school.example.by>', messageId],
      hops: 1,
    });
    expect(request.text).toContain(
      `«Не открывается журнал {{number}}», номер ${ticket.number}. Ответим не позднее 26.11.2026 18:00.`,
    );
    expect(await lease()).toBeNull();
    expect(await report(request, 'leaving')).toMatchObject({ ok: true });
    expect(await report(request, 'sent')).toMatchObject({ ok: true });

    const after = await readTicket(bench, one, ticketId);
    expect(after).toMatchObject({
      status: 'open',
      reactionStartedAt: ticket.reactionStartedAt,
      lastAnswerAt: null,
      letterCount: 2,
    });
    expect(after.events.at(-1)).toEqual({
      kind: 'answer',
      at: bench.clock.now(),
      answerKind: 'notice',
      human: false,
      messageId: request.messageId,
      agentId: null,
    });
    expect((await lettersOf(ticketId)).filter(({ direction }) => direction === 'out')).toMatchObject([
      {
        messageId: request.messageId,
        kind: 'auto-reply',
        answerKind: 'notice',
        agentId: null,
        to: [{ address: from }],
      },
    ]);

    // The same word once more, and the reply of the client.
    expect(await report(request, 'sent')).toMatchObject({ ok: true });
    expect((await readTicket(bench, one, ticketId)).letterCount).toBe(2);
    expect(await open({ from, inReplyTo: [request.messageId] })).toBe(ticketId);
    expect(await lease()).toBeNull();
  });

  test('its copy in Sent is that letter, found before the desk told of it or after', async () => {
    for (const when of ['before', 'after']) {
      const ticketId = await open();
      const request = await leased();
      await report(request, 'leaving');
      const copy: LetterSketch = {
        folder: 'sent',
        messageId: request.messageId,
        kind: 'auto-reply',
        to: [request.to.address],
        inReplyTo: request.references,
      };
      if (when === 'before') await receive(copy);
      await report(request, 'sent');
      if (when === 'after') await receive(copy);
      const out = (await lettersOf(ticketId)).filter(({ direction }) => direction === 'out');
      expect(out, when).toMatchObject([{ answerKind: 'notice', agentId: null, kind: 'auto-reply' }]);
      expect(out[0]?.locations, when).toHaveLength(1);
      expect((await readTicket(bench, one, ticketId)).letterCount, when).toBe(2);
    }
  });

  test.each<[string, LetterSketch]>([
    ['an automatic reply', { kind: 'auto-reply' }],
    ['a bounce', { kind: 'bounce' }],
    ['list mail', { kind: 'list' }],
    ['a letter that an automatic letter led to', { hops: 1 }],
    ['a letter of our own', { from: 'info@example.by' }],
    ['an address that nobody reads', { from: 'noreply@shop.example' }],
    ['the mail server', { from: 'MAILER-DAEMON@mx.example.by' }],
    ['a list', { from: 'teachers-request@list.example' }],
    ['a sender without address', { from: '' }],
  ])('%s gets none', async (_what, sketch) => {
    await receive(sketch);
    expect(await lease()).toBeNull();
  });

  test('a receipt that comes back under another name gets none', async () => {
    await open();
    const { messageId } = await send();
    expect((await receive({ messageId })).disposition).toEqual({ state: 'ignored', reason: 'own' });
    expect(await lease()).toBeNull();
  });

  test('whoever is blocked gets none', async () => {
    const from = newAddress();
    await askApi(bench.api.url, 'putBlockedSender', one.token, {
      params: { id: newUuid() as BlockedSenderId },
      body: { address: from, reason: 'реклама' },
    });
    await receive({ from });
    expect(await lease()).toBeNull();
  });

  test('one goes to a sender on a day in Minsk, however he spells himself and whatever he opens', async () => {
    const from = newAddress();
    const first = await open({ from });
    const second = await open({ from: from.toUpperCase() });
    expect(second).not.toBe(first);
    expect((await send()).ticketId).toBe(first);
    expect(await lease()).toBeNull();
    await open({ from });
    expect(await lease()).toBeNull();

    await pass(dayMs);
    const nextDay = await open({ from });
    expect((await send()).ticketId).toBe(nextDay);
  });

  test('what came while it was switched off, or long ago, is not answered when it is switched on', async () => {
    await switchReceipts(false);
    await receive();
    const before = bench.clock.now() - 500;
    expect(await lease()).toBeNull();
    await switchReceipts(true);
    await receive({ receivedAt: before });
    await receive({ receivedAt: bench.clock.now() - 73 * hourMs });
    expect(await lease()).toBeNull();
  });

  test('switching it off stops what was not sent yet', async () => {
    await open();
    await switchReceipts(false);
    expect(await lease()).toBeNull();
    await switchReceipts(true);
    expect(await lease()).toBeNull();
  });

  test('who has been answered is not told any more that the letter came', async () => {
    const ticketId = await open();
    await push(bench, one, answerTo(bench, await readTicket(bench, one, ticketId), {}));
    expect(await lease()).toBeNull();
    expect(await givenUp(ticketId)).toEqual([]);
  });

  test.each<[string, (ticketId: TicketId) => Promise<unknown>]>([
    [
      'was answered',
      async (id) => await push(bench, one, answerTo(bench, await readTicket(bench, one, id), {})),
    ],
    [
      'was closed',
      async (id) =>
        await push(
          bench,
          one,
          operation(bench, 'close-ticket', id, { outcome: 'answered-by-phone', reason: 'Позвонили' }),
        ),
    ],
    ['was switched off', async () => await switchReceipts(false)],
  ])('what %s after a desk got the letter does not leave any more', async (_what, happen) => {
    const ticketId = await open();
    const request = await leased();
    await happen(ticketId);
    expect(await report(request, 'leaving')).toMatchObject({ status: 409 });
    expect(await report(request, 'not-sent')).toMatchObject({ status: 409 });
    await switchReceipts(true);
    await pass(21 * minuteMs);
    expect(await lease()).toBeNull();
    expect(await givenUp(ticketId)).toEqual([]);
  });

  test('of two desks one sends, and when it falls silent before the letter leaves, the other sends the same letter', async () => {
    await open();
    const request = await leased('desk one');
    expect(await lease('desk two')).toBeNull();
    expect(await report(request, 'leaving', 'desk two')).toMatchObject({ status: 409 });
    expect(await report(request, 'sent')).toMatchObject({ status: 409 });
    await pass(21 * minuteMs);
    const again = await leased('desk two');
    expect(again).toMatchObject({ id: request.id, messageId: request.messageId });
    expect(await report(request, 'leaving', 'desk one')).toMatchObject({ status: 409 });
    expect(await report(again, 'leaving', 'desk two')).toMatchObject({ ok: true });
    expect(await report(again, 'sent', 'desk two')).toMatchObject({ ok: true });
  });

  test('two desks that ask at the same moment never get the same letter', async () => {
    await open();
    await open();
    const given = await Promise.all([lease('desk one'), lease('desk two'), lease('desk three')]);
    const ids = given.flatMap((request) => (request === null ? [] : [request.id]));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('a lease that ended lets no letter leave', async () => {
    await open();
    const request = await leased();
    await pass(21 * minuteMs);
    expect(await report(request, 'leaving')).toMatchObject({ status: 409 });
    await report(await leased(), 'refused');
  });

  test('what surely did not leave is tried again later', async () => {
    await open();
    const request = await leased();
    await report(request, 'leaving');
    expect(await report(request, 'not-sent')).toMatchObject({ ok: true });
    expect(await lease()).toBeNull();
    await pass(11 * minuteMs);
    expect(await send()).toMatchObject({ id: request.id, messageId: request.messageId });
  });

  test.each(['refused', 'uncertain'] as const)(
    'a letter whose end is "%s" is never sent again, and the history says so',
    async (outcome) => {
      const ticketId = await open();
      const request = await leased();
      await report(request, 'leaving');
      expect(await report(request, outcome)).toMatchObject({ ok: true });
      expect(await report(request, outcome)).toMatchObject({ ok: true });
      expect(await givenUp(ticketId)).toMatchObject([{ letter: 'receipt', why: outcome }]);
      await pass(hourMs);
      expect(await lease()).toBeNull();
    },
  );

  test('a letter that left without a word of its desk is not sent again; a copy in Sent proves it', async () => {
    const silent = await open();
    await report(await leased(), 'leaving');
    const filed = await open();
    const request = await leased();
    await report(request, 'leaving');
    const copy: LetterSketch = { folder: 'sent', messageId: request.messageId, kind: 'auto-reply' };
    await receive({ ...copy, to: [request.to.address] });
    await pass(21 * minuteMs);
    expect(await lease()).toBeNull();
    expect(await bench.api.jobs.run()).toMatchObject({ givenUp: 1 });
    expect(await givenUp(silent)).toMatchObject([{ why: 'uncertain' }]);
    expect(await givenUp(filed)).toEqual([]);
    expect((await readTicket(bench, one, filed)).events.at(-1)).toMatchObject({
      kind: 'answer',
      human: false,
    });
    expect(await bench.api.jobs.run()).toMatchObject({ givenUp: 0 });
    expect(await lease()).toBeNull();
  });

  test('what no desk could send within 72 hours is given up, and the history says so', async () => {
    const ticketId = await open();
    await pass(73 * hourMs);
    expect(await lease()).toBeNull();
    expect(await bench.api.jobs.run()).toMatchObject({ givenUp: 1 });
    expect(await givenUp(ticketId)).toMatchObject([{ letter: 'receipt', why: 'expired' }]);
    expect(await bench.api.jobs.run()).toMatchObject({ givenUp: 0 });
  });

  test('it may bounce like any other letter, without a word to the sender again', async () => {
    const from = newAddress();
    const ticketId = await open({ from });
    const { messageId } = await send();
    const recipients = [{ address: from, status: '5.1.1', permanent: true }];
    const bounce: LetterSketch = {
      from: 'MAILER-DAEMON@mx.example.by',
      kind: 'bounce',
      bounce: { messageId, recipients },
    };
    expect((await receive(bounce)).disposition).toEqual({ state: 'ticket', ticketId });
    expect(await lease()).toBeNull();
  });

  test('the metrics tell how many are in each state', async () => {
    await open();
    const response = await fetch(`${bench.api.url}/metrics`, {
      headers: { authorization: `Bearer ${metricsToken}` },
    });
    const text = await response.text();
    expect(text).toContain('stp_automatic_letters{state="waiting"} 1');
    expect(text).toMatch(/stp_automatic_letters\{state="expired"\} [1-9]/u);
    expect(text).toMatch(/stp_automatic_letters\{state="sent"\} [1-9]/u);
    await send();
  });
});
