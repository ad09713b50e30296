import { v7 as newUuid } from 'uuid';
import { beforeAll, expect, test } from 'vitest';
import type { TicketId } from '#shared/ids.ts';
import type { Activity } from '#shared/ticket/activity.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import type { CreateTicket } from '#shared/ticket/operations/create-ticket.ts';
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
import { newAddress, newMessageId } from './letters.ts';
import { newService, onBothEngines } from './on-both-engines.ts';

onBothEngines('work on tickets', (bench) => {
  let one: Agent;
  let two: Agent;

  beforeAll(async () => {
    [one, two] = await newService(bench, 'agent', 'agent');
  });

  const historyOf = async (ticketId: TicketId): Promise<readonly { version: number; state: Activity }[]> =>
    (await readFeed(bench, two)).flatMap((change) =>
      change.entity === 'activity' && change.state?.ticketId === ticketId
        ? [{ version: change.version, state: change.state }]
        : [],
    );
  const note = (ticketId: TicketId, text: string): Operation =>
    operation(bench, 'add-note', ticketId, { text });
  const close = (ticketId: TicketId): Operation =>
    operation(bench, 'close-ticket', ticketId, { outcome: 'no-answer-needed', reason: 'спасибо' });
  const reopen = (ticketId: TicketId): Operation => operation(bench, 'reopen-ticket', ticketId, {});
  let tokens = 0;
  const newToken = (): string => {
    tokens += 1;
    return tokens.toString().padStart(8, '0');
  };
  const create = (ticketId: TicketId, rest: Partial<CreateTicket> = {}): Operation =>
    operation(bench, 'create-ticket', ticketId, {
      token: newToken(),
      channel: 'phone',
      subject: 'Не открывается сайт',
      client: { name: 'Мария', address: newAddress(), phone: '+375 17 000-00-00' },
      ...rest,
    });

  test('what agents do is history in the feed, in order, once, and by whom the token says', async () => {
    const ticket = await newTicket(bench, one);
    const operations = [
      note(ticket.id, 'первая'),
      operation(bench, 'classify-ticket', ticket.id, { category: 'disk-quota' }),
      note(ticket.id, 'вторая “в кавычках” \\ " \n'),
    ];
    const answers = await push(bench, one, ...operations);
    await push(bench, two, close(ticket.id), ...operations);
    const history = await historyOf(ticket.id);
    expect(history.map(({ state }) => state)).toEqual([
      ...operations.map((done) => ({
        id: done.id,
        ticketId: ticket.id,
        agentId: one.id,
        operation: done,
      })),
      expect.objectContaining({
        agentId: two.id,
        operation: expect.objectContaining({ kind: 'close-ticket' }),
      }),
    ]);
    // Whoever has read as far as the answer says has read the history too.
    const [answer] = answers;
    const version = answer?.outcome === 'applied' ? answer.version : 0;
    expect(history.slice(0, 3).every((change) => change.version < version)).toBe(true);
    expect(await readTicket(bench, one, ticket.id)).toMatchObject({ noteCount: 2, category: 'disk-quota' });
  });

  test('neither what was rejected nor a letter that left is a line of history', async () => {
    const ticket = await newTicket(bench, one);
    await push(bench, one, answerTo(bench, ticket, {}), note(ticket.id, '  '));
    expect(await historyOf(ticket.id)).toEqual([]);
  });

  test('a created ticket gets its number from the API, and is worked on in the same batch', async () => {
    const [first, second] = [newUuid() as TicketId, newUuid() as TicketId];
    const answers = await push(bench, one, create(first), note(first, 'перезвонить'), create(second));
    expect(answers.map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'applied']);
    const [a, b] = [await readTicket(bench, two, first), await readTicket(bench, two, second)];
    expect(a).toMatchObject({ channel: 'phone', status: 'open', noteCount: 1, letterCount: 0 });
    expect(b.number).toBe(a.number + 1);
    const later = await newTicket(bench, one);
    expect(later.number).toBe(b.number + 1);
    expect((await historyOf(first)).map(({ state }) => state.operation.kind)).toEqual([
      'create-ticket',
      'add-note',
    ]);
  });

  test('an id or a token that is taken is a rejection; a repeated creation is the first answer again', async () => {
    const ticket = await newTicket(bench, one);
    const made = create(newUuid() as TicketId);
    expect(await push(bench, one, made)).toMatchObject([{ outcome: 'applied', duplicate: false }]);
    expect(await push(bench, one, made)).toMatchObject([{ outcome: 'applied', duplicate: true }]);
    const token = newToken();
    const clashing = [
      create(made.ticketId),
      create(ticket.id),
      create(newUuid() as TicketId, { token: ticket.token }),
      create(newUuid() as TicketId, { token }),
      create(newUuid() as TicketId, { token }),
    ];
    const answers = await push(bench, two, ...clashing, note(clashing[2]?.ticketId ?? ticket.id, 'x'));
    const exists = { outcome: 'rejected', rejection: { kind: 'exists' } };
    expect(answers).toMatchObject([
      exists,
      exists,
      exists,
      { outcome: 'applied' },
      exists,
      { outcome: 'blocked' },
    ]);
    expect(await readTicket(bench, one, ticket.id)).toEqual(ticket);
  });

  test('requests that race to create one ticket, or with one token, agree on one', async () => {
    for (const same of ['ticket', 'token'] as const) {
      const [ticketId, token] = [newUuid() as TicketId, newToken()];
      const racing = Array.from({ length: 6 }, () =>
        same === 'ticket' ? create(ticketId) : create(newUuid() as TicketId, { token }),
      );
      const answers = (await Promise.all(racing.map(async (made) => await push(bench, one, made)))).flat();
      expect(answers.filter(({ outcome }) => outcome === 'applied')).toHaveLength(1);
      expect(answers.filter(({ outcome }) => outcome === 'rejected')).toHaveLength(5);
    }
  });

  test('a reply to the agent’s first letter joins the ticket by reference or token; a stranger’s does not', async () => {
    const client = newAddress();
    for (const by of ['reference', 'token'] as const) {
      const ticketId = newUuid() as TicketId;
      const made = create(ticketId, { channel: 'mail', client: { name: '', address: client, phone: '' } });
      await push(bench, one, made);
      const ticket = await readTicket(bench, one, ticketId);
      const messageId = newMessageId();
      await claimSend(bench, one, { ticketId, messageId, purpose: 'letter' });
      const reply = {
        reference: { inReplyTo: [messageId] },
        token: { subject: `Re: Вопрос [STP-${ticket.token}]` },
      }[by];
      // Before the desk could even report that its letter left.
      const [stranger, joined] = await ingest(
        bench,
        two,
        { ...reply, from: newAddress() },
        { ...reply, from: client },
      );
      expect(stranger?.disposition).not.toMatchObject({ ticketId });
      expect(joined?.disposition).toEqual({ state: 'ticket', ticketId });
      await push(bench, one, { ...answerTo(bench, ticket, {}), messageId, answerKind: 'notice' });
      expect(await readTicket(bench, one, ticketId)).toMatchObject({
        status: 'open',
        letterCount: 2,
        participants: [client],
        lastClientLetterAt: expect.any(Number),
      });
    }
  });

  test('closing holds a colleague’s half-written answer, until the ticket is open again', async () => {
    const ticket = await newTicket(bench, one);
    const begun = (await readFeed(bench, one)).find((change) => change.id === ticket.id)?.version ?? 0;
    const movedOn = async (agent: Agent) =>
      (await claimSend(bench, agent, { ticketId: ticket.id, ticketVersion: begun, purpose: 'answer' }))
        .movedOn;
    await push(bench, one, close(ticket.id));
    expect(await movedOn(two)).toMatchObject({ reason: 'closed', agentId: one.id });
    expect(await movedOn(one)).toBeNull();
    await push(bench, one, reopen(ticket.id));
    expect(await movedOn(two)).toBeNull();
    await push(bench, one, close(ticket.id));
    const from = ticket.client.address;
    await ingest(bench, two, { from, subject: `[STP-${ticket.token}]`, receivedAt: bench.clock.now() + 1 });
    expect(await movedOn(one)).toMatchObject({ reason: 'client-wrote' });
    expect(await readTicket(bench, one, ticket.id)).toMatchObject({ status: 'open', closing: null });
  });

  test('a closed ticket leaves the queue and comes back with the client’s next letter', async () => {
    const ticket = await newTicket(bench, one);
    const isIn = async (section: 'all' | 'closed' | 'to-answer'): Promise<boolean> => {
      const query = { section, limit: 200 };
      const { tickets } = await askApi(bench.api.url, 'queue', one.token, { query });
      return tickets.some(({ id }) => id === ticket.id);
    };
    await push(bench, one, close(ticket.id));
    expect([await isIn('all'), await isIn('closed'), await isIn('to-answer')]).toEqual([false, true, false]);
    bench.clock.advance(60_000);
    const receivedAt = bench.clock.now();
    await ingest(bench, one, { from: ticket.client.address, subject: `[STP-${ticket.token}]`, receivedAt });
    expect([await isIn('all'), await isIn('closed'), await isIn('to-answer')]).toEqual([true, false, true]);
    expect((await readTicket(bench, one, ticket.id)).reactionStartedAt).toBe(receivedAt);
  });
});
