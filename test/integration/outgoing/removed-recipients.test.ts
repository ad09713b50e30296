import { describe, expect, it } from 'vitest';
import type { OutgoingId } from '#shared/ids.ts';
import type { SendClaimAnswer } from '#shared/protocol/send-claim.ts';
import { ok } from '#shared/result.ts';
import { client, leaseMs, start, startDesk } from './outgoing-desk.ts';
import { smtpThat } from './smtp-that.ts';

const second = 'Second@district.example';
const cc = [{ name: '', address: second }];
const removed = ['second@district.example'];
const granted: SendClaimAnswer = { leaseExpiresAt: start + leaseMs, movedOn: null };
const greylisted = { at: 'rcpt', recipients: [1], does: { says: '450 4.2.0 later' } } as const;

describe('a letter to somebody who was taken out of the ticket while it waited', () => {
  it('is held, and becomes a draft again', async () => {
    const smtp = await smtpThat();
    const one = await startDesk(smtp.port, { claim: () => ok({ ...granted, removed }) });
    await one.send({ cc });
    const { id, reason } = await one.reached('held');
    expect(reason).toBe('recipient-removed');
    await expect.poll(() => one.queue.decide(id, 'edit')).toMatchObject({ ok: true });
    expect(one.journal.state.drafts.size).toBe(1);
    expect(smtp.taken).toEqual([]);
    expect(one.answers()).toEqual([]);
  });

  it('goes to them when its agent wants it so, who is then taken to know', async () => {
    const smtp = await smtpThat();
    const one = await startDesk(smtp.port, { claim: () => ok({ ...granted, removed }) });
    await one.send({ cc });
    const { id } = await one.reached('held');
    await expect.poll(() => one.queue.decide(id, 'send')).toMatchObject({ ok: true });
    await one.reached('sent', true);
    expect(smtp.taken.map(({ to }) => to)).toEqual([[client, second]]);
    expect(one.answers()).toMatchObject([{ kind: 'record-answer' }]);
    expect(one.answers()[0]).not.toHaveProperty('ticketVersion');
  });

  it('is asked about apart from what the client wrote', async () => {
    const smtp = await smtpThat();
    const movedOn = { reason: 'client-wrote', agentId: null, at: start } as const;
    const one = await startDesk(smtp.port, { claim: () => ok({ ...granted, movedOn, removed }) });
    await one.send({ cc });
    const held = await one.reached('held');
    expect(held.reason).toBe('client-wrote');
    await expect.poll(() => one.queue.decide(held.id, 'send')).toMatchObject({ ok: true });
    await expect.poll(() => one.letter()).toMatchObject({ state: 'held', reason: 'recipient-removed' });
    expect(smtp.taken).toEqual([]);
    await expect.poll(() => one.queue.decide(held.id, 'send')).toMatchObject({ ok: true });
    await one.reached('sent', true);
  });

  it('goes to the others only when some have it already', async () => {
    const smtp = await smtpThat([greylisted]);
    let isRemoved = false;
    const one = await startDesk(smtp.port, {
      claim: () => ok(isRemoved ? { ...granted, removed } : granted),
    });
    await one.send({ cc });
    await one.reached('partial', true);
    isRemoved = true;
    await expect.poll(() => one.due.length).toBe(1);
    one.wait();
    await expect
      .poll(() => one.letter())
      .toMatchObject({
        state: 'partial',
        reason: 'recipient-removed',
        recipients: [
          { address: client, state: 'accepted' },
          { address: second, state: 'refused' },
        ],
      });
    expect(smtp.taken.map(({ to }) => to)).toEqual([[client]]);
    const id = one.letter()?.id as OutgoingId;
    await expect.poll(() => one.queue.decide(id, 'dismiss')).toMatchObject({ ok: true });
  });

  it('leaves where nobody of those removed is among its recipients, and says what it was written against', async () => {
    const smtp = await smtpThat();
    const one = await startDesk(smtp.port, { claim: () => ok({ ...granted, removed }) });
    await one.send();
    await one.reached('sent', true);
    expect(one.answers()).toMatchObject([{ kind: 'record-answer', ticketVersion: 7 }]);
  });
});

describe('a letter that some have got and whose file is gone', () => {
  it('goes off the list, although no copy of it lies in Sent', async () => {
    const smtp = await smtpThat([greylisted]);
    const one = await startDesk(smtp.port);
    one.refuseFiling();
    await one.send({ cc });
    await one.reached('partial');
    const [item] = one.journal.state.outgoing.values();
    if (item === undefined) throw new Error('no letter');
    await expect.poll(() => one.due.length).toBe(1);
    await one.store.remove(item.mimeFile);
    one.wait();
    await expect
      .poll(() => one.letter())
      .toMatchObject({
        state: 'partial',
        reason: 'bytes-missing',
        filed: false,
      });
    await expect.poll(() => one.queue.decide(item.outgoing.id, 'dismiss')).toMatchObject({ ok: true });
    expect(one.letter()).toBeUndefined();
  });
});
