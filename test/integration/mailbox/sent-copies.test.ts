import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedMailbox } from '#test/demo/embedded-mailbox.ts';
import { ScriptedImap } from '#test/fakes/imap-scripted.ts';
import { startDovecot, type Dovecot } from '#test/fakes/start-dovecot.ts';
import { DeskMailbox, letter, plainServer, recordFor, until } from './desk-mailbox.ts';

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

  // The mailbox in memory never announces to a connection what that connection itself brought (RFC 3501 lets it).
  it('is read and told to the API at once by the desk that filed it', async () => {
    await using embedded = await startMemoryMailbox();
    for (const at of [server, embedded]) {
      await using desk = new DeskMailbox(recordFor(plainServer(at)));
      const reader = desk.read();
      await reader.synced('sent');
      for (const subject of ['filed first', 'filed second']) {
        const id = `<${subject.replace(' ', '-')}@example.test>`;
        const filed = await desk.mailbox.fileSentCopy(id, Buffer.from(letter(subject)));
        expect(filed).toEqual({ ok: true, value: 'filed' });
        await until(() => reader.subjects().includes(subject), `${subject} is read`, 3_000);
        const told = (): boolean => desk.port.ingested.some((facts) => facts.subject === subject);
        await until(told, `${subject} is told`, 3_000);
      }
    }
  });

  it('that the server took and does not find yet is filed, and not filed again', async () => {
    let appended = 0;
    await using lagging = await ScriptedImap.start({
      letters: [],
      answers: (command) => {
        if (command.startsWith('APPEND')) {
          appended += 1;
          return 'TAG OK [APPENDUID 7 1] done\r\n';
        }
        if (command === 'CAPABILITY') return '* CAPABILITY IMAP4rev1 LITERAL+ UIDPLUS\r\nTAG OK done\r\n';
        if (command === 'LIST "" ""') return '* LIST (\\Noselect) "/" ""\r\nTAG OK done\r\n';
        if (command === 'LIST "" "*"')
          return '* LIST () "/" INBOX\r\n* LIST (\\Sent) "/" Sent\r\nTAG OK done\r\n';
        // Lines of the letter, which comes along with APPEND.
        return /^(?:[A-Z]+|UID [A-Z]+)\b(?!:)/u.test(command) ? null : '';
      },
    });
    await using desk = new DeskMailbox(recordFor(plainServer(lagging)));
    await desk.read().synced('sent');
    const bytes = Buffer.from(letter('late in the index'));
    const result = await desk.mailbox.fileSentCopy('<late-in-the-index@example.test>', bytes);
    expect(result).toEqual({ ok: true, value: 'filed' });
    expect(appended).toBe(1);
  });
});

async function startMemoryMailbox() {
  const mailbox = await startEmbeddedMailbox('support', 'a password');
  const { imapPort: port, user, password } = mailbox;
  return { host: '127.0.0.1' as const, port, user, password, [Symbol.asyncDispose]: () => mailbox.close() };
}
