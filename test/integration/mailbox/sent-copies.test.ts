import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDovecot, type Dovecot } from '#test/fakes/start-dovecot.ts';
import { DeskMailbox, letter, plainServer, recordFor } from './desk-mailbox.ts';

describe('a copy in Sent', () => {
  let server: Dovecot;
  beforeAll(async () => {
    server = await startDovecot();
  });
  afterAll(async () => {
    await server.stop();
  });

  it('is filed exactly once, as read, however often the desk asks', async () => {
    await using desk = new DeskMailbox(recordFor(plainServer(server)));
    const reader = desk.read();
    await reader.synced('sent');
    const bytes = Buffer.from(letter('an answer'));
    const id = '<an-answer@example.test>';
    expect(await desk.mailbox.sentCopies(id)).toEqual({ ok: true, value: 0 });
    const asked = await Promise.all([1, 2, 3].map(() => desk.mailbox.fileSentCopy(id, bytes)));
    expect(asked.map((result) => (result.ok ? result.value : result.error.kind)).sort()).toEqual([
      'already-there',
      'already-there',
      'filed',
    ]);
    expect(await desk.mailbox.sentCopies(id)).toEqual({ ok: true, value: 1 });
    const client = await server.client();
    await client.mailboxOpen('Sent', { readOnly: true });
    const filed = await client.fetchAll('1:*', { source: true, flags: true });
    await client.logout();
    expect(filed.map(({ source }) => source?.toString())).toEqual([bytes.toString()]);
    expect(filed[0]?.flags?.has('\\Seen')).toBe(true);
  });

  it('that another program filed is found', async () => {
    await using desk = new DeskMailbox(recordFor(plainServer(server)));
    await desk.read().synced('sent');
    await server.deliver(letter('by another'), { folder: 'Sent' });
    const result = await desk.mailbox.fileSentCopy(
      '<by-another@example.test>',
      Buffer.from(letter('by another')),
    );
    expect(result).toEqual({ ok: true, value: 'already-there' });
    expect(await desk.mailbox.sentCopies('<by-another@example.test>')).toEqual({ ok: true, value: 1 });
  });
});
