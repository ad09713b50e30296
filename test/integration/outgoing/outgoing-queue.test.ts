import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Outgoing } from '#shared/bridge/draft.ts';
import type { OutgoingId } from '#shared/ids.ts';
import { err, ok } from '#shared/result.ts';
import { cleanUps, client, draft, drop, fillableDisk, leaseMs, start, startDesk } from './outgoing-desk.ts';

describe('a letter that goes well', () => {
  it('reaches exactly the intended recipients with threading headers, token and one Sent copy', async () => {
    const smtp = await drop('accept');
    const one = await startDesk(smtp.port);
    // As a desk does: there is nothing to take up, and the first letter comes later.
    await one.queue.start();
    const cc = [{ name: '', address: 'boss@district.example' }];
    expect(await one.send({ cc })).toMatchObject({ ok: true });
    const letter = await one.reached('sent', true);
    expect(smtp.accepted).toHaveLength(1);
    const [mail] = smtp.accepted;
    expect(mail).toMatchObject({ from: 'info@service.example', to: [client, 'boss@district.example'] });
    expect(mail?.source).toContain('In-Reply-To: <2@school.example>\r\n');
    expect(mail?.source).toMatch(/^References: <1@school\.example>\s+<2@school\.example>\r$/mu);
    expect(mail?.source).toContain(`Message-ID: ${letter.messageId}\r\n`);
    expect(mail?.source).toContain('STP-0123ABCD');
    expect(one.sent).toEqual([letter.messageId]);
    expect(one.claims).toMatchObject([{ messageId: letter.messageId, ticketVersion: 7 }]);
    expect(one.answers()).toMatchObject([
      { kind: 'record-answer', messageId: letter.messageId, answerKind: 'solution', answeredAt: start },
    ]);
    expect(one.journal.state.drafts.size).toBe(0);
  });

  it('carries attachments byte for byte, also with a Cyrillic name and raw zeroes', async () => {
    const smtp = await drop('accept');
    const one = await startDesk(smtp.port);
    const bytes = randomBytes(200_000);
    const stored = await one.store.put(bytes);
    if (!stored.ok) throw new Error(stored.error.kind);
    const attachment = {
      id: stored.value.id,
      name: 'Приказ № 1.bin',
      type: 'application/octet-stream',
      size: 200_000,
    };
    await one.send({ attachments: [attachment] });
    await one.reached('sent', true);
    const base64 =
      /filename[\s\S]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)/u.exec(smtp.accepted[0]?.source ?? '')?.[1] ?? '';
    expect(Buffer.from(base64, 'base64').equals(bytes)).toBe(true);
  });
});

describe('a connection that ends', () => {
  it('before the letter was handed over, is tried again and delivered once', async () => {
    const smtp = await drop('cut-at-mail', 'accept');
    const one = await startDesk(smtp.port);
    await one.send();
    await expect.poll(() => one.letter()).toMatchObject({ state: 'queued', reason: 'smtp-unreachable' });
    await expect.poll(() => one.due.length).toBe(1);
    one.wait();
    await one.reached('sent', true);
    expect(smtp.accepted).toHaveLength(1);
  });

  it('after the last byte, leaves the letter uncertain: nothing sends it again but the agent', async () => {
    const smtp = await drop('cut-after-dot', 'accept');
    const one = await startDesk(smtp.port);
    await one.send();
    await expect.poll(() => one.letter()).toMatchObject({ state: 'uncertain', reason: 'connection-lost' });
    one.queue.kick();
    await one.stop();
    const again = await startDesk(smtp.port, { dir: one.dir });
    await again.queue.start();
    await again.queue.close();
    expect(again.letter()?.state).toBe('uncertain');
    expect(smtp.accepted).toHaveLength(0);
  });

  it('is settled by a copy in Sent', async () => {
    const smtp = await drop('cut-after-dot');
    const one = await startDesk(smtp.port);
    await one.send();
    const letter = await one.reached('uncertain');
    one.evidence.add(letter.messageId);
    one.queue.kick();
    await one.reached('sent', true);
    expect(one.sent).toEqual([]);
    expect(one.answers()).toMatchObject([{ kind: 'record-answer', messageId: letter.messageId }]);
  });

  it('by SIGKILL before the flush, is taken up again after the start with the same bytes', async () => {
    const smtp = await drop('accept');
    const one = await startDesk(1);
    await one.send();
    await expect.poll(() => one.letter()).toMatchObject({ state: 'queued', reason: 'smtp-unreachable' });
    const letter = one.letter() as Outgoing;
    await one.stop();
    const again = await startDesk(smtp.port, { dir: one.dir });
    await again.journal.append({
      v: 2,
      at: start,
      kind: 'outgoing-moved',
      id: letter.id,
      state: 'sending',
      reason: null,
      recipients: letter.recipients,
      filed: false,
      serverWords: null,
    });
    await again.queue.start();
    const sent = await again.reached('sent', true);
    expect(sent.messageId).toBe(letter.messageId);
    expect(smtp.accepted).toHaveLength(1);
  });
});

describe("the server's word", () => {
  it('a refused letter fails and can go back to a draft', async () => {
    const smtp = await drop({ refuse: 554 });
    const one = await startDesk(smtp.port);
    await one.send();
    const letter = await one.reached('failed');
    expect(letter.reason).toBe('smtp-refused-letter');
    expect(await one.queue.decide(letter.id, 'edit')).toEqual({ ok: true, value: undefined });
    expect(one.letter()).toBeUndefined();
    expect([...one.journal.state.drafts.values()]).toMatchObject([{ id: draft.id, text: draft.text }]);
  });

  it('a letter deferred is tried again under the same Message-ID', async () => {
    const smtp = await drop({ refuse: 451 }, 'accept');
    const one = await startDesk(smtp.port);
    await one.send();
    await expect.poll(() => one.letter()).toMatchObject({ state: 'queued', reason: 'smtp-refused-letter' });
    const { messageId } = one.letter() as Outgoing;
    await expect.poll(() => one.due.length).toBe(1);
    one.wait();
    await one.reached('sent', true);
    expect(smtp.accepted[0]?.source).toContain(messageId);
  });

  it('recipients are told apart: accepted ones are not written to again, deferred ones are', async () => {
    const later = 'later@district.example';
    const never = 'never@district.example';
    const smtp = await drop({ recipients: { [later]: 450, [never]: 550 } }, 'accept');
    const one = await startDesk(smtp.port);
    await one.send({ cc: [later, never].map((address) => ({ name: '', address })) });
    const partial = await one.reached('partial', true);
    expect(partial.recipients).toEqual([
      { address: client, state: 'accepted' },
      { address: later, state: 'deferred' },
      { address: never, state: 'refused' },
    ]);
    await expect.poll(() => one.due.length).toBe(1);
    one.wait();
    await expect
      .poll(() => one.letter()?.recipients.map(({ state }) => state))
      .toEqual(['accepted', 'accepted', 'refused']);
    expect(smtp.accepted.map(({ to }) => to)).toEqual([[client], [later]]);
    expect(one.sent).toHaveLength(1);
  });

  it('a wrong password is said, and the letter waits', async () => {
    const smtp = await drop('accept');
    const one = await startDesk(smtp.port, { password: 'wrong' });
    await one.send();
    await expect.poll(() => one.letter()).toMatchObject({ state: 'queued', reason: 'smtp-refused-login' });
    expect(smtp.accepted).toHaveLength(0);
  });
});

describe('before a letter leaves', () => {
  it.each([
    ['colleague-answered', 'colleague-answered'],
    ['client-wrote', 'client-wrote'],
    ['closed', 'ticket-closed'],
  ] as const)(
    'is held when the thread moved on (%s), and sent when the agent says so',
    async (moved, reason) => {
      const smtp = await drop('accept');
      const movedOn = { reason: moved, agentId: null, at: start };
      const one = await startDesk(smtp.port, {
        claim: () => ok({ leaseExpiresAt: start + leaseMs, movedOn }),
      });
      await one.send();
      const held = await one.reached('held');
      expect(held.reason).toBe(reason);
      expect(smtp.accepted).toHaveLength(0);
      await one.queue.decide(held.id, 'send');
      await one.reached('sent', true);
      expect(smtp.accepted).toHaveLength(1);
    },
  );

  it('waits for the API, unless the agent sends it without the check', async () => {
    const smtp = await drop('accept');
    const one = await startDesk(smtp.port, { claim: () => err({ kind: 'unreachable' }) });
    await one.send();
    await expect.poll(() => one.letter()).toMatchObject({ state: 'queued', reason: 'api-unreachable' });
    expect(smtp.accepted).toHaveLength(0);
    await expect
      .poll(() => one.queue.decide(one.letter()?.id as OutgoingId, 'send'))
      .toMatchObject({ ok: true });
    await one.reached('sent', true);
    expect(smtp.accepted).toHaveLength(1);
  });

  it('never leaves from two desks', async () => {
    const smtp = await drop('accept');
    const one = await startDesk(smtp.port, { claim: () => err({ kind: 'conflict' }) });
    await one.send();
    expect(await one.reached('held')).toMatchObject({ reason: 'claimed-elsewhere' });
    expect(smtp.accepted).toHaveLength(0);
  });

  it('an address that could be read in two ways is refused and the draft stays', async () => {
    const one = await startDesk(1);
    const address = '"a@x.example b"@evil.example';
    expect(await one.send({ to: [{ name: '', address }] })).toEqual({
      ok: false,
      error: { kind: 'bad-address', address },
    });
    expect(one.journal.state.drafts.size).toBe(1);
    expect(one.letter()).toBeUndefined();
  });
});

describe('people and the queue at one moment', () => {
  it('one draft becomes one letter however often it is sent', async () => {
    const smtp = await drop('accept');
    const one = await startDesk(smtp.port);
    const results = await Promise.all([one.send(), one.queue.send(draft.id, 0)]);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    await one.reached('sent', true);
    expect(smtp.accepted).toHaveLength(1);
    expect(one.journal.state.outgoing.size).toBe(1);
  });

  it('a letter that was taken back does not leave', async () => {
    const smtp = await drop('accept');
    let api: 'away' | 'back' = 'away';
    const one = await startDesk(smtp.port, {
      claim: () =>
        api === 'away'
          ? err({ kind: 'unreachable' })
          : ok({ leaseExpiresAt: start + leaseMs, movedOn: null }),
    });
    await one.send();
    await expect.poll(() => one.due.length).toBe(1);
    api = 'back';
    const edited = one.queue.decide(one.letter()?.id as OutgoingId, 'edit');
    one.queue.retryNow();
    expect(await edited).toMatchObject({ ok: true });
    await one.queue.close();
    expect(smtp.accepted).toHaveLength(0);
    expect(one.journal.state.drafts.size).toBe(1);
  });

  it('a letter that can still be called back leaves before its agent does', async () => {
    const smtp = await drop('accept');
    const one = await startDesk(smtp.port);
    await one.send({}, 10_000);
    await expect.poll(() => one.due.length).toBe(1);
    expect(smtp.accepted).toHaveLength(0);
    await one.queue.letGo();
    await one.queue.close();
    expect(one.letter()).toMatchObject({ state: 'sent', filed: true });
    expect(smtp.accepted).toHaveLength(1);
  });

  it('an agent who leaves does not wait for a server that has to be asked again later', async () => {
    const smtp = await drop('cut-at-mail', 'accept');
    const one = await startDesk(smtp.port);
    await one.send({}, 10_000);
    await one.queue.letGo();
    expect(one.letter()).toMatchObject({ state: 'queued', reason: 'smtp-unreachable' });
  });

  it('closing does not wait for a server that says nothing, and the letter waits for the next start', async () => {
    const silent = createServer(() => {});
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    cleanUps.push(() => new Promise((resolve) => silent.close(resolve)));
    const connected = once(silent, 'connection');
    const one = await startDesk((silent.address() as AddressInfo).port);
    await one.send();
    await connected;
    expect(one.queue.isBusy).toBe(true);
    await one.queue.close();
    expect(one.queue.isBusy).toBe(false);
    expect(one.letter()?.state).toBe('queued');
  });
});

describe('what must not spread', () => {
  it('a thread of a thousand references is answered like any other, and the next letter too', async () => {
    const smtp = await drop('accept');
    const one = await startDesk(smtp.port);
    const references = Array.from({ length: 1000 }, (_, index) => `<${index}@school.example>`);
    await one.send({ references });
    await one.reached('sent', true);
    const [operation] = one.answers();
    expect(operation).toMatchObject({ kind: 'record-answer' });
    await one.queue.decide(one.letter()?.id as OutgoingId, 'dismiss');
    await one.send();
    await one.reached('sent', true);
    expect(smtp.accepted).toHaveLength(2);
  });

  it('our own copy in Sent is no evidence for a later attempt', async () => {
    const later = 'later@district.example';
    const never = 'never@district.example';
    const smtp = await drop({ recipients: { [later]: 450, [never]: 550 } }, 'cut-after-dot');
    const one = await startDesk(smtp.port);
    await one.send({ cc: [later, never].map((address) => ({ name: '', address })) });
    await one.reached('partial', true);
    await expect.poll(() => one.due.length).toBe(1);
    one.wait();
    const letter = await one.reached('uncertain', true);
    one.queue.kick();
    await one.queue.close();
    expect(one.letter()).toMatchObject({ state: 'uncertain', recipients: letter.recipients });
    // The deferred one's copy was on its way when the connection ended.
    expect(letter.recipients.map(({ state }) => state)).toEqual(['accepted', 'waiting', 'refused']);
  });

  it('a full disk stops a letter before it leaves, and it goes when there is room', async () => {
    const smtp = await drop('accept');
    let isFull = false;
    const one = await startDesk(smtp.port, {
      disk: fillableDisk(() => isFull),
      claim: () => {
        isFull = smtp.logIns === 0;
        return ok({ leaseExpiresAt: start + leaseMs, movedOn: null });
      },
    });
    await one.send();
    await expect.poll(() => one.due.length).toBe(1);
    expect(smtp.accepted).toHaveLength(0);
    isFull = false;
    one.wait();
    await one.reached('sent', true);
    expect(smtp.accepted).toHaveLength(1);
  });

  it('a word that a full disk refused is written when the desk closes, if there is room by then', async () => {
    const smtp = await drop('accept');
    let isMended = false;
    const disk = fillableDisk(() => smtp.accepted.length > 0 && !isMended);
    const one = await startDesk(smtp.port, { disk });
    await one.send();
    await expect.poll(() => one.due.length).toBe(1);
    expect(one.letter()?.state).toBe('uncertain');
    isMended = true;
    await one.stop();
    const again = await startDesk(smtp.port, { dir: one.dir });
    expect(again.letter()).toMatchObject({ state: 'sent', recipients: [{ state: 'accepted' }] });
  });

  it('a wrong password is not tried with every piece of news', async () => {
    const smtp = await drop('accept');
    const one = await startDesk(smtp.port, { password: 'wrong' });
    await one.send();
    await expect.poll(() => one.due.length).toBe(1);
    for (let news = 0; news < 5; news += 1) {
      one.queue.kick();
      await new Promise(setImmediate);
    }
    expect(smtp.logIns).toBe(1);
    one.queue.retryNow();
    await expect.poll(() => smtp.logIns).toBe(2);
  });

  it('an answer counts from the moment when it left, not from when somebody said that it arrived', async () => {
    const smtp = await drop('cut-after-dot');
    const one = await startDesk(smtp.port);
    await one.send();
    await expect.poll(() => one.letter()?.reason).toBe('connection-lost');
    one.wait(72 * 3_600_000);
    expect(await one.queue.decide(one.letter()?.id as OutgoingId, 'dismiss')).toMatchObject({ ok: true });
    expect(one.answers()).toMatchObject([{ answeredAt: start }]);
  });

  it('a letter is not taken off the list before its copy lies in Sent', async () => {
    const smtp = await drop('accept');
    const one = await startDesk(smtp.port);
    one.refuseFiling();
    await one.send();
    const letter = await one.reached('sent', false);
    await expect.poll(() => one.due.length).toBe(1);
    expect(await one.queue.decide(letter.id, 'dismiss')).toEqual({ ok: false, error: { kind: 'conflict' } });
  });
});
