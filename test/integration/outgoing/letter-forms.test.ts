import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import type { Draft, Outgoing } from '#shared/bridge/draft.ts';
import type { AttachmentId, OutgoingId } from '#shared/ids.ts';
import { maxLetterFilesBytes } from '#shared/mail/letter-size.ts';
import { err, ok } from '#shared/result.ts';
import { startSmtpDrop } from '#test/fakes/smtp-drop.ts';
import { cleanUps, client, draft, drop, leaseMs, start, startDesk } from './outgoing-desk.ts';

const stranger = 'developer@vendor.example';

describe('the two alternatives', () => {
  it('say the same from one document, under the name of the group', async () => {
    const smtp = await drop('accept');
    const one = await startDesk(smtp.port);
    await one.send({
      text: 'Здравствуйте!\n\nСм. статью: https://kb.example/1',
      html: '<p>Здравствуйте!</p><p></p><p>См. <a href="https://kb.example/1" target="_blank" onclick="x()">статью</a><script>alert(1)</script><img src="https://spy.example/p.gif"></p>',
      fromName: 'Первая линия',
    });
    await one.reached('sent', true);
    const source = smtp.accepted[0]?.source ?? '';
    expect(source).toContain('Content-Type: multipart/alternative;');
    const mail = await PostalMime.parse(source);
    expect(mail.from).toMatchObject({ name: 'Первая линия', address: 'info@service.example' });
    expect(mail.text?.trim()).toBe('Здравствуйте!\n\nСм. статью: https://kb.example/1');
    expect(mail.html).toContain('<meta charset="utf-8">');
    expect(mail.html).toContain(
      '<p style="margin:0">Здравствуйте!</p><p style="margin:0"><br></p><p style="margin:0">См. <a href="https://kb.example/1">статью</a></p>',
    );
    expect(mail.html).not.toMatch(/script|onclick|img|spy\.example|target/u);
    expect(one.answers()).toMatchObject([{ kind: 'record-answer', from: { name: 'Первая линия' } }]);
  });

  it('are one where the draft is plain text', async () => {
    const smtp = await drop('accept');
    const one = await startDesk(smtp.port);
    await one.send();
    await one.reached('sent', true);
    expect(smtp.accepted[0]?.source).not.toContain('multipart/alternative');
    const { html, from } = await PostalMime.parse(smtp.accepted[0]?.source ?? '');
    expect(html).toBeUndefined();
    expect(from?.name).toBe('СТП');
  });
});

describe('a forwarded letter', () => {
  it('begins a thread of its own, and is recorded as what it is', async () => {
    const smtp = await drop('accept');
    const one = await startDesk(smtp.port);
    const forward: Partial<Draft> = {
      purpose: 'forward',
      to: [{ name: '', address: stranger }],
      subject: 'Fwd: Квота',
    };
    await one.send(forward);
    const { messageId } = await one.reached('sent', true);
    const [mail] = smtp.accepted;
    expect(mail?.to).toEqual([stranger]);
    expect(mail?.source).not.toMatch(/^(?:In-Reply-To|References):/mu);
    expect(mail?.source).toContain('STP-0123ABCD');
    expect(one.claims).toMatchObject([{ messageId, purpose: 'forward' }]);
    expect(one.answers()).toMatchObject([
      { kind: 'record-forward', messageId, forwardedAt: start, to: [{ address: stranger }], cc: [] },
    ]);
  });

  it('whose fate only the agent knows is recorded as one too', async () => {
    const smtp = await drop('cut-after-dot');
    const one = await startDesk(smtp.port);
    await one.send({ purpose: 'forward' });
    const { id } = await one.reached('uncertain');
    await expect.poll(() => one.queue.decide(id, 'dismiss')).toMatchObject({ ok: true });
    expect(one.answers()).toMatchObject([{ kind: 'record-forward' }]);
  });
});

describe('a first letter', () => {
  it('waits until the API knows its ticket, and has no thread', async () => {
    const smtp = await drop('accept');
    let known = false;
    const one = await startDesk(smtp.port, {
      claim: () =>
        known ? ok({ leaseExpiresAt: start + leaseMs, movedOn: null }) : err({ kind: 'not-found' }),
    });
    await one.send({ purpose: 'letter', answerKind: 'notice', inReplyTo: null, references: [] });
    await expect.poll(() => one.letter()).toMatchObject({ state: 'queued', reason: 'ticket-unknown' });
    // Not the API is away but the ticket: sending without the check would tell of a ticket that is not there.
    await expect
      .poll(() => one.queue.decide(one.letter()?.id as OutgoingId, 'send'))
      .toEqual({ ok: false, error: { kind: 'conflict' } });
    expect(smtp.accepted).toHaveLength(0);
    known = true;
    one.queue.kick();
    await one.reached('sent', true);
    expect(smtp.accepted).toHaveLength(1);
    expect(one.answers()).toMatchObject([{ kind: 'record-answer', answerKind: 'notice', references: [] }]);
  });
});

describe('calling a letter back', () => {
  it('does not let it leave before its time, and brings the draft back whole', async () => {
    const smtp = await drop('accept');
    const one = await startDesk(smtp.port);
    const bytes = Buffer.from('Приказ');
    const stored = await one.store.put(bytes);
    if (!stored.ok) throw new Error(stored.error.kind);
    const attachments = [{ id: stored.value.id, name: 'Приказ.txt', type: 'text/plain', size: bytes.length }];
    const written = { attachments, html: '<p><strong>Здравствуйте!</strong></p>' };
    expect(await one.send(written, 10_000)).toMatchObject({ ok: true, value: { releaseAt: start + 10_000 } });
    await expect.poll(() => one.due.length).toBe(1);
    one.wait(9_999);
    await expect.poll(() => one.due.length).toBe(1);
    expect(smtp.logIns).toBe(0);
    expect(one.claims).toEqual([]);
    expect(await one.queue.decide(one.letter()?.id as OutgoingId, 'edit')).toMatchObject({ ok: true });
    expect([...one.journal.state.drafts.values()]).toEqual([
      { ...draft, ...written, updatedAt: start + 9_999 },
    ]);
    expect(await one.store.get(stored.value.id)).toMatchObject({ ok: true });
    one.wait(10_000);
    await one.queue.close();
    expect(smtp.logIns).toBe(0);
    expect(one.letter()).toBeUndefined();
  });

  it('is over when the time is', async () => {
    const smtp = await drop('accept');
    const one = await startDesk(smtp.port);
    await one.send({}, 10_000);
    await expect.poll(() => one.due.length).toBe(1);
    one.wait(10_000);
    const letter = await one.reached('sent', true);
    expect(await one.queue.decide(letter.id, 'edit')).toEqual({ ok: false, error: { kind: 'conflict' } });
    expect(smtp.accepted.map(({ to }) => to)).toEqual([[client]]);
  });
});

describe('a letter that is too large', () => {
  it('is not queued when its files are more than one letter may carry', async () => {
    const one = await startDesk(1);
    const id = draft.id as string as AttachmentId;
    const attachments = [{ id, name: 'Видео.mp4', type: 'video/mp4', size: maxLetterFilesBytes + 1 }];
    expect(await one.send({ attachments })).toEqual({ ok: false, error: { kind: 'too-large' } });
    expect(one.journal.state.drafts.size).toBe(1);
  });

  it('fails with the reason when the mail server takes none of its size', async () => {
    const smtp = await startSmtpDrop(['accept'], { size: 10_000 });
    cleanUps.push(() => smtp.close());
    const one = await startDesk(smtp.port);
    await one.send({ text: 'ы'.repeat(20_000) });
    const letter: Outgoing = await one.reached('failed');
    expect(letter.reason).toBe('letter-too-large');
    expect(smtp.accepted).toHaveLength(0);
  });
});
