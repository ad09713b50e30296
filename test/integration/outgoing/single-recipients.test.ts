import { describe, expect, it, vi } from 'vitest';
import type { OutgoingId } from '#shared/ids.ts';
import { err, ok } from '#shared/result.ts';
import { hookedDisk } from '#test/unit/journal/journal-folder.ts';
import { client, leaseMs, start, startDesk } from './outgoing-desk.ts';
import { smtpThat } from './smtp-that.ts';

const second = 'second@district.example';
const cc = [{ name: '', address: second }];
const greylisted = { at: 'rcpt', recipients: [1], does: { says: '450 4.2.0 later' } } as const;
const unknown = { at: 'rcpt', recipients: [1], does: { says: '550 5.1.1 nobody' } } as const;
const cutAfterDot = { at: 'dot', does: 'cuts', stores: true } as const;

const granted = ok({ leaseExpiresAt: start + leaseMs, movedOn: null });

describe('what the server said of one recipient', () => {
  it('is known when the connection ends before its last word', async () => {
    const smtp = await smtpThat([unknown, cutAfterDot]);
    const one = await startDesk(smtp.port);
    await one.send({ cc });
    const letter = await one.reached('uncertain');
    const states = () => one.letter()?.recipients.map(({ state }) => state);
    expect(states()).toEqual(['waiting', 'refused']);
    one.evidence.add(letter.messageId);
    one.queue.kick();
    await one.reached('partial', true);
    expect(states()).toEqual(['accepted', 'refused']);
    expect(one.answers()).toMatchObject([{ to: [{ address: client }], cc: [] }]);
  });

  it('a deferred one is written to after evidence for the others was found', async () => {
    const smtp = await smtpThat([greylisted, cutAfterDot]);
    const one = await startDesk(smtp.port);
    await one.send({ cc });
    const letter = await one.reached('uncertain');
    one.evidence.add(letter.messageId);
    one.queue.kick();
    await one.reached('partial', true);
    await expect.poll(() => one.due.length).toBe(1);
    one.wait();
    await one.reached('sent', true);
    expect(smtp.taken.map(({ to }) => to)).toEqual([[client], [second]]);
  });

  it('a refused one is not tried again with those whom the letter was deferred for', async () => {
    const smtp = await smtpThat([unknown, { at: 'dot', does: { says: '451 4.3.0 later' } }]);
    const one = await startDesk(smtp.port);
    await one.send({ cc });
    await expect.poll(() => one.letter()?.reason).toBe('smtp-refused-letter');
    expect(one.letter()?.recipients.map(({ state }) => state)).toEqual(['deferred', 'refused']);
    await expect.poll(() => one.due.length).toBe(1);
    one.wait();
    await one.reached('partial', true);
    expect(smtp.taken.map(({ to }) => to)).toEqual([[client]]);
  });
});

describe('a letter that some have got', () => {
  it('goes to the others although its thread moved on', async () => {
    const smtp = await smtpThat([greylisted]);
    const movedOn = { reason: 'client-wrote', agentId: null, at: start } as const;
    const one = await startDesk(smtp.port, {
      claim: () => ok({ leaseExpiresAt: start + leaseMs, movedOn: smtp.taken.length === 0 ? null : movedOn }),
    });
    await one.send({ cc });
    await one.reached('partial', true);
    await expect.poll(() => one.due.length).toBe(1);
    one.wait();
    await one.reached('sent', true);
    expect(smtp.taken.map(({ to }) => to)).toEqual([[client], [second]]);
  });

  it('stays partial while it waits, and does not become a draft again', async () => {
    const smtp = await smtpThat([greylisted], [cutAfterDot]);
    let isAway = false;
    const one = await startDesk(smtp.port, {
      claim: () => (isAway ? err({ kind: 'unreachable' }) : granted),
    });
    await one.send({ cc });
    await one.reached('partial', true);
    await expect.poll(() => one.due.length).toBe(1);
    one.wait();
    const { id } = await one.reached('uncertain', true);
    isAway = true;
    await expect.poll(() => one.queue.decide(id, 'send')).toMatchObject({ ok: true });
    await expect.poll(() => one.letter()).toMatchObject({ state: 'partial', reason: 'api-unreachable' });
    expect(await one.queue.decide(id, 'edit')).toEqual({ ok: false, error: { kind: 'conflict' } });
  });

  it('is over for all whom it was on its way to when its agent knows that it arrived', async () => {
    const smtp = await smtpThat([unknown, cutAfterDot]);
    const one = await startDesk(smtp.port);
    await one.send({ cc });
    const { id } = await one.reached('uncertain');
    await expect.poll(() => one.queue.decide(id, 'dismiss')).toMatchObject({ ok: true });
    expect(one.letter()).toMatchObject({
      state: 'partial',
      recipients: [
        { address: client, state: 'accepted' },
        { address: second, state: 'refused' },
      ],
    });
  });
});

describe('before the final dot', () => {
  it('a word of the server is none: the letter goes again', async () => {
    const smtp = await smtpThat([{ at: 'body', does: { says: '250 2.0.0 hasty' } }]);
    // The record that precedes the dot takes until the desk has hung up.
    const hangsUp = async (): Promise<void> => {
      if (smtp.records.length === 1 && smtp.records[0]?.bodyCame === true)
        await vi.waitUntil(() => smtp.openConnections === 0, { timeout: 20_000 });
    };
    const one = await startDesk(smtp.port, { disk: hookedDisk(hangsUp) });
    await one.send();
    await expect.poll(() => one.letter()).toMatchObject({ state: 'queued', reason: 'smtp-unreachable' });
    await expect.poll(() => one.due.length).toBe(1);
    one.wait();
    await one.reached('sent', true);
    expect(smtp.taken).toHaveLength(1);
  });

  it('a claim that would not last until the server’s word is taken anew, or nothing leaves', async () => {
    const smtp = await smtpThat();
    let claims = 0;
    const one = await startDesk(smtp.port, {
      claim: () => {
        claims += 1;
        // By the second time another desk has it.
        return claims === 1
          ? ok({ leaseExpiresAt: start + 1_000, movedOn: null })
          : err({ kind: 'conflict' });
      },
    });
    await one.send();
    await expect.poll(() => one.due.length).toBe(1);
    one.wait();
    expect(await one.reached('held')).toMatchObject({ reason: 'claimed-elsewhere' });
    expect(smtp.taken).toHaveLength(0);
    expect(await one.queue.decide(one.letter()?.id as OutgoingId, 'edit')).toMatchObject({ ok: true });
  });
});
