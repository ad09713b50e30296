import { beforeAll, expect, test } from 'vitest';
import type { TicketId } from '#shared/ids.ts';
import type { Letter } from '#shared/ticket/letter.ts';
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
import { newLetter, newMessageId, type LetterSketch } from './letters.ts';
import { newService, onBothEngines } from './on-both-engines.ts';

onBothEngines('letters of machines', (bench) => {
  let one: Agent;

  beforeAll(async () => {
    [one] = await newService(bench, 'agent');
  });

  const bounceOf = (messageId: string | null, permanent = true): LetterSketch => ({
    from: 'MAILER-DAEMON@mx.example.by',
    kind: 'bounce',
    receivedAt: bench.clock.now(),
    bounce: {
      messageId,
      recipients: [{ address: 'gone@school.example.by', status: permanent ? '5.1.1' : '4.4.7', permanent }],
    },
  });
  const receive = async (sketch: LetterSketch) => {
    bench.clock.advance(1_000);
    const [letter] = await ingest(bench, one, { receivedAt: bench.clock.now(), ...sketch });
    if (letter === undefined) throw new Error('no fate');
    return letter;
  };
  const answered = async (): Promise<{ ticket: Ticket; messageId: string }> => {
    const { id } = await newTicket(bench, one);
    const answer = answerTo(bench, await readTicket(bench, one, id), {});
    await push(bench, one, answer);
    return { ticket: await readTicket(bench, one, id), messageId: answer.messageId };
  };
  const read = async (id: TicketId): Promise<Ticket> => await readTicket(bench, one, id);
  const lettersOf = async (ticketId: TicketId): Promise<readonly Letter[]> =>
    (await readFeed(bench, one)).flatMap((change) =>
      change.entity === 'letter' &&
      change.state?.disposition.state === 'ticket' &&
      change.state.disposition.ticketId === ticketId
        ? [change.state]
        : [],
    );
  const bouncesOf = async (ticketId: TicketId) =>
    (await read(ticketId)).events.flatMap((event) =>
      event.kind === 'bounce' ? [{ letterId: event.letterId, messageId: event.messageId }] : [],
    );

  test('an answer that did not arrive opens its ticket again, and the notice stands in the conversation', async () => {
    const { ticket, messageId } = await answered();
    expect(ticket.status).toBe('waiting');
    const notice = await receive(bounceOf(messageId));
    expect(notice.disposition).toEqual({ state: 'ticket', ticketId: ticket.id });
    const after = await read(ticket.id);
    expect(after).toMatchObject({ status: 'open', reactionStartedAt: null, letterCount: 3 });
    expect(await bouncesOf(ticket.id)).toEqual([{ letterId: notice.id, messageId }]);
    expect((await lettersOf(ticket.id)).find(({ id }) => id === notice.id)).toMatchObject({
      kind: 'bounce',
      direction: 'in',
      bounce: { messageId, recipients: [{ status: '5.1.1', permanent: true }] },
    });
  });

  test('a delay is noted and changes nothing', async () => {
    const { ticket, messageId } = await answered();
    await receive(bounceOf(messageId, false));
    expect((await read(ticket.id)).status).toBe('waiting');
    expect(await bouncesOf(ticket.id)).toHaveLength(1);
  });

  test.each([['claimed before it was sent'], ['sent without asking the API']])(
    'a mail server may be quicker than the desk that sent a letter %s',
    async (how) => {
      const ticket = await newTicket(bench, one);
      const answer = answerTo(bench, ticket, {});
      const { messageId } = answer;
      const isClaimed = how.startsWith('claimed');
      if (isClaimed) await claimSend(bench, one, { ticketId: ticket.id, purpose: 'answer', messageId });
      const notice = await receive(bounceOf(messageId));
      expect(notice.disposition.state).toBe(isClaimed ? 'ticket' : 'ignored');
      await push(bench, one, answer);
      expect(await read(ticket.id)).toMatchObject({ status: 'open', reactionStartedAt: null });
      expect(await bouncesOf(ticket.id)).toEqual([{ letterId: notice.id, messageId }]);
      expect((await lettersOf(ticket.id)).map(({ id }) => id)).toContain(notice.id);
    },
  );

  test.each([['before'], ['after'], ['with']])(
    'an answer from another mail program may bounce too, told %s its copy in Sent',
    async (when) => {
      const ticket = await newTicket(bench, one);
      const messageId = newMessageId();
      bench.clock.advance(1_000);
      const copy: LetterSketch = {
        folder: 'sent',
        messageId,
        to: [ticket.client.address],
        subject: `Re: [STP-${ticket.token}]`,
        receivedAt: bench.clock.now(),
      };
      const notice = bounceOf(messageId);
      if (when === 'with') await ingest(bench, one, copy, notice);
      else {
        await ingest(bench, one, when === 'before' ? notice : copy);
        await ingest(bench, one, when === 'before' ? copy : notice);
      }
      expect(await read(ticket.id)).toMatchObject({ status: 'open', reactionStartedAt: null });
      expect(await bouncesOf(ticket.id)).toHaveLength(1);
      expect(await lettersOf(ticket.id)).toHaveLength(3);
    },
  );

  test('a forward that did not arrive is told in its conversation only', async () => {
    const { ticket } = await answered();
    const messageId = newMessageId();
    await push(
      bench,
      one,
      operation(bench, 'record-forward', ticket.id, {
        messageId,
        forwardedAt: bench.clock.now(),
        from: { name: 'СТП', address: 'info@example.by' },
        to: [{ name: '', address: 'gone@school.example.by' }],
        cc: [],
        subject: 'Fwd',
      }),
    );
    await receive(bounceOf(messageId));
    expect((await read(ticket.id)).status).toBe('waiting');
    expect(await bouncesOf(ticket.id)).toHaveLength(1);
  });

  test('a bounce of a letter that nobody knows, or that a client wrote, stays ignored', async () => {
    const ticket = await newTicket(bench, one);
    const [letter] = await lettersOf(ticket.id);
    for (const messageId of [newMessageId(), null, letter?.messageId ?? '']) {
      expect((await receive(bounceOf(messageId))).disposition).toEqual({
        state: 'ignored',
        reason: 'bounce',
      });
    }
    expect(await read(ticket.id)).toEqual(ticket);
  });

  test('a notice that is found twice is one', async () => {
    const { ticket, messageId } = await answered();
    const body = { letters: [newLetter(bounceOf(messageId))] };
    await askApi(bench.api.url, 'ingest', one.token, { body });
    const after = await read(ticket.id);
    await askApi(bench.api.url, 'ingest', one.token, { body });
    expect(await read(ticket.id)).toEqual(after);
    expect(await bouncesOf(ticket.id)).toHaveLength(1);
  });

  test('an automatic reply of the client neither opens nor joins anything', async () => {
    const { ticket, messageId } = await answered();
    const [client] = ticket.participants;
    const reply: LetterSketch = {
      from: client ?? '',
      kind: 'auto-reply',
      inReplyTo: [messageId],
      subject: `Меня нет [STP-${ticket.token}]`,
    };
    expect((await receive(reply)).disposition).toEqual({ state: 'ignored', reason: 'auto-reply' });
    expect(await read(ticket.id)).toEqual(ticket);
    await push(bench, one, operation(bench, 'close-ticket', ticket.id, { outcome: 'done', reason: '' }));
    const closed = await read(ticket.id);
    await receive(reply);
    expect(await read(ticket.id)).toEqual(closed);
  });

  test('a letter led to by an automatic letter opens nothing', async () => {
    expect((await receive({ hops: 1 })).disposition).toEqual({ state: 'ignored', reason: 'auto-reply' });
  });

  test('a letter of our own that comes back under another name opens nothing', async () => {
    const ticket = await newTicket(bench, one);
    const own = { state: 'ignored', reason: 'own' };
    const messageId = newMessageId();
    await claimSend(bench, one, { ticketId: ticket.id, purpose: 'answer', messageId });
    expect((await receive({ messageId })).disposition).toEqual(own);
    // One that left unchecked is known by its record alone.
    const unchecked = answerTo(bench, ticket, {});
    await push(bench, one, unchecked);
    expect((await receive({ messageId: unchecked.messageId })).disposition).toEqual(own);
  });

  test.each(['<stp.018f@example.by>', '<stp.018f@another.by>'])(
    'a letter %s of another service with the same program is one like any other',
    async (messageId) => {
      expect((await receive({ messageId })).disposition).toMatchObject({ state: 'ticket' });
    },
  );
});
