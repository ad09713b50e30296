import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startDovecot, type Dovecot } from '#test/fakes/start-dovecot.ts';
import { framesOfLine } from '#test/fakes/letter-frames.ts';
import { DeskMailbox, letter, plainServer, recordFor, until } from './desk-mailbox.ts';

describe('letters of a real Dovecot', () => {
  let server: Dovecot;
  beforeEach(async () => {
    server = await startDovecot();
  });
  afterEach(async () => {
    await server.stop();
  });

  it('come newest first, then by IDLE as they arrive, from both folders', async () => {
    for (let number = 1; number <= 150; number += 1) await server.deliver(letter(`first ${number}`));
    await server.deliver(letter('answer 1'), { folder: 'Sent' });
    await using desk = new DeskMailbox(recordFor(plainServer(server)));
    const reader = desk.read();
    await reader.synced('inbox');
    await reader.synced('sent');
    const inbox = reader.letters().filter(({ location }) => location.folder === 'inbox');
    expect(inbox.map(({ content }) => content.subject)).toEqual(
      Array.from({ length: 150 }, (_, index) => `first ${150 - index}`),
    );
    await server.deliver(letter('live'));
    await server.deliver(letter('live answer'), { folder: 'Sent' });
    await until(() => reader.subjects().includes('live'), 'the new letter is read');
    await until(() => reader.subjects().includes('live answer'), 'the new answer is read');
    const live = reader.letters().find(({ content }) => content.subject === 'live');
    expect(live?.content).toMatchObject({
      messageId: '<live@example.test>',
      from: { name: 'Client', address: 'client@example.test' },
      parts: [{ kind: 'text', text: 'Hello.\n' }],
      complete: true,
    });
    expect(desk.status()?.connection.lastSyncAt).not.toBeNull();
  });

  it('are not flagged by reading them', async () => {
    await server.deliver(letter('unread'));
    await using desk = new DeskMailbox(recordFor(plainServer(server)));
    const reader = desk.read();
    await reader.synced('inbox');
    await until(() => desk.port.ingested.length === 1, 'the letter is ingested');
    const client = await server.client();
    await client.mailboxOpen('INBOX', { readOnly: true });
    const seen = await client.fetchOne('1', { flags: true });
    await client.logout();
    expect(seen === false ? null : [...(seen.flags ?? [])].filter((flag) => flag !== '\\Recent')).toEqual([]);
  });

  it('that the reader has are not sent again; those that went are told', async () => {
    for (let number = 1; number <= 20; number += 1) await server.deliver(letter(`letter ${number}`));
    await using desk = new DeskMailbox(recordFor(plainServer(server)));
    const first = desk.read();
    await first.synced('inbox');
    first.stop();
    const client = await server.client();
    await client.mailboxOpen('INBOX');
    await client.messageDelete('3,7', { uid: true });
    await server.deliver(letter('new'));
    const second = desk.read(first.request());
    await until(() => second.subjects().includes('new'), 'the new letter is read');
    await until(() => second.count('gone') === 1, 'the loss is told');
    expect(second.letters()).toHaveLength(1);
    expect(second.frames.find((frame) => frame.type === 'gone')).toMatchObject({
      folder: 'inbox',
      uids: '3,7',
    });
    await client.messageDelete('9', { uid: true });
    await until(() => second.count('gone') === 2, 'a loss is told at once');
    await client.logout();
    second.stop();

    const third = desk.read(second.request());
    await third.synced('inbox');
    expect(third.frames.filter((frame) => !('folder' in frame && frame.folder === 'sent'))).toMatchObject([
      { type: 'folder', folder: 'inbox' },
      { type: 'synced', folder: 'inbox', synced: { exists: 18, uidNext: 22 } },
    ]);
  });

  it('are read anew when the server numbers them anew', async () => {
    for (let number = 1; number <= 5; number += 1) await server.deliver(letter(`letter ${number}`));
    await using desk = new DeskMailbox(recordFor(plainServer(server)));
    const reader = desk.read();
    await reader.synced('inbox');
    await server.pause();
    for (const name of await readdir(server.mailFolder)) {
      if (name.startsWith('dovecot')) await rm(join(server.mailFolder, name), { recursive: true });
    }
    // UIDVALIDITY is a time in seconds: it must not be the same one.
    const validity = Number(reader.letters()[0]?.location.uidValidity);
    await until(() => Math.floor(Date.now() / 1_000) > validity, 'the next second');
    await server.resume();
    const retry = setInterval(() => desk.mailbox.retryNow(), 50);
    await until(
      () => reader.letters().filter(({ location }) => location.folder === 'inbox').length === 10,
      'read anew',
    );
    clearInterval(retry);
    const [before, after] = [reader.letters().slice(0, 5), reader.letters().slice(5)];
    expect(after[0]?.location.uidValidity).not.toBe(before[0]?.location.uidValidity);
    expect(after.map(({ content }) => content.id).sort()).toEqual(
      before.map(({ content }) => content.id).sort(),
    );
    expect(reader.frames.filter((frame) => frame.type === 'folder' && frame.folder === 'inbox')).toHaveLength(
      2,
    );
  });

  it('of garbage are shown as far as they go, and the rest goes on', async () => {
    await server.deliver(letter('good 1'));
    await server.deliver(randomBytes(5_000));
    await server.deliver('no header at all');
    await server.deliver(
      `Subject: =?bogus?Q?=\r\nContent-Type: multipart/mixed\r\nDate: never\r\n\r\n--\r\n--`,
    );
    await server.deliver(letter('good 2'));
    await using desk = new DeskMailbox(recordFor(plainServer(server)));
    const reader = desk.read();
    await reader.synced('inbox');
    expect(reader.letters()).toHaveLength(5);
    expect(reader.subjects()).toEqual(expect.arrayContaining(['good 1', 'good 2']));
    await until(() => desk.port.ingested.length === 5, 'all have a fate');
    expect(desk.port.quarantined).toEqual([]);
  });

  it('of 50 MB stay on the server but for header and structure; text and attachment come when asked for', async () => {
    const attached = randomBytes(37_000_000);
    const large = [
      'From: client@example.test',
      'To: support@example.test',
      'Subject: large',
      'Message-ID: <large@example.test>',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b1',
      '',
      '--b1',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: 8bit',
      '',
      'Файл во вложении.',
      '--b1',
      'Content-Type: application/zip; name="archive.zip"',
      'Content-Disposition: attachment; filename="archive.zip"',
      'Content-Transfer-Encoding: base64',
      '',
      attached.toString('base64').replaceAll(/.{76}/gu, '$&\r\n'),
      '--b1--',
      '',
    ].join('\r\n');
    expect(Buffer.byteLength(large)).toBeGreaterThan(50_000_000);
    await server.deliver(letter('older'));
    await server.deliver(large);
    await server.deliver(letter('newer'));
    await using desk = new DeskMailbox(recordFor(plainServer(server)));
    const reader = desk.read();
    await reader.synced('inbox');
    await reader.synced('sent');
    expect([...reader.subjects()].sort()).toEqual(['large', 'newer', 'older']);
    const first = reader.letters().find(({ content }) => content.subject === 'large');
    expect(first?.content).toMatchObject({
      complete: false,
      text: expect.not.stringContaining('Файл') as string,
    });
    expect(first?.content.attachments).toMatchObject([
      { index: 0, name: 'archive.zip', type: 'application/zip' },
    ]);
    expect((first?.content.attachments[0]?.size ?? 0) / attached.length).toBeCloseTo(1, 2);
    if (first === undefined) throw new Error('The large letter is not there.');

    const { id } = first.content;
    const locations = [{ ...first.location, uid: 999 }, first.location];
    expect(await desk.mailbox.fetchLetter(id, locations)).toEqual({ ok: true, value: undefined });
    await until(
      () => reader.subjects().filter((subject) => subject === 'large').length === 2,
      'it comes by the stream',
    );
    const second = reader.letters().at(-1);
    expect(second?.content).toMatchObject({
      id,
      complete: true,
      parts: [{ kind: 'text', text: expect.stringContaining('Файл во вложении.') as string }],
    });
    expect(second?.content.attachments).toEqual(first.content.attachments);

    const attachment = await desk.mailbox.attachment({ letterId: id, locations, index: 0 });
    expect(attachment.ok && attachment.value.name).toBe('archive.zip');
    expect(attachment.ok && Buffer.from(attachment.value.bytes).equals(attached)).toBe(true);
    expect(await desk.mailbox.attachment({ letterId: id, locations, index: 1 })).toEqual({
      ok: false,
      error: { kind: 'not-found' },
    });
    const ingested = desk.port.ingested.find(({ subject }) => subject === 'large');
    expect(ingested?.id).toBe(id);
  });

  it('give an attachment of an ordinary letter, and nothing at a place where another letter is', async () => {
    const bytes = randomBytes(1_000);
    const source = letter(
      'with attachment',
      'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b1',
      `--b1\r\n\r\nText.\r\n--b1\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename="a.png"\r\nContent-Transfer-Encoding: base64\r\n\r\n${bytes.toString('base64')}\r\n--b1--`,
    );
    await server.deliver(source);
    await server.deliver(letter('other'));
    await using desk = new DeskMailbox(recordFor(plainServer(server)));
    const reader = desk.read();
    await reader.synced('inbox');
    await reader.synced('sent');
    const found = reader.letters().find(({ content }) => content.attachments.length === 1);
    const other = reader.letters().find(({ content }) => content.subject === 'other');
    if (found === undefined || other === undefined) throw new Error('The letters are not there.');
    const letterId = found.content.id;
    const answer = await desk.mailbox.attachment({ letterId, locations: [found.location], index: 0 });
    expect(answer.ok && { ...answer.value, bytes: Buffer.from(answer.value.bytes).toString('hex') }).toEqual({
      name: 'a.png',
      type: 'image/png',
      bytes: bytes.toString('hex'),
    });
    expect(await desk.mailbox.attachment({ letterId, locations: [other.location], index: 0 })).toEqual({
      ok: false,
      error: { kind: 'not-found' },
    });
    expect(await desk.mailbox.fetchLetter(letterId, [other.location])).toEqual({
      ok: false,
      error: { kind: 'not-found' },
    });
  });

  it('wait for a slow reader instead of filling the memory', async () => {
    for (let number = 1; number <= 400; number += 1) {
      // Nothing that would shrink on its way.
      const body = randomBytes(50_000).toString('base64').replaceAll(/.{70}/gu, '$&\r\n');
      await server.deliver(letter(`letter ${number}`, '', body));
    }
    await using desk = new DeskMailbox(recordFor(plainServer(server)));
    const abort = new AbortController();
    const lines = desk.mailbox.letterLines({ folders: [] }, abort.signal);
    const first = await lines.next();
    // The reader takes nothing more; what is fetched meanwhile stops growing.
    let last = -1;
    let restsSince = Date.now();
    await until(() => {
      const done = desk.status()?.progress?.done ?? 0;
      if (done !== last) restsSince = Date.now();
      last = done;
      return last > 0 && Date.now() - restsSince > 1_500;
    }, 'the fetch rests');
    expect(last).toBeLessThan(300);

    let letters = 0;
    const decoder = new TextDecoder();
    const take = (bytes: Uint8Array): void => {
      const text = decoder.decode(bytes);
      for (const frame of text.slice(0, -1).split('\n').flatMap(framesOfLine)) {
        if (frame.type === 'letter') letters += 1;
        if (frame.type === 'synced' && frame.folder === 'inbox') abort.abort();
      }
    };
    if (first.done !== true) take(first.value);
    for await (const bytes of lines) take(bytes);
    expect(letters).toBe(400);
  });
});
