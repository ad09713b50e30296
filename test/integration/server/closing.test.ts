import { beforeAll, beforeEach, expect, test } from 'vitest';
import { readDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import type { TicketId } from '#shared/ids.ts';
import { defaultCategories } from '#shared/regulation/category.ts';
import { defaultProfile } from '#shared/regulation/default-profile.ts';
import type { Activity } from '#shared/ticket/activity.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { askApi } from '#test/fakes/call-api.ts';
import {
  answerTo,
  claimSend,
  ingest,
  newTicket,
  operation,
  push,
  readFeed,
  readTicket,
  type Agent,
} from './desk-steps.ts';
import { newMessageId, type LetterSketch } from './letters.ts';
import { logIn, metricsToken, newService, onBothEngines } from './on-both-engines.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

onBothEngines('closing by silence', (bench) => {
  let one: Agent;

  beforeAll(async () => {
    [one] = await newService(bench, 'admin');
  });
  // Each test leaves tickets behind; they are closed before the next begins.
  beforeEach(async () => {
    await pass(30 * dayMs);
    await mailboxSeen();
    await bench.api.jobs.run();
  });

  const pass = async (ms: number): Promise<void> => {
    bench.clock.advance(ms);
    one = { ...one, token: await logIn(bench.api.url, one.login, one.password) };
  };
  /** A desk has told the API of every letter up to this moment. */
  const mailboxSeen = async (at = bench.clock.now()): Promise<void> => {
    const folders = [{ folder: 'inbox', uidValidity: '17' } as const];
    await askApi(bench.api.url, 'putWatermark', one.token, { body: { folders, at } });
  };
  const read = async (id: TicketId): Promise<Ticket> => await readTicket(bench, one, id);
  const receive = async (sketch: LetterSketch) => {
    const [letter] = await ingest(bench, one, { receivedAt: bench.clock.now(), ...sketch });
    if (letter === undefined) throw new Error('no fate');
    return letter.disposition;
  };
  const fromClient = (ticket: Ticket, sketch: LetterSketch = {}): LetterSketch => ({
    from: ticket.client.address,
    subject: `Re: [STP-${ticket.token}]`,
    ...sketch,
  });
  const answered = async (): Promise<Ticket> => {
    const disposition = await receive({});
    if (disposition.state !== 'ticket') throw new Error('no ticket was opened');
    const ticket = await read(disposition.ticketId);
    await answer(ticket);
    return await read(ticket.id);
  };
  const answer = async (ticket: Ticket, answerKind: 'solution' | 'clarification' = 'solution') => {
    const sent = { ...answerTo(bench, ticket, {}), answerKind };
    await push(bench, one, sent);
    return sent;
  };
  const historyOf = async (id: TicketId): Promise<readonly Activity[]> =>
    (await readFeed(bench, one)).flatMap((change) =>
      change.entity === 'activity' && change.state?.ticketId === id ? [change.state] : [],
    );

  test('closes after 48 plain hours of silence, once the mailbox was seen past them, and says so', async () => {
    const ticket = await answered();
    const answeredAt = bench.clock.now();
    await pass(2 * dayMs);
    await mailboxSeen();
    await bench.api.jobs.run();
    expect((await read(ticket.id)).status).toBe('waiting');
    await pass(hourMs);
    await bench.api.jobs.run();
    // The hours are over; whether the client wrote in the last of them nobody knows yet.
    expect((await read(ticket.id)).status).toBe('waiting');
    const watermarkAt = answeredAt + 2 * dayMs + 1;
    await mailboxSeen(watermarkAt);
    expect(await bench.api.jobs.run()).toMatchObject({ closed: 1, heldBack: 0 });

    const now = bench.clock.now();
    expect(await read(ticket.id)).toMatchObject({
      status: 'closed',
      closing: { outcome: 'silence', reason: '', at: now, agentId: null },
    });
    expect(await historyOf(ticket.id)).toEqual([
      {
        id: expect.any(String) as string,
        ticketId: ticket.id,
        agentId: null,
        operation: {
          id: expect.any(String) as string,
          ticketId: ticket.id,
          madeAt: now,
          kind: 'close-by-silence',
          answeredAt,
          closesAt: answeredAt + 2 * dayMs,
          watermarkAt,
        },
      },
    ]);
    // Whoever was about to answer hears of it.
    expect(await claimSend(bench, one, { ticketId: ticket.id, purpose: 'answer' })).toMatchObject({
      movedOn: { reason: 'closed', agentId: null, at: now },
    });
    expect(await bench.api.jobs.run()).toMatchObject({ closed: 0 });
    expect(await historyOf(ticket.id)).toHaveLength(1);
  });

  test('any word of the client cancels, a newer answer counts anew, a question does not count', async () => {
    const [silent, wrote, asked] = [await answered(), await answered(), await answered()];
    await pass(dayMs);
    await receive(fromClient(wrote));
    await answer(asked, 'clarification');
    await answer(silent);
    await pass(dayMs + 1);
    await mailboxSeen();
    await bench.api.jobs.run();
    expect((await read(silent.id)).status).toBe('waiting');
    expect((await read(wrote.id)).status).toBe('open');
    await answer(wrote);
    await pass(2 * dayMs - 2);
    await mailboxSeen();
    await bench.api.jobs.run();
    expect((await read(silent.id)).status).toBe('closed');
    expect((await read(wrote.id)).status).toBe('waiting');
    await pass(3);
    await mailboxSeen();
    await bench.api.jobs.run();
    expect((await read(wrote.id)).status).toBe('closed');
    expect((await read(asked.id)).status).toBe('waiting');
  });

  test('an answer that bounced for good closes nothing', async () => {
    const ticket = await answered();
    const sent = await answer(ticket);
    await receive({
      from: 'MAILER-DAEMON@mx.example.by',
      kind: 'bounce',
      bounce: {
        messageId: sent.messageId,
        recipients: [{ address: ticket.client.address, status: '5.1.1', permanent: true }],
      },
    });
    await pass(3 * dayMs);
    await mailboxSeen();
    await bench.api.jobs.run();
    expect((await read(ticket.id)).status).toBe('open');
  });

  test('a bounce that comes when the ticket was closed already opens it again', async () => {
    const ticket = await answered();
    const sent = await answer(ticket);
    await pass(3 * dayMs);
    await mailboxSeen();
    await bench.api.jobs.run();
    expect((await read(ticket.id)).status).toBe('closed');
    const recipients = [{ address: ticket.client.address, status: '5.4.7', permanent: true }];
    await receive({ kind: 'bounce', bounce: { messageId: sent.messageId, recipients } });
    expect(await read(ticket.id)).toMatchObject({ status: 'open', closing: null, reactionStartedAt: null });
  });

  test('an automatic reply cancels nothing', async () => {
    const ticket = await answered();
    await pass(dayMs);
    await ingest(bench, one, {
      ...fromClient(ticket, { kind: 'auto-reply' }),
      receivedAt: bench.clock.now(),
    });
    await pass(dayMs + 1);
    await mailboxSeen();
    await bench.api.jobs.run();
    expect((await read(ticket.id)).status).toBe('closed');
  });

  test('a letter that nobody could read stops it until somebody has looked', async () => {
    const ticket = await answered();
    await pass(hourMs);
    const location = { folder: 'inbox', uidValidity: '17', uid: 800_000 } as const;
    const body = { location, receivedAt: bench.clock.now(), reason: 'unreadable' } as const;
    await askApi(bench.api.url, 'ingestQuarantine', one.token, { body });
    await pass(dayMs);
    const later = await answered();
    await pass(3 * dayMs);
    await mailboxSeen();
    // Only where it came between answer and closing can it be the client's word.
    expect(await bench.api.jobs.run()).toMatchObject({ closed: 1, heldBack: 1 });
    expect((await read(ticket.id)).status).toBe('waiting');
    expect((await read(later.id)).status).toBe('closed');
    const letter = (await readFeed(bench, one)).find(
      (change) =>
        change.entity === 'letter' &&
        change.state?.locations.some(({ uid }) => uid === location.uid) === true,
    );
    if (letter?.entity !== 'letter') throw new Error('the letter is not in the feed');
    await askApi(bench.api.url, 'reviewLetter', one.token, { params: { id: letter.id }, body: {} });
    expect(await bench.api.jobs.run()).toMatchObject({ closed: 1, heldBack: 0 });
    expect((await read(ticket.id)).status).toBe('closed');
  });

  test('a letter that lay in the mailbox, but was found late, opens the ticket again as of its receipt', async () => {
    const ticket = await answered();
    await pass(dayMs);
    const receivedAt = bench.clock.now();
    await pass(2 * dayMs);
    await mailboxSeen();
    await bench.api.jobs.run();
    expect((await read(ticket.id)).status).toBe('closed');
    await receive(fromClient(ticket, { receivedAt }));
    expect(await read(ticket.id)).toMatchObject({
      status: 'open',
      closing: null,
      reactionStartedAt: receivedAt,
    });
  });

  test('what is open goes by the newest regulation', async () => {
    const ticket = await answered();
    const regulation = async (afterHours: number): Promise<void> => {
      const versions = (await readFeed(bench, one)).flatMap((change) =>
        change.entity === 'regulation' && change.state !== null ? [change.state.revision] : [],
      );
      const profile = { ...defaultProfile, closing: { ...defaultProfile.closing, afterHours } };
      await askApi(bench.api.url, 'putRegulation', one.token, {
        body: {
          revision: Math.max(0, ...versions),
          profile,
          categories: [...defaultCategories],
          calendar: readDefaultCalendar(),
        },
      });
    };
    await pass(2 * hourMs);
    await regulation(1);
    await mailboxSeen();
    expect(await bench.api.jobs.run()).toMatchObject({ retimed: expect.any(Number) as number, closed: 1 });
    expect((await read(ticket.id)).status).toBe('closed');
    const longer = await answered();
    await regulation(72);
    await pass(2 * dayMs + hourMs);
    await mailboxSeen();
    expect(await bench.api.jobs.run()).toMatchObject({ closed: 0 });
    expect((await read(longer.id)).status).toBe('waiting');
    await regulation(48);
    expect(await bench.api.jobs.run()).toMatchObject({ closed: 1 });
  });

  test('tickets that were there before anybody reckoned are reckoned by the first run', async () => {
    const ticket = await answered();
    await bench.api.database.query('update ticket set closes_at = null, timed_by = -1 where id = $1', [
      ticket.id,
    ]);
    await pass(3 * dayMs);
    await mailboxSeen();
    expect(await bench.api.jobs.run()).toMatchObject({ retimed: 1, closed: 1 });
    expect((await read(ticket.id)).status).toBe('closed');
  });

  test('postponed tickets come back on the day that was named, once', async () => {
    const ticket = await newTicket(bench, one);
    const reason = defaultProfile.reasons.find(({ needsLookAgain }) => needsLookAgain);
    if (reason === undefined) throw new Error('no reason postpones');
    const lookAgainAt = bench.clock.now() + dayMs;
    const given = operation(bench, 'give-reason', ticket.id, {
      reasonId: reason.id,
      facts: Object.fromEntries(reason.facts.map(({ id }) => [id, 'факт'])),
      lookAgainAt,
    });
    const put = await push(bench, one, given, {
      ...answerTo(bench, ticket, {}),
      answerKind: 'postponement',
    });
    expect(put.map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
    expect(await bench.api.jobs.run()).toMatchObject({ lookedAgain: 0 });
    expect((await read(ticket.id)).status).toBe('waiting');
    await pass(dayMs);
    expect(await bench.api.jobs.run()).toMatchObject({ lookedAgain: 1 });
    expect(await read(ticket.id)).toMatchObject({
      status: 'open',
      reason: { id: reason.id, lookAgainAt: null },
    });
    expect((await historyOf(ticket.id)).at(-1)).toMatchObject({
      agentId: null,
      operation: { kind: 'look-again', madeAt: bench.clock.now() },
    });
    expect(await bench.api.jobs.run()).toMatchObject({ lookedAgain: 0 });
  });

  test('two runs at the same moment close each ticket once', async () => {
    const tickets = [await answered(), await answered(), await answered()];
    await pass(3 * dayMs);
    await mailboxSeen();
    await Promise.all([bench.api.jobs.run(), bench.api.jobs.run()]);
    for (const { id } of tickets) {
      expect(await historyOf(id)).toHaveLength(1);
      expect((await read(id)).status).toBe('closed');
    }
  });

  test('the metrics tell when it last ran', async () => {
    await bench.api.jobs.run();
    const page = await fetch(`${bench.api.url}/metrics`, {
      headers: { authorization: `Bearer ${metricsToken}` },
    });
    expect(await page.text()).toContain(`stp_jobs_last_run_timestamp_seconds ${bench.clock.now() / 1000}`);
  });

  test('after it the client opens his ticket again within 30 days, later a new one that is linked both ways', async () => {
    const ticket = await answered();
    await pass(3 * dayMs);
    await mailboxSeen();
    await bench.api.jobs.run();
    await pass(30 * dayMs);
    expect(await receive(fromClient(ticket))).toEqual({ state: 'ticket', ticketId: ticket.id });
    expect(await read(ticket.id)).toMatchObject({
      status: 'open',
      reactionStartedAt: bench.clock.now(),
      closing: null,
    });

    await answer(ticket);
    await pass(3 * dayMs);
    await mailboxSeen();
    await bench.api.jobs.run();
    await pass(30 * dayMs + 1_000);
    const again = await receive(fromClient(ticket));
    if (again.state !== 'ticket' || again.ticketId === ticket.id) throw new Error('no new ticket was opened');
    expect(await read(ticket.id)).toMatchObject({
      status: 'closed',
      links: [{ ticketId: again.ticketId, relation: 'continued-by' }],
    });
    expect(await read(again.ticketId)).toMatchObject({
      status: 'open',
      links: [{ ticketId: ticket.id, relation: 'follow-up-of' }],
      possibleFollowUpOf: null,
      participants: ticket.participants,
      receivedAt: bench.clock.now(),
    });
    // He goes on answering the old letter; a stranger who quotes it gets a ticket of his own.
    expect(await receive(fromClient(ticket))).toEqual({ state: 'ticket', ticketId: again.ticketId });
    const stranger = await receive({ ...fromClient(ticket), from: 'stranger@another.example.by' });
    if (stranger.state !== 'ticket') throw new Error('no ticket was opened');
    expect([ticket.id, again.ticketId]).not.toContain(stranger.ticketId);
    expect((await read(stranger.ticketId)).links).toEqual([]);
  });

  test('closes more tickets than a page holds', async () => {
    const letters = Array.from({ length: 450 }, () => ({ receivedAt: bench.clock.now() }));
    const fates = await ingest(bench, one, ...letters);
    const ids = fates.flatMap(({ disposition }) =>
      disposition.state === 'ticket' ? [disposition.ticketId] : [],
    );
    const template = answerTo(bench, await read(ids[0] as TicketId), {});
    const answers = ids.map((ticketId) => ({
      ...template,
      id: crypto.randomUUID() as typeof template.id,
      ticketId,
      messageId: newMessageId(),
    }));
    await push(bench, one, ...answers);
    await pass(3 * dayMs);
    await mailboxSeen();
    expect(await bench.api.jobs.run()).toMatchObject({ closed: 450, heldBack: 0 });
  });
});
