import { v7 as newUuid } from 'uuid';
import { beforeAll, expect, test } from 'vitest';
import type { OperationId, TicketId } from '#shared/ids.ts';
import type { Letter } from '#shared/ticket/letter.ts';
import type { RecordForward } from '#shared/ticket/operations/record-forward.ts';
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
import { newAddress, newMessageId } from './letters.ts';
import { newService, onBothEngines } from './on-both-engines.ts';

onBothEngines('letters that are no answers', (bench) => {
  let one: Agent;
  let two: Agent;

  beforeAll(async () => {
    [one, two] = await newService(bench, 'agent', 'agent');
  });

  const forward = (ticket: Ticket, messageId: string, to: string): RecordForward => ({
    id: newUuid() as OperationId,
    ticketId: ticket.id,
    kind: 'record-forward',
    madeAt: bench.clock.now(),
    messageId,
    forwardedAt: bench.clock.now(),
    from: { name: 'СТП', address: 'info@example.by' },
    to: [{ name: '', address: to }],
    cc: [],
    subject: `Fwd: ${ticket.subject} [STP-${ticket.token}]`,
  });
  const copyOf = async (ticket: Ticket, messageId: string, to: string) =>
    await ingest(bench, two, {
      folder: 'sent',
      messageId,
      to: [to],
      subject: `Fwd: [STP-${ticket.token}]`,
      receivedAt: bench.clock.now(),
    });
  const lettersOf = async (messageId: string): Promise<readonly Letter[]> =>
    (await readFeed(bench, one)).flatMap((change) =>
      change.entity === 'letter' && change.state?.messageId === messageId ? [change.state] : [],
    );

  // To somebody outside, and to the client himself, whose letters in Sent else count as answers.
  test.each([
    ['a stranger', true],
    ['a stranger', false],
    ['the client', true],
    ['the client', false],
  ])(
    'a forward to %s is one letter and no answer; its copy in Sent is found first: %s',
    async (who, first) => {
      const ticket = await newTicket(bench, one);
      const to = who === 'the client' ? ticket.client.address : newAddress();
      const messageId = newMessageId();
      await claimSend(bench, one, { ticketId: ticket.id, messageId, purpose: 'forward' });
      if (first) await copyOf(ticket, messageId, to);
      // The copy alone changes nothing, but is known for what it is.
      expect(await readTicket(bench, one, ticket.id)).toEqual(ticket);
      expect(await lettersOf(messageId)).toMatchObject(first ? [{ agentId: one.id, answerKind: null }] : []);
      expect(await push(bench, one, forward(ticket, messageId, to))).toMatchObject([{ outcome: 'applied' }]);
      if (!first) await copyOf(ticket, messageId, to);
      expect(await readTicket(bench, one, ticket.id)).toEqual({
        ...ticket,
        letterCount: 2,
        lastLetterAt: bench.clock.now(),
      });
      expect(await lettersOf(messageId)).toMatchObject([
        {
          direction: 'out',
          agentId: one.id,
          answerKind: null,
          disposition: { state: 'ticket', ticketId: ticket.id },
          locations: [{ folder: 'sent' }],
        },
      ]);
    },
  );

  test.each([true, false])(
    'so is one that was sent without asking the API; its copy is found first: %s',
    async (first) => {
      const ticket = await newTicket(bench, one);
      const messageId = newMessageId();
      const to = ticket.client.address;
      if (first) await copyOf(ticket, messageId, to);
      await push(bench, one, forward(ticket, messageId, to));
      if (!first) await copyOf(ticket, messageId, to);
      expect(await readTicket(bench, one, ticket.id)).toEqual({
        ...ticket,
        letterCount: 2,
        lastLetterAt: bench.clock.now(),
      });
      expect(await lettersOf(messageId)).toMatchObject([{ agentId: one.id, answerKind: null }]);
    },
  );

  test('whoever it was forwarded to takes no part: his answer opens a ticket of its own', async () => {
    const ticket = await newTicket(bench, one);
    const [messageId, developer] = [newMessageId(), newAddress()];
    await claimSend(bench, one, { ticketId: ticket.id, messageId, purpose: 'forward' });
    await push(bench, one, forward(ticket, messageId, developer));
    expect((await readTicket(bench, one, ticket.id)).participants).toEqual([ticket.client.address]);
    const [fate] = await ingest(bench, two, { from: developer, inReplyTo: [messageId] });
    if (fate?.disposition.state !== 'ticket') throw new Error('no ticket was opened');
    expect(fate.disposition.ticketId).not.toBe(ticket.id);
    expect(await readTicket(bench, one, fate.disposition.ticketId)).toMatchObject({
      possibleFollowUpOf: ticket.id,
    });
  });

  test.each([false, true])(
    'nor does he where its copy was taken for an answer; he takes part already: %s',
    async (takesPart) => {
      const ticket = await newTicket(bench, one);
      const [messageId, developer] = [newMessageId(), newAddress()];
      const client = ticket.client.address;
      if (takesPart) await push(bench, one, answerTo(bench, ticket, { to: [client, developer] }));
      const { participants } = await readTicket(bench, one, ticket.id);
      await ingest(bench, two, {
        folder: 'sent',
        messageId,
        to: [client],
        cc: [developer],
        subject: `Fwd: [STP-${ticket.token}]`,
        receivedAt: bench.clock.now(),
      });
      await push(bench, one, {
        ...forward(ticket, messageId, client),
        cc: [{ name: '', address: developer }],
      });
      expect((await readTicket(bench, one, ticket.id)).participants).toEqual(participants);
      expect(participants).toHaveLength(takesPart ? 2 : 1);
    },
  );

  test('nothing that happened on the ticket holds a forward', async () => {
    const ticket = await newTicket(bench, one);
    await push(bench, two, answerTo(bench, ticket, {}));
    const claim = { ticketId: ticket.id, ticketVersion: 0 };
    expect((await claimSend(bench, one, { ...claim, purpose: 'answer' })).movedOn).not.toBeNull();
    expect((await claimSend(bench, one, { ...claim, purpose: 'forward' })).movedOn).toBeNull();
  });

  test.each([true, false])(
    'an agent’s own letter is a notice, never a recommendation; its copy is found first: %s',
    async (first) => {
      const ticketId = newUuid() as TicketId;
      const [client, messageId] = [newAddress(), newMessageId()];
      const token = `${first ? 'A' : 'B'}000000${bench.api.database.engine === 'pglite' ? 1 : 2}`;
      await push(
        bench,
        one,
        operation(bench, 'create-ticket', ticketId, {
          token,
          channel: 'mail',
          subject: 'Плановые работы',
          client: { name: '', address: client, phone: '' },
        }),
      );
      const ticket = await readTicket(bench, one, ticketId);
      await claimSend(bench, one, { ticketId, messageId, purpose: 'letter' });
      if (first) await copyOf(ticket, messageId, client);
      expect(await readTicket(bench, one, ticketId)).toEqual(ticket);
      await push(bench, one, { ...answerTo(bench, ticket, {}), messageId, answerKind: 'notice' });
      if (!first) await copyOf(ticket, messageId, client);
      expect(await readTicket(bench, one, ticketId)).toMatchObject({
        status: 'waiting',
        letterCount: 1,
        events: [{ kind: 'answer', answerKind: 'notice', agentId: one.id }],
      });
      expect(await lettersOf(messageId)).toMatchObject([{ answerKind: 'notice', agentId: one.id }]);
    },
  );
});
