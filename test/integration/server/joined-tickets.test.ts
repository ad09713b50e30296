import { v7 as newUuid } from 'uuid';
import { beforeAll, expect, test } from 'vitest';
import type { LetterId, TicketId } from '#shared/ids.ts';
import type { Letter } from '#shared/ticket/letter.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
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
import { newAddress, newMessageId, type LetterSketch } from './letters.ts';
import { mailboxBody, newService, onBothEngines } from './on-both-engines.ts';

onBothEngines('tickets that are merged, split and linked', (bench) => {
  let one: Agent;
  let two: Agent;

  beforeAll(async () => {
    [one, two] = await newService(bench, 'agent', 'agent');
  });

  const read = async (id: TicketId): Promise<Ticket> => await readTicket(bench, one, id);
  const lettersOf = async (ticketId: TicketId): Promise<readonly Letter[]> =>
    (await readFeed(bench, one)).flatMap((change) =>
      change.entity === 'letter' &&
      change.state?.disposition.state === 'ticket' &&
      change.state.disposition.ticketId === ticketId
        ? [change.state]
        : [],
    );
  const receive = async (sketch: LetterSketch): Promise<{ id: LetterId; ticketId: TicketId }> => {
    bench.clock.advance(1_000);
    const [letter] = await ingest(bench, one, { receivedAt: bench.clock.now(), ...sketch });
    if (letter?.disposition.state !== 'ticket') throw new Error('the letter is on no ticket');
    return { id: letter.id, ticketId: letter.disposition.ticketId };
  };
  const fromClient = (ticket: Ticket, sketch: LetterSketch = {}): LetterSketch => ({
    from: ticket.client.address,
    subject: `Re: [STP-${ticket.token}]`,
    ...sketch,
  });
  const merge = (ticketId: TicketId, into: TicketId): Operation =>
    operation(bench, 'merge-ticket', ticketId, { into });
  const link = (ticketId: TicketId, otherId: TicketId, linked = true): Operation =>
    operation(bench, 'link-tickets', ticketId, { otherId, linked });
  let tokens = 0;
  const split = (ticketId: TicketId, letterIds: LetterId[], rest: object = {}): Operation => {
    tokens += 1;
    return operation(bench, 'split-ticket', ticketId, {
      newTicketId: newUuid() as TicketId,
      token: `Z${tokens.toString().padStart(7, '0')}`,
      subject: 'Второй вопрос',
      letterIds,
      ...rest,
    });
  };
  const newOnes = async (): Promise<readonly [Ticket, Ticket]> => [
    await newTicket(bench, one),
    await newTicket(bench, one),
  ];
  const rejectionOf = async (made: Operation) => {
    const before = await readFeed(bench, one);
    const [answer] = await push(bench, one, made);
    expect(await readFeed(bench, one)).toEqual(before);
    return answer?.outcome === 'rejected' ? answer.rejection : answer;
  };

  test('letters from an address that an agent lets in join from then on, until it is taken out again', async () => {
    const ticket = await newTicket(bench, one);
    const second = newAddress();
    const subject = `Re: [STP-${ticket.token}]`;
    expect((await receive({ from: second, subject })).ticketId).not.toBe(ticket.id);

    await push(bench, one, operation(bench, 'add-participant', ticket.id, { address: second.toUpperCase() }));
    expect((await read(ticket.id)).participants).toEqual([ticket.client.address, second]);
    expect((await receive({ from: second, subject })).ticketId).toBe(ticket.id);
    const history = (await readFeed(bench, two)).flatMap((change) =>
      change.entity === 'activity' && change.state?.ticketId === ticket.id ? [change.state] : [],
    );
    expect(history).toMatchObject([{ agentId: one.id, operation: { kind: 'add-participant' } }]);

    await push(bench, two, operation(bench, 'remove-participant', ticket.id, { address: second }));
    expect((await read(ticket.id)).participants).toEqual([ticket.client.address]);
    expect((await receive({ from: second, subject })).ticketId).not.toBe(ticket.id);
    const client = operation(bench, 'remove-participant', ticket.id, { address: ticket.client.address });
    expect(await rejectionOf(client)).toEqual({ kind: 'is-client' });
  });

  test('the service’s own addresses take part in nothing', async () => {
    const ticket = await newTicket(bench, one);
    for (const address of [mailboxBody.address, ...mailboxBody.ownAddresses]) {
      const add = operation(bench, 'add-participant', ticket.id, { address: address.toUpperCase() });
      expect(await rejectionOf(add)).toEqual({ kind: 'own-address' });
    }
  });

  test('a ticket that is merged gives its letters, its client and his replies to the other', async () => {
    const [given, into] = await newOnes();
    const letters = await lettersOf(given.id);
    const made = merge(given.id, into.id);
    const answers = await push(bench, one, made);
    expect(answers).toMatchObject([{ outcome: 'applied', duplicate: false }]);

    expect(await read(given.id)).toMatchObject({
      status: 'closed',
      mergedInto: into.id,
      letterCount: 0,
      closing: { outcome: 'merged', agentId: one.id },
    });
    const joined = await read(into.id);
    expect(joined).toMatchObject({
      status: 'open',
      letterCount: 2,
      participants: [...into.participants, ...given.participants],
      links: [{ ticketId: given.id, relation: 'merged-from' }],
      reactionStartedAt: given.receivedAt,
    });
    expect(await lettersOf(given.id)).toEqual([]);
    expect((await lettersOf(into.id)).map(({ id }) => id)).toContain(letters[0]?.id);

    // By token, and by a letter that he answers.
    expect((await receive(fromClient(given))).ticketId).toBe(into.id);
    const byReference = { from: given.client.address, inReplyTo: [letters[0]?.messageId ?? ''] };
    expect((await receive(byReference)).ticketId).toBe(into.id);
    expect((await read(into.id)).letterCount).toBe(4);

    // The same operation once more is the same answer and nothing else.
    const after = await readFeed(bench, one);
    expect(await push(bench, one, made)).toMatchObject([{ outcome: 'applied', duplicate: true }]);
    expect(await readFeed(bench, one)).toEqual(after);
  });

  test('half-written answers on both hear of it', async () => {
    const [given, into] = await newOnes();
    await push(bench, one, merge(given.id, into.id));
    const held = async (ticketId: TicketId) => await claimSend(bench, two, { ticketId, purpose: 'answer' });
    expect(await held(given.id)).toMatchObject({ movedOn: { reason: 'closed', agentId: one.id } });
    expect(await held(into.id)).toMatchObject({ movedOn: { reason: 'client-wrote', agentId: one.id } });
  });

  test('an answer that was on its way counts where the letters are now, and so does its bounce', async () => {
    const [given, into] = await newOnes();
    const answer = answerTo(bench, given, {});
    await claimSend(bench, two, { ticketId: given.id, purpose: 'answer', messageId: answer.messageId });
    await push(bench, one, merge(given.id, into.id));
    const [recorded] = await push(bench, two, answer);
    expect(recorded).toMatchObject({ outcome: 'applied' });
    expect(await read(into.id)).toMatchObject({ status: 'waiting', reactionStartedAt: null, letterCount: 3 });
    expect((await lettersOf(into.id)).map(({ messageId }) => messageId)).toContain(answer.messageId);
    expect(await read(given.id)).toMatchObject({ status: 'closed', letterCount: 0 });

    // Its copy in Sent takes the place of the record there.
    await receive({ folder: 'sent', messageId: answer.messageId, subject: answer.subject });
    expect(await lettersOf(given.id)).toEqual([]);
    expect(await lettersOf(into.id)).toHaveLength(3);
    const recipients = [{ address: given.client.address, status: '5.1.1', permanent: true }];
    const notice = await receive({ kind: 'bounce', bounce: { messageId: answer.messageId, recipients } });
    expect(notice.ticketId).toBe(into.id);
    expect((await read(into.id)).status).toBe('open');
  });

  test('a chain of merges leads to its end', async () => {
    const [a, b] = await newOnes();
    const c = await newTicket(bench, one);
    await push(bench, one, merge(a.id, b.id), merge(b.id, c.id));
    expect((await receive(fromClient(a))).ticketId).toBe(c.id);
    expect(await lettersOf(c.id)).toHaveLength(4);
    expect(await read(c.id)).toMatchObject({ letterCount: 4, reactionStartedAt: a.receivedAt });
  });

  test('a merge with itself, with nothing, with what was given up: refused, and nothing changes', async () => {
    const [given, into] = await newOnes();
    const third = await newTicket(bench, one);
    expect(await rejectionOf(merge(given.id, given.id))).toEqual({ kind: 'same-ticket' });
    expect(await rejectionOf(merge(given.id, newUuid() as TicketId))).toEqual({ kind: 'not-found' });
    expect(await rejectionOf(merge(newUuid() as TicketId, given.id))).toEqual({ kind: 'not-found' });
    await push(bench, one, merge(given.id, into.id));
    expect(await rejectionOf(merge(given.id, third.id))).toEqual({ kind: 'merged', into: into.id });
    expect(await rejectionOf(merge(third.id, given.id))).toEqual({ kind: 'merged', into: into.id });
    expect(await rejectionOf(merge(into.id, given.id))).toEqual({ kind: 'merged', into: into.id });
  });

  test('two agents who merge two tickets into each other at the same moment: one does', async () => {
    const [a, b] = await newOnes();
    const answers = await Promise.all([
      push(bench, one, merge(a.id, b.id)),
      push(bench, two, merge(b.id, a.id)),
    ]);
    expect(
      answers
        .flat()
        .map(({ outcome }) => outcome)
        .toSorted(),
    ).toEqual(['applied', 'rejected']);
    const merged = [await read(a.id), await read(b.id)].filter(({ mergedInto }) => mergedInto !== null);
    expect(merged).toHaveLength(1);
  });

  test('letters that are split off are a ticket with a number, to which their answers come', async () => {
    const ticket = await newTicket(bench, one);
    const messageId = newMessageId();
    const second = await receive(fromClient(ticket, { messageId }));
    const [answer] = [answerTo(bench, await read(ticket.id), {})];
    await push(bench, one, { ...answer, references: [messageId] });
    const third = await receive(fromClient(ticket, { inReplyTo: [messageId], messageId: newMessageId() }));
    const made = split(ticket.id, [second.id, third.id]);
    if (made.kind !== 'split-ticket') throw new Error('another operation');
    expect(await push(bench, one, made)).toMatchObject([{ outcome: 'applied' }]);

    const fresh = await read(made.newTicketId);
    expect(fresh).toMatchObject({
      status: 'open',
      token: made.token,
      subject: 'Второй вопрос',
      letterCount: 2,
      links: [{ ticketId: ticket.id, relation: 'split-from' }],
      participants: ticket.participants,
    });
    expect(fresh.number).toBeGreaterThan(ticket.number);
    expect(await read(ticket.id)).toMatchObject({
      status: 'waiting',
      letterCount: 2,
      links: [{ ticketId: fresh.id, relation: 'split-into' }],
    });
    expect((await lettersOf(fresh.id)).map(({ id }) => id).toSorted()).toEqual(
      [second.id, third.id].toSorted(),
    );
    // By In-Reply-To, without a token; by token; and what stayed stays.
    expect((await receive({ from: ticket.client.address, inReplyTo: [messageId] })).ticketId).toBe(fresh.id);
    expect((await receive(fromClient({ ...ticket, token: fresh.token }))).ticketId).toBe(fresh.id);
    expect((await receive(fromClient(ticket))).ticketId).toBe(ticket.id);

    // The way back.
    expect(await push(bench, one, merge(fresh.id, ticket.id))).toMatchObject([{ outcome: 'applied' }]);
    expect((await lettersOf(ticket.id)).map(({ id }) => id)).toContain(second.id);
    expect((await receive({ from: ticket.client.address, inReplyTo: [messageId] })).ticketId).toBe(ticket.id);
  });

  test('what another person wrote is theirs alone once it is split off', async () => {
    const ticket = await newTicket(bench, one);
    const [first] = await lettersOf(ticket.id);
    const head = newAddress();
    await push(bench, one, answerTo(bench, ticket, { to: [ticket.client.address, head] }));
    const asked = await receive(fromClient(ticket, { from: head }));
    const made = split(ticket.id, [asked.id]);
    if (made.kind !== 'split-ticket') throw new Error('another operation');
    expect(await push(bench, one, made)).toMatchObject([{ outcome: 'applied' }]);
    expect(await read(made.newTicketId)).toMatchObject({
      client: { address: head, phone: '' },
      participants: [head],
    });
    // The old ticket's client is a stranger there; and the head, whom the answer went to, is none on the old one.
    const token = `Re: [STP-${made.token}]`;
    const joined = await receive({ from: ticket.client.address, subject: token });
    expect(joined.ticketId).not.toBe(made.newTicketId);
    expect((await receive({ from: head, subject: token })).ticketId).toBe(made.newTicketId);
    expect((await read(ticket.id)).participants).toEqual([ticket.client.address, head]);

    // What the client wrote leaves next, in one batch with an answer to the head alone.
    const stays = await receive(fromClient(ticket, { from: head }));
    const next = split(ticket.id, [first?.id ?? stays.id]);
    if (next.kind !== 'split-ticket') throw new Error('another operation');
    await push(bench, one, answerTo(bench, ticket, { to: [head] }), next);
    expect(await read(next.newTicketId)).toMatchObject({
      client: ticket.client,
      participants: [ticket.client.address],
      reactionStartedAt: null,
    });
    expect(await read(ticket.id)).toMatchObject({
      client: { address: head },
      participants: [head, ticket.client.address],
    });
  });

  test('a letter that was answered does not wait again where it is split off', async () => {
    const ticket = await newTicket(bench, one);
    const second = await receive(fromClient(ticket));
    bench.clock.advance(1_000);
    await push(bench, one, answerTo(bench, ticket, {}));
    const made = split(ticket.id, [second.id]);
    if (made.kind !== 'split-ticket') throw new Error('another operation');
    await push(bench, one, made);
    expect(await read(made.newTicketId)).toMatchObject({ status: 'open', reactionStartedAt: null });
    await push(bench, one, merge(made.newTicketId, ticket.id));
    expect(await read(ticket.id)).toMatchObject({ letterCount: 3, reactionStartedAt: null });
    expect((await read(ticket.id)).events).toHaveLength(3);
  });

  test('what cannot be split off is refused, and nothing changes', async () => {
    const [ticket, another] = await newOnes();
    const [first] = await lettersOf(ticket.id);
    const foreign = (await lettersOf(another.id)).map(({ id }) => id);
    const second = await receive(fromClient(ticket));
    const all = [first?.id ?? second.id, second.id];
    const refused = async (ids: LetterId[], rest: object = {}) =>
      await rejectionOf(split(ticket.id, ids, rest));
    expect(await refused(all)).toEqual({ kind: 'nothing-left' });
    expect(await refused(foreign)).toEqual({ kind: 'not-found' });
    expect(await refused([second.id], { subject: ' ' })).toEqual({ kind: 'text-required' });
    expect(await refused([second.id], { newTicketId: ticket.id })).toEqual({ kind: 'same-ticket' });
    expect(await refused([second.id], { newTicketId: another.id })).toEqual({ kind: 'exists' });
    expect(await refused([second.id], { token: another.token })).toEqual({ kind: 'exists' });
    await push(bench, one, merge(ticket.id, another.id));
    expect(await refused([second.id])).toEqual({ kind: 'merged', into: another.id });
  });

  test('a link is told to both, once, and taken back from both', async () => {
    const [a, b] = await newOnes();
    const linksOf = async () => [(await read(a.id)).links, (await read(b.id)).links];
    await push(bench, one, link(a.id, b.id), link(b.id, a.id), link(a.id, b.id));
    expect(await linksOf()).toEqual([
      [{ ticketId: b.id, relation: 'related' }],
      [{ ticketId: a.id, relation: 'related' }],
    ]);
    await push(bench, one, link(b.id, a.id, false));
    expect(await linksOf()).toEqual([[], []]);
    expect(await rejectionOf(link(a.id, a.id))).toEqual({ kind: 'same-ticket' });
    expect(await rejectionOf(link(a.id, newUuid() as TicketId))).toEqual({ kind: 'not-found' });
  });

  test('a batch may merge what it split, and answer what it merged', async () => {
    const ticket = await newTicket(bench, one);
    const second = await receive(fromClient(ticket));
    const made = split(ticket.id, [second.id]);
    if (made.kind !== 'split-ticket') throw new Error('another operation');
    const answer = { ...answerTo(bench, ticket, {}), ticketId: made.newTicketId };
    bench.clock.advance(1_000);
    const answers = await push(bench, one, made, merge(made.newTicketId, ticket.id), {
      ...answer,
      answeredAt: bench.clock.now(),
    });
    expect(answers.map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'applied']);
    expect(await read(ticket.id)).toMatchObject({ status: 'waiting', letterCount: 3 });
    expect(await lettersOf(ticket.id)).toHaveLength(3);
    expect(await lettersOf(made.newTicketId)).toEqual([]);
  });
});
