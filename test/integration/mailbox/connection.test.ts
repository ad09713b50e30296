import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Mailbox } from '#main/mailbox/mailbox.ts';
import type { MailServer } from '#shared/protocol/mailbox-record.ts';
import { startDovecot, type Dovecot } from '#test/fakes/start-dovecot.ts';
import { DeskMailbox, letter, plainServer, recordFor, until, workerUrl } from './desk-mailbox.ts';

describe('connecting to the mail server', () => {
  let server: Dovecot;
  let plain: MailServer;
  let tls: MailServer;
  beforeAll(async () => {
    server = await startDovecot();
    plain = plainServer(server);
    tls = { ...plain, port: server.tlsPort, security: 'tls' };
  });
  afterAll(async () => {
    await server.stop();
  });

  it('works by TLS and by STARTTLS with the service’s own authority', async () => {
    expect(await Mailbox.test(workerUrl, tls, server.caPem)).toEqual({ ok: true, value: undefined });
    const upgraded: MailServer = { ...plain, security: 'starttls' };
    expect(await Mailbox.test(workerUrl, upgraded, server.caPem)).toEqual({ ok: true, value: undefined });
  });

  it('says that a certificate is not trusted', async () => {
    expect(await Mailbox.test(workerUrl, tls, null)).toEqual({ ok: false, error: 'bad-certificate' });
    const upgraded: MailServer = { ...plain, security: 'starttls' };
    expect(await Mailbox.test(workerUrl, upgraded, null)).toEqual({ ok: false, error: 'bad-certificate' });
  });

  it('says that a certificate is for another name', async () => {
    const named: MailServer = { ...tls, host: '127.0.0.2' };
    expect(await Mailbox.test(workerUrl, named, server.caPem)).toEqual({
      ok: false,
      error: 'bad-certificate',
    });
  });

  it('says that the password is wrong', async () => {
    const wrong: MailServer = { ...tls, password: 'wrong' };
    expect(await Mailbox.test(workerUrl, wrong, server.caPem)).toEqual({
      ok: false,
      error: 'wrong-credentials',
    });
  });

  it('says that nobody answers', async () => {
    const closed: MailServer = { ...plain, port: 1 };
    expect(await Mailbox.test(workerUrl, closed, null)).toEqual({ ok: false, error: 'unreachable' });
  });

  it('refuses plain text to anything but this computer, before anything is sent', async () => {
    const far: MailServer = { ...plain, host: '192.0.2.1' };
    expect(await Mailbox.test(workerUrl, far, null)).toEqual({ ok: false, error: 'plain-text-refused' });
  });

  it('does not go on in plain text where STARTTLS is wanted and not offered', async () => {
    const seen: string[] = [];
    const stripped = createServer((socket) => {
      socket.write('* OK no upgrade here\r\n');
      socket.on('error', () => socket.destroy());
      socket.on('data', (chunk: Buffer) => {
        seen.push(chunk.toString());
        const tag = chunk.toString().split(' ', 1)[0] ?? '';
        socket.write(`* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n${tag} OK done\r\n`);
      });
    }).listen(0, '127.0.0.1');
    await once(stripped, 'listening');
    const address = stripped.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const result = await Mailbox.test(workerUrl, { ...plain, port, security: 'starttls' }, null);
    stripped.close();
    expect(result).toEqual({ ok: false, error: 'plain-text-refused' });
    expect(seen.join('')).not.toContain('LOGIN');
    expect(seen.join('')).not.toContain('AUTHENTICATE');
  });

  it('says that what answers is no mail server', async () => {
    const web = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    }).listen(0, '127.0.0.1');
    await once(web, 'listening');
    const address = web.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const result = await Mailbox.test(workerUrl, { ...plain, port }, null);
    web.close();
    expect(result.ok).toBe(false);
    expect(['unexpected-answer', 'unreachable']).toContain(result.ok ? '' : result.error);
  });

  it('shows the cause and the next try, and is online after the password was set right', async () => {
    await using wrong = new DeskMailbox(recordFor({ ...plain, password: 'wrong' }));
    await until(() => wrong.status()?.connection.state === 'waiting', 'the desk waits');
    expect(wrong.status()?.connection).toMatchObject({ state: 'waiting', problem: 'wrong-credentials' });
    expect(wrong.status()?.connection.retryAt ?? 0).toBeGreaterThan(Date.now());
    await using right = new DeskMailbox(recordFor(plain));
    await right.online();
    expect(right.status()?.connection).toMatchObject({ problem: null, retryAt: null });
  });

  it('comes back after the server was away, and reads what came meanwhile', async () => {
    await server.deliver(letter('before'));
    await using desk = new DeskMailbox(recordFor(plain));
    const reader = desk.read();
    await reader.synced('inbox');
    await server.pause();
    await until(() => desk.status()?.connection.state === 'waiting', 'the loss is noticed');
    expect(desk.status()?.connection.problem).toBe('unreachable');
    expect((await desk.mailbox.sentCopies('<x@example.test>')).ok).toBe(false);
    await server.resume();
    await server.deliver(letter('meanwhile'));
    const retry = setInterval(() => desk.mailbox.retryNow(), 50);
    await until(() => reader.subjects().includes('meanwhile'), 'the new letter is read');
    clearInterval(retry);
    expect(reader.subjects().filter((subject) => subject === 'before')).toHaveLength(1);
  });
});

describe('the folder of sent letters', () => {
  it('may be missing: the desk says so and INBOX goes on', async () => {
    const server = await startDovecot({ sentFolder: null });
    try {
      await server.deliver(letter('hello'));
      await using desk = new DeskMailbox(recordFor(plainServer(server)));
      const reader = desk.read();
      await reader.synced('inbox');
      expect(desk.status()?.connection).toMatchObject({ state: 'online', problem: 'folder-missing' });
      expect(await desk.mailbox.sentCopies('<a@b>')).toEqual({
        ok: false,
        error: { kind: 'folder-missing' },
      });
      await until(() => desk.port.watermarks.length > 0, 'the watermark is reported');
      expect(desk.port.watermarks[0]?.folders.map(({ folder }) => folder)).toEqual(['inbox']);
    } finally {
      await server.stop();
    }
  });

  it('is found by its name in Russian where the server does not mark it', async () => {
    const server = await startDovecot({ sentFolder: null, plainFolders: ['Архив', 'Отправленные'] });
    try {
      await server.deliver(letter('an answer'), { folder: 'Отправленные' });
      await using desk = new DeskMailbox(recordFor(plainServer(server)));
      const reader = desk.read();
      await reader.synced('sent');
      expect(reader.subjects()).toEqual(['an answer']);
      expect(desk.status()?.connection.problem).toBeNull();
    } finally {
      await server.stop();
    }
  });
});
