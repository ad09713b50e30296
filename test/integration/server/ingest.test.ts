import fc from 'fast-check';
import { v7 as newUuid } from 'uuid';
import { expect, test } from 'vitest';
import type { OperationId, OutgoingId, TicketId } from '#shared/ids.ts';
import type { Letter, LetterFacts } from '#shared/ticket/letter.ts';
import type { RecordAnswer } from '#shared/ticket/operations/record-answer.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { askApi, callApi } from '#test/fakes/call-api.ts';
import { firstOfNovember, newAddress, newLetter, newMessageId, type LetterSketch } from './letters.ts';
import { mailboxBody, newAgent, onBothEngines } from './on-both-engines.ts';

type Agent = Awaited<ReturnType<typeof newAgent>>;

const minuteMs = 60_000;
const own = 'info@example.by';

onBothEngines('ingest', (bench) => {
  let desk: Agent;

  test('without a mailbox record nobody knows from when letters count', async () => {
    desk = await newAgent(bench, 'agent');
    const refused = await callApi(bench.api.url, 'ingest', desk.token, { body: { letters: [newLetter()] } });
    expect(refused).toMatchObject({ ok: false, status: 409, error: { kind: 'conflict' } });
    await askApi(bench.api.url, 'putMailbox', await bench.admin(), { body: mailboxBody });
  });

  const ingestAll = async (...letters: LetterFacts[]) =>
    (await askApi(bench.api.url, 'ingest', desk.token, { body: { letters } })).letters;
  const ingest = async (sketch: LetterSketch) => {
    const [fate] = await ingestAll(newLetter(sketch));
    if (fate === undefined) throw new Error('no fate');
    return fate;
  };
  const state = async <S>(entity: 'ticket' | 'letter', id: string): Promise<S | null | undefined> => {
    for (let after = 0; ;) {
      const page = await askApi(bench.api.url, 'pullChanges', desk.token, { query: { after, limit: 5_000 } });
      const found = page.changes.find((change) => change.entity === entity && change.id === id);
      if (found !== undefined) return found.state as S | null;
      if (!page.more) return undefined;
      after = page.next;
    }
  };
  const ticketOf = async (fate: { disposition: Letter['disposition'] }): Promise<Ticket> => {
    if (fate.disposition.state !== 'ticket') throw new Error(`the letter is ${fate.disposition.state}`);
    const ticket = await state<Ticket>('ticket', fate.disposition.ticketId);
    if (ticket === null || ticket === undefined) throw new Error('no such ticket');
    return ticket;
  };
  const letterOf = async (fate: { id: string }): Promise<Letter> => {
    const letter = await state<Letter>('letter', fate.id);
    if (letter === null || letter === undefined) throw new Error('no such letter');
    return letter;
  };
  const missing = async (uids: string, uidValidity = '17') =>
    (
      await askApi(bench.api.url, 'ingestMissing', desk.token, {
        body: { folder: 'inbox', uidValidity, uids },
      })
    ).uids;
  const recordAnswer = async (ticket: Ticket, given: Partial<RecordAnswer>): Promise<RecordAnswer> => {
    const operation: RecordAnswer = {
      id: newUuid() as OperationId,
      ticketId: ticket.id,
      kind: 'record-answer',
      madeAt: ticket.receivedAt + 10 * minuteMs,
      answeredAt: ticket.receivedAt + 10 * minuteMs,
      messageId: newMessageId(),
      answerKind: 'solution',
      from: { name: '', address: own },
      to: [{ name: '', address: ticket.client.address }],
      cc: [],
      subject: `Re: ${ticket.subject} [STP-${ticket.token}]`,
      references: [],
      ...given,
    };
    const { answers } = await askApi(bench.api.url, 'pushOperations', desk.token, {
      body: { operations: [operation] },
    });
    expect(answers).toMatchObject([{ outcome: 'applied' }]);
    return operation;
  };

  test('a letter that a mail server dates days ahead was received now, and an answer ends its wait', async () => {
    const now = bench.clock.now();
    const ahead = await ingest({ receivedAt: now + 3 * 24 * 60 * minuteMs });
    const ticket = await ticketOf(ahead);
    expect(ticket).toMatchObject({ receivedAt: now, reactionStartedAt: now, lastLetterAt: now });
    expect((await letterOf(ahead)).receivedAt).toBe(now);
    bench.clock.advance(minuteMs);
    const answeredAt = bench.clock.now();
    await recordAnswer(ticket, { madeAt: answeredAt, answeredAt });
    expect(await ticketOf(ahead)).toMatchObject({ status: 'waiting', reactionStartedAt: null });
    // An answer from another program that is dated ahead ends no wait that begins after it.
    const messageId = newMessageId();
    const asked = await ingest({ from: ticket.client.address, messageId, receivedAt: answeredAt });
    const sent: LetterSketch = { folder: 'sent', inReplyTo: [messageId], to: [ticket.client.address] };
    await ingest({ ...sent, receivedAt: answeredAt + 24 * 60 * minuteMs });
    bench.clock.advance(minuteMs);
    const again = { from: ticket.client.address, inReplyTo: [messageId], receivedAt: bench.clock.now() };
    await ingest(again);
    expect((await ticketOf(asked)).reactionStartedAt).toBe(again.receivedAt);
  });

  test('a letter opens a ticket whose reaction starts with its receipt; submitting it again changes nothing', async () => {
    const facts = newLetter({ subject: 'Re: FW: Не открывается сайт [STP-00000000]' });
    const [fate] = await ingestAll(facts);
    expect(fate).toMatchObject({ id: facts.id, isNew: true, disposition: { state: 'ticket' } });
    if (fate === undefined) throw new Error('no fate');
    const ticket = await ticketOf(fate);
    expect(ticket).toMatchObject({
      subject: 'Не открывается сайт',
      status: 'open',
      client: facts.from,
      participants: [facts.from.address],
      receivedAt: facts.receivedAt,
      reactionStartedAt: facts.receivedAt,
      possibleFollowUpOf: null,
      letterCount: 1,
    });
    expect(await ingestAll(facts, facts)).toEqual([
      { ...fate, isNew: false },
      { ...fate, isNew: false },
    ]);
    expect(await ticketOf(fate)).toEqual(ticket);
    const twice = newLetter();
    expect((await ingestAll(twice, twice)).map((answer) => answer.isNew)).toEqual([true, false]);
  });

  test('ticket numbers grow without gaps where nothing fails', async () => {
    const fates = await ingestAll(newLetter(), newLetter(), newLetter());
    const numbers = await Promise.all(fates.map(async (fate) => (await ticketOf(fate)).number));
    const [first = 0] = numbers;
    expect(numbers).toEqual([first, first + 1, first + 2]);
  });

  test.each(['token', 'inReplyTo', 'references'] as const)(
    'a follow-up joins by %s and opens the ticket again',
    async (by) => {
      const [from, messageId] = [newAddress(), newMessageId()];
      const opened = await ingest({ from, messageId });
      const ticket = await ticketOf(opened);
      await recordAnswer(ticket, {});
      expect((await ticketOf(opened)).status).toBe('waiting');
      const sketch = {
        token: { subject: `Re: вопрос [stp-${ticket.token.toLowerCase()}] (срочно)` },
        inReplyTo: { inReplyTo: [messageId] },
        references: { references: ['<unknown@x>', messageId, '<another@x>'] },
      }[by];
      const fate = await ingest({ ...sketch, from, receivedAt: ticket.receivedAt + 60 * minuteMs });
      expect(fate.disposition).toEqual(opened.disposition);
      expect(await ticketOf(opened)).toMatchObject({
        status: 'open',
        reactionStartedAt: ticket.receivedAt + 60 * minuteMs,
        letterCount: 3,
      });
    },
  );

  test('a follow-up joins by an id that the service’s answer carried, and by one it only referred to', async () => {
    const from = newAddress();
    const opened = await ingest({ from });
    const answer = await recordAnswer(await ticketOf(opened), { references: ['<quoted-by-us@x>'] });
    for (const id of [answer.messageId, '<quoted-by-us@x>']) {
      expect((await ingest({ from, inReplyTo: [id] })).disposition).toEqual(opened.disposition);
    }
  });

  test('a stranger who quotes token and thread gets a ticket of his own', async () => {
    const messageId = newMessageId();
    const opened = await ingest({ messageId });
    const ticket = await ticketOf(opened);
    const from = newAddress();
    const quoting = {
      from,
      subject: `Re: [STP-${ticket.token}]`,
      inReplyTo: [messageId],
      references: [messageId],
    };
    const strange = await ingest(quoting);
    const own = await ticketOf(strange);
    expect(own.id).not.toBe(ticket.id);
    expect(own).toMatchObject({ possibleFollowUpOf: ticket.id, participants: [from] });
    expect(own.subject).not.toContain(ticket.token);
    expect(await ticketOf(opened)).toEqual(ticket);
    // His next letter, which quotes the same, is on his own ticket, and the client's still on the client's.
    expect((await ingest(quoting)).disposition).toEqual(strange.disposition);
    const client = ticket.client.address;
    expect((await ingest({ from: client, references: [messageId] })).disposition).toEqual(opened.disposition);
  });

  test('who stands in Cc is a stranger until the service writes to him', async () => {
    const messageId = newMessageId();
    const [colleague, from] = [newAddress(), newAddress()];
    const opened = await ingest({ messageId, from, cc: [colleague] });
    const before = await ingest({ from: colleague, inReplyTo: [messageId] });
    expect(before.disposition).not.toEqual(opened.disposition);
    await recordAnswer(await ticketOf(opened), { cc: [{ name: '', address: colleague }] });
    const { token } = await ticketOf(opened);
    const after = await ingest({ from: colleague, subject: `[STP-${token}]` });
    expect(after.disposition).toEqual(opened.disposition);
  });

  test('an empty From is nobody’s: it never joins', async () => {
    const messageId = newMessageId();
    const opened = await ingest({ from: '', messageId });
    const next = await ingest({ from: '', inReplyTo: [messageId] });
    expect(next.disposition).not.toEqual(opened.disposition);
    expect((await ticketOf(opened)).participants).toEqual([]);
  });

  test('a late ancestor joins and corrects receipt and reaction', async () => {
    const [from, messageId] = [newAddress(), newMessageId()];
    const late = firstOfNovember + 500 * minuteMs;
    const opened = await ingest({ from, references: [messageId], subject: 'Re: Вопрос', receivedAt: late });
    const ancestor = await ingest({ from, messageId, receivedAt: late - 100 * minuteMs });
    expect(ancestor.disposition).toEqual(opened.disposition);
    expect(await ticketOf(opened)).toMatchObject({
      receivedAt: late - 100 * minuteMs,
      reactionStartedAt: late - 100 * minuteMs,
      letterCount: 2,
    });
  });

  test('a late ancestor that somebody else wrote stays apart, and later letters find each their own', async () => {
    const [first, second, messageId] = [newAddress(), newAddress(), newMessageId()];
    const forwarded = await ingest({ from: second, references: [messageId] });
    const ancestor = await ingest({ from: first, messageId });
    expect(ancestor.disposition).not.toEqual(forwarded.disposition);
    expect((await ticketOf(ancestor)).possibleFollowUpOf).toBeNull();
    expect((await ingest({ from: first, references: [messageId] })).disposition).toEqual(
      ancestor.disposition,
    );
    expect((await ingest({ from: second, references: [messageId] })).disposition).toEqual(
      forwarded.disposition,
    );
  });

  test('a letter that connects two tickets goes by token, then In-Reply-To, then the nearest reference', async () => {
    const [from, a, b, c] = [newAddress(), newMessageId(), newMessageId(), newMessageId()];
    const [inA, inB, inC] = await ingestAll(
      newLetter({ from, messageId: a }),
      newLetter({ from, messageId: b }),
      newLetter({ from, messageId: c }),
    );
    if (inA === undefined || inB === undefined || inC === undefined) throw new Error('no fates');
    const { token } = await ticketOf(inA);
    const byToken = await ingest({ from, subject: `[STP-${token}]`, inReplyTo: [b], references: [b, c] });
    expect(byToken.disposition).toEqual(inA.disposition);
    expect((await ingest({ from, inReplyTo: [b], references: [a, c] })).disposition).toEqual(inB.disposition);
    expect((await ingest({ from, references: [a, b, c] })).disposition).toEqual(inC.disposition);
  });

  test('a thread comes to one ticket with the right start in whatever order and batches its letters arrive', async () => {
    const order = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(order, fc.boolean(), async (indices, together) => {
        const from = newAddress();
        const ids = indices.map(() => newMessageId());
        const thread = ids.map((messageId, index) =>
          newLetter({
            from,
            messageId,
            references: ids.slice(0, index),
            receivedAt: firstOfNovember + index * 60 * minuteMs,
          }),
        );
        const letters = indices.flatMap((index) => thread[index] ?? []);
        const fates = together
          ? await ingestAll(...letters)
          : (await Promise.all(letters.map(async (letter) => await ingestAll(letter)))).flat();
        const tickets = new Set(fates.map((fate) => JSON.stringify(fate.disposition)));
        expect(tickets.size).toBe(1);
        const [fate] = fates;
        if (fate === undefined) throw new Error('no fate');
        expect(await ticketOf(fate)).toMatchObject({
          receivedAt: firstOfNovember,
          reactionStartedAt: firstOfNovember,
          letterCount: 5,
        });
      }),
      { numRuns: 25 },
    );
  });

  test('an answer given from another mail program ends the reaction and lets its recipients join', async () => {
    const [from, messageId, colleague] = [newAddress(), newMessageId(), newAddress()];
    const opened = await ingest({ from, messageId });
    const { receivedAt } = await ticketOf(opened);
    const answer = await ingest({
      folder: 'sent',
      to: [from],
      cc: [colleague, own],
      inReplyTo: [messageId],
      receivedAt: receivedAt + 30 * minuteMs,
    });
    expect(answer.disposition).toEqual(opened.disposition);
    expect(await ticketOf(opened)).toMatchObject({
      status: 'waiting',
      reactionStartedAt: null,
      lastAnswerAt: receivedAt + 30 * minuteMs,
      participants: [from, colleague],
      events: [{ kind: 'client-contact' }, { kind: 'answer', agentId: null, answerKind: 'recommendation' }],
    });
    expect(await letterOf(answer)).toMatchObject({
      direction: 'out',
      agentId: null,
      answerKind: 'recommendation',
    });
    expect((await ingest({ from: colleague, inReplyTo: [messageId] })).disposition).toEqual(
      opened.disposition,
    );
  });

  test('an answer found in Sent before the letter that it answers is understood when that comes', async () => {
    const [from, messageId] = [newAddress(), newMessageId()];
    const receivedAt = firstOfNovember + 100 * minuteMs;
    const sent = await ingest({
      folder: 'sent',
      to: [from],
      inReplyTo: [messageId],
      receivedAt: receivedAt + minuteMs,
    });
    expect(sent.disposition).toEqual({ state: 'ignored', reason: 'unrelated-sent' });
    // The same ids from somebody to whom it was not written are not what it answers.
    await ingest({ messageId, receivedAt });
    expect(await letterOf(sent)).toMatchObject({ disposition: { state: 'ignored' } });
    const opened = await ingest({ from, messageId, receivedAt });
    expect(await letterOf(sent)).toMatchObject({ disposition: opened.disposition });
    expect(await ticketOf(opened)).toMatchObject({
      status: 'waiting',
      reactionStartedAt: null,
      letterCount: 2,
    });
  });

  test('a letter in Sent to somebody else is no answer, even if it quotes the token', async () => {
    const opened = await ingest({});
    const ticket = await ticketOf(opened);
    const sent = await ingest({ folder: 'sent', to: [newAddress()], subject: `Fwd: [STP-${ticket.token}]` });
    expect(sent.disposition).toEqual({ state: 'ignored', reason: 'unrelated-sent' });
    expect(await ticketOf(opened)).toEqual(ticket);
  });

  test('the copy of a desk’s own answer is one letter and one answer, whichever is known first', async () => {
    for (const copyFirst of [true, false]) {
      const opened = await ingest({});
      const ticket = await ticketOf(opened);
      const messageId = newMessageId();
      await askApi(bench.api.url, 'claimSend', desk.token, {
        body: {
          outgoingId: newUuid() as OutgoingId,
          messageId,
          ticketId: ticket.id,
          ticketVersion: 0,
          purpose: 'answer',
        },
      });
      const sketch: LetterSketch = { folder: 'sent', messageId, to: [ticket.client.address] };
      const record = async () => await recordAnswer(ticket, { messageId, answerKind: 'clarification' });
      if (!copyFirst) await record();
      const copy = await ingest(sketch);
      // The copy alone is no answer: that is the desk's to say.
      expect((await ticketOf(opened)).reactionStartedAt === null).toBe(!copyFirst);
      if (copyFirst) await record();
      expect(copy.disposition).toEqual(opened.disposition);
      expect(await letterOf(copy)).toMatchObject({
        direction: 'out',
        agentId: desk.id,
        answerKind: 'clarification',
      });
      const answered = await ticketOf(opened);
      expect(answered).toMatchObject({ letterCount: 2, reactionStartedAt: null });
      expect(answered.events.filter((event) => event.kind === 'answer')).toMatchObject([
        { agentId: desk.id },
      ]);
      const { changes } = await askApi(bench.api.url, 'pullChanges', desk.token, {
        query: { after: 0, limit: 5_000 },
      });
      const alive = changes.filter(
        (change) => change.entity === 'letter' && change.state?.messageId === messageId,
      );
      expect(alive.map((change) => change.id)).toEqual([copy.id]);
    }
  });

  test('a desk’s word on an answer that was sent without check wins over the Sent folder’s', async () => {
    const opened = await ingest({});
    const ticket = await ticketOf(opened);
    const messageId = newMessageId();
    const subject = `Re: [STP-${ticket.token}]`;
    const copy = await ingest({ folder: 'sent', messageId, to: [ticket.client.address], subject });
    await recordAnswer(ticket, { messageId, answerKind: 'solution' });
    const { events } = await ticketOf(opened);
    expect(events.filter((event) => event.kind === 'answer')).toMatchObject([
      { agentId: desk.id, answerKind: 'solution' },
    ]);
    expect(await letterOf(copy)).toMatchObject({ agentId: desk.id, answerKind: 'solution' });
  });

  test('machines, lists, the service itself and history open no tickets, each with its reason', async () => {
    const [from, messageId] = [newAddress(), newMessageId()];
    const opened = await ingest({ from, messageId });
    const before = await ticketOf(opened);
    const reasons: readonly (readonly [LetterSketch, string])[] = [
      [{ kind: 'auto-reply' }, 'auto-reply'],
      [{ kind: 'auto-reply', from, inReplyTo: [messageId] }, 'auto-reply'],
      [{ kind: 'bounce', from: 'mailer-daemon@example.by', references: [messageId] }, 'bounce'],
      [{ kind: 'list' }, 'list'],
      [{ from: own }, 'own'],
      [{ from: 'support@example.by', inReplyTo: [messageId] }, 'own'],
      [{ receivedAt: firstOfNovember - 1 }, 'history'],
      [{ receivedAt: firstOfNovember - 1, folder: 'sent', inReplyTo: [messageId], to: [from] }, 'history'],
      [{ folder: 'sent', to: [from] }, 'unrelated-sent'],
      [{ folder: 'sent', to: [from], inReplyTo: [messageId], kind: 'auto-reply' }, 'auto-reply'],
    ];
    for (const [sketch, reason] of reasons) {
      const fate = await ingest(sketch);
      expect(fate.disposition, JSON.stringify(sketch)).toEqual({ state: 'ignored', reason });
      expect(await letterOf(fate)).toMatchObject({ disposition: fate.disposition });
    }
    expect(await ticketOf(opened)).toEqual(before);
    // A client's letter that came through a list is his letter still.
    expect((await ingest({ kind: 'list', from, inReplyTo: [messageId] })).disposition).toEqual(
      opened.disposition,
    );
  });

  test('every UID with a fate is known but the unreadable one, which is asked for again and ends when it can be read', async () => {
    const inbox = { folder: 'inbox', uidValidity: '99' } as const;
    const letters = [5, 6, 9].map((uid) => ({ ...newLetter(), location: { ...inbox, uid } }));
    await ingestAll(...letters);
    const place = { ...inbox, uid: 7 };
    const quarantine = { location: place, receivedAt: firstOfNovember, reason: 'unreadable' } as const;
    for (let turn = 0; turn < 2; turn += 1) {
      await askApi(bench.api.url, 'ingestQuarantine', desk.token, { body: quarantine });
    }
    expect(await missing('1:10', '99')).toBe('1:4,7:8,10');
    expect(await missing('5:7,9', '99')).toBe('7');
    expect(await missing('', '99')).toBe('');
    expect(await missing('5:4294967295', '98')).toBe('5:4294967295');
    const { changes } = await askApi(bench.api.url, 'pullChanges', desk.token, {
      query: { after: 0, limit: 5_000 },
    });
    const shown = changes.filter(
      (change) => change.entity === 'letter' && change.state?.disposition.state === 'quarantined',
    );
    expect(shown).toMatchObject([{ state: { locations: [place] } }]);
    await ingestAll({ ...newLetter(), location: place });
    expect(await state('letter', shown[0]?.id ?? '')).toBeNull();
    expect(await missing('1:10', '99')).toBe('1:4,8,10');
    // A fate is not taken back by a later quarantine.
    await askApi(bench.api.url, 'ingestQuarantine', desk.token, { body: quarantine });
    expect(await state('letter', shown[0]?.id ?? '')).toBeNull();
  });

  test('a letter keeps its identity when the server numbers the folder anew', async () => {
    const facts = newLetter();
    const [first] = await ingestAll(facts);
    const moved = { ...facts.location, uidValidity: '18', uid: 1 };
    const copied = { ...facts.location, uidValidity: '18', uid: 2 };
    const [again] = await ingestAll({ ...facts, location: moved }, { ...facts, location: copied });
    expect(again).toEqual({ ...first, isNew: false });
    expect((await letterOf(facts)).locations).toEqual([moved, copied]);
    expect(await missing(String(facts.location.uid))).toBe(String(facts.location.uid));
    expect(await missing('1:3', '18')).toBe('3');
  });

  test('history counts when ticketsFrom is moved back before it', async () => {
    const facts = newLetter({ receivedAt: firstOfNovember - 1_000 });
    const uid = String(facts.location.uid);
    await ingestAll(facts);
    expect(await missing(uid)).toBe('');
    const admin = await bench.admin();
    const { mailbox } = await askApi(bench.api.url, 'getMailbox', admin, {});
    if (mailbox === null) throw new Error('no mailbox');
    await askApi(bench.api.url, 'putMailbox', admin, {
      body: { ...mailbox, ticketsFrom: firstOfNovember - 5_000 },
    });
    expect(await missing(uid)).toBe(uid);
    const [fate] = await ingestAll(facts);
    expect(fate).toMatchObject({ isNew: false, disposition: { state: 'ticket' } });
    expect(await missing(uid)).toBe('');
  });

  test('odd ids and subjects stop nothing', async () => {
    const [from, messageId] = [newAddress(), '<nul\0 and \uD800 surrogate@x>'];
    const [odd, fine] = await ingestAll(newLetter({ from, messageId, subject: 'а\0б \uDFFF' }), newLetter());
    expect(fine).toMatchObject({ disposition: { state: 'ticket' } });
    expect((await ingest({ from, inReplyTo: [messageId] })).disposition).toEqual(odd?.disposition);
    const long = `<${'語'.repeat(996)}>`;
    const withLong = await ingest({ from, messageId: long, references: [long.slice(0, 900)] });
    expect((await ingest({ from, inReplyTo: [long] })).disposition).toEqual(withLong.disposition);
    const without = await ingest({ messageId: null });
    expect(without.disposition.state).toBe('ticket');
    for (const odd of ['a\0b@c', '\uD800@c', 'x'.repeat(5_000)]) {
      expect((await ingest({ from: odd })).disposition.state).toBe('ticket');
    }
  });

  test('a letter that the database refuses is quarantined alone', async () => {
    const letters = Array.from({ length: 9 }, () => newLetter());
    const bad = letters[4]?.id;
    const { database } = bench.api;
    await database.query(`create function refuse() returns trigger language plpgsql as
      $$ begin raise exception 'refused by the test' using errcode = '22000'; end $$`);
    await database.query(
      `create trigger refuse before insert on letter for each row
       when (new.id = '${bad}' and new.disposition <> 'quarantined') execute function refuse()`,
    );
    const fates = await ingestAll(...letters);
    await database.query('drop trigger refuse on letter');
    const states = fates.map(({ disposition }) => disposition.state);
    expect(states).toEqual(letters.map(({ id }) => (id === bad ? 'quarantined' : 'ticket')));
    for (const { location } of letters) expect(await missing(String(location.uid))).toBe('');
  });

  test('the watermark only grows, and the lease goes to one desk at a time', async () => {
    const folders = [{ folder: 'inbox', uidValidity: '17' } as const];
    const report = async (at: number) =>
      (await askApi(bench.api.url, 'putWatermark', desk.token, { body: { folders, at } })).at;
    const now = bench.clock.now();
    expect((await askApi(bench.api.url, 'getWatermark', desk.token, {})).at).toBeNull();
    const reports = await Promise.all([now - 5, now - 3, now - 9].map(report));
    expect(Math.max(...reports.map(Number))).toBe(now - 3);
    expect(await report(now - 7)).toBe(now - 3);
    expect((await askApi(bench.api.url, 'getWatermark', desk.token, {})).at).toBe(now - 3);
    expect(await report(now + 60_000)).toBe(now);

    const lease = async (deskId: string) =>
      await askApi(bench.api.url, 'ingestLease', desk.token, { body: { deskId } });
    const racing = await Promise.all([lease('a'), lease('b'), lease('c')]);
    expect(racing.filter((answer) => answer.held)).toHaveLength(1);
    const winner = ['a', 'b', 'c'][racing.findIndex((answer) => answer.held)] ?? '';
    expect(await lease(winner)).toMatchObject({ held: true });
    expect(await lease('another')).toMatchObject({ held: false });
    bench.clock.advance(120_000);
    expect(await lease('another')).toMatchObject({ held: true });
  });

  test(
    'three desks that take in 2,000 letters at once make each letter one entry and each thread one ticket',
    { timeout: 240_000 },
    async () => {
      const threads = Array.from({ length: 400 }, () => {
        const from = newAddress();
        const ids = Array.from({ length: 5 }, () => newMessageId());
        return ids.map((messageId, index) => newLetter({ from, messageId, references: ids.slice(0, index) }));
      });
      const letters = threads.flat();
      const seen = new Map<string, Set<string>>();
      let fresh = 0;
      const takeIn = async (order: readonly LetterFacts[], size: number): Promise<void> => {
        for (let from = 0; from < order.length; from += size) {
          for (const fate of await ingestAll(...order.slice(from, from + size))) {
            seen.set(fate.id, (seen.get(fate.id) ?? new Set()).add(JSON.stringify(fate.disposition)));
            if (fate.isNew) fresh += 1;
          }
        }
      };
      const interleaved = [0, 1, 2, 3, 4].flatMap((index) =>
        threads.flatMap((thread) => thread[index] ?? []),
      );
      await Promise.all([takeIn(letters, 500), takeIn(letters.toReversed(), 370), takeIn(interleaved, 250)]);
      expect(fresh).toBe(2_000);
      expect(seen.size).toBe(2_000);
      for (const thread of threads) {
        const fates = new Set(thread.flatMap((letter) => [...(seen.get(letter.id) ?? [])]));
        expect(fates.size).toBe(1);
      }
      const rows = await bench.api.database.query<{ letters: number; tickets: number }>(
        `select count(*) as letters, count(distinct (state::json -> 'disposition' ->> 'ticketId')) as tickets
       from letter where id = any($1::text[])`,
        [letters.map((letter) => letter.id)],
      );
      expect(rows).toEqual([{ letters: 2_000, tickets: 400 }]);
      const [sample] = threads;
      const id = [...(seen.get(sample?.[0]?.id ?? '') ?? [])].map(
        (fate) => (JSON.parse(fate) as { ticketId: TicketId }).ticketId,
      )[0];
      expect(await state<Ticket>('ticket', id ?? '')).toMatchObject({ letterCount: 5 });
    },
  );
});
