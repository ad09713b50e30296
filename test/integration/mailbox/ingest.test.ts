import { chown, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startDovecot, type Dovecot } from '#test/fakes/start-dovecot.ts';
import { DeskMailbox, letter, plainServer, recordFor, RecordingPort, until } from './desk-mailbox.ts';

const monday = Date.UTC(2026, 10, 16, 6, 0, 0);
const minute = 60_000;

describe('the ticket API is told of letters', () => {
  let server: Dovecot;
  beforeEach(async () => {
    server = await startDovecot();
  });
  afterEach(async () => {
    await server.stop();
  });

  async function deliver(subject: string, at: number, folder = 'INBOX'): Promise<void> {
    await server.deliver(letter(subject), { folder, internalDate: new Date(at) });
  }

  /** As a delivery with a wrong clock leaves it; Dovecot takes no date ahead of its own clock from APPEND. */
  async function putDated(subject: string, at: number, folder = '.'): Promise<void> {
    const { mailFolder, owner } = server;
    const name = `${at}.${subject.replaceAll(' ', '-')}.test`;
    const written = join(mailFolder, folder, 'tmp', name);
    await writeFile(written, letter(subject));
    await chown(written, owner.uid, owner.gid);
    await utimes(written, new Date(at), new Date(at));
    await rename(written, join(mailFolder, folder, 'new', name));
  }

  it('oldest first over both folders from ticketsFrom, each once, then the watermark', async () => {
    await deliver('third', monday + 3 * minute);
    await deliver('history', monday - minute);
    await deliver('long ago', monday - 40 * 24 * 60 * minute);
    await deliver('first', monday);
    await deliver('second', monday + 2 * minute, 'Sent');
    await deliver('fourth', monday + 4 * minute, 'Sent');
    const startedAt = Date.now();
    await using desk = new DeskMailbox(recordFor(plainServer(server), { ticketsFrom: monday }));
    const { port } = desk;
    await until(() => port.watermarks.length > 0, 'the watermark is reported');
    // Whichever connection is first, letters of one round are in order; the second may start a round of its own.
    const inbox = port.ingested
      .filter(({ location }) => location.folder === 'inbox')
      .map(({ subject }) => subject);
    const sent = port.ingested
      .filter(({ location }) => location.folder === 'sent')
      .map(({ subject }) => subject);
    expect([inbox, sent]).toEqual([
      ['first', 'third'],
      ['second', 'fourth'],
    ]);
    expect(port.watermarks[0]?.folders.map(({ folder }) => folder)).toEqual(['inbox', 'sent']);
    expect(port.watermarks[0]?.at ?? 0).toBeGreaterThanOrEqual(startedAt);
    expect(port.ingested.find(({ subject }) => subject === 'first')).toMatchObject({
      messageId: '<first@example.test>',
      from: { name: 'Client', address: 'client@example.test' },
      receivedAt: monday,
      kind: 'human',
    });

    await deliver('live', Date.now());
    await until(() => port.ingested.length === 5, 'the new letter is told');
    await until(() => port.watermarks.length > 1, 'the watermark moves on');
    expect(port.ingested.at(-1)?.subject).toBe('live');
    // What is known to have a fate is not asked for again.
    expect(port.asked.at(-1)).toBe('inbox 5');
  });

  it('of letters that a mail server dates days ahead of every clock', async () => {
    const day = 24 * 60 * minute;
    const days = (count: number): number => Math.floor(Date.now() / 1000) * 1000 + count * day;
    const [before, sent, live] = [days(3), days(2), days(5)];
    // The folders are made with their first letters.
    await deliver('history', monday - 40 * day);
    await deliver('history sent', monday - 40 * day, 'Sent');
    await putDated('ahead before', before);
    await putDated('answered ahead', sent, '.Sent');
    await using desk = new DeskMailbox(recordFor(plainServer(server), { ticketsFrom: Date.now() - day }));
    const { port } = desk;
    const received = () =>
      new Map(port.ingested.map(({ subject, receivedAt }) => [subject, receivedAt] as const));
    await until(() => port.watermarks.length > 0 && port.ingested.length === 2, 'both are told');
    await putDated('ahead live', live);
    await until(() => port.ingested.length === 3, 'the third is told');
    // The clock of the mail server is right again.
    await deliver('now', Date.now());
    await until(() => port.ingested.length === 4, 'the letter after them is told');
    expect(received().get('ahead before')).toBe(before);
    expect(received().get('answered ahead')).toBe(sent);
    expect(received().get('ahead live')).toBe(live);
    expect(port.quarantined).toEqual([]);
    const watermark = port.watermarks.at(-1)?.at ?? 0;
    expect(watermark).toBeLessThanOrEqual(Date.now());
  });

  it('in order over both folders when both are there from the beginning', async () => {
    for (let number = 0; number < 30; number += 1) {
      await deliver(`letter ${number}`, monday + number * minute, number % 3 === 0 ? 'Sent' : 'INBOX');
    }
    const port = new RecordingPort();
    port.failure = { kind: 'unreachable', message: 'away' };
    await using desk = new DeskMailbox(recordFor(plainServer(server), { ticketsFrom: monday }), { port });
    const reader = desk.read();
    await reader.synced('inbox');
    await reader.synced('sent');
    expect(port.ingested).toEqual([]);
    port.failure = null;
    const retry = setInterval(() => desk.mailbox.retryNow(), 50);
    await until(() => port.watermarks.length > 0, 'the watermark is reported');
    clearInterval(retry);
    expect(port.ingested.map(({ subject }) => subject)).toEqual(
      Array.from({ length: 30 }, (_, number) => `letter ${number}`),
    );
  });

  it.each([
    ['the API’s own word', 'unavailable', 'unavailable'],
    ['a fault of unknown words', null, 'Error'],
  ] as const)('and what stops that is logged with %s', async (_what, kind, reason) => {
    await deliver('letter', monday);
    const port = new RecordingPort();
    const fault = new Error('client@example.test wrote: letter');
    if (kind === null) port.lease = () => Promise.reject(fault);
    else port.failure = { kind, message: fault.message };
    await using desk = new DeskMailbox(recordFor(plainServer(server), { ticketsFrom: monday }), { port });
    const waits = (): unknown[] =>
      desk.events.flatMap(({ event, facts }) => (event === 'ingest-waits' ? [facts['reason']] : []));
    await until(() => waits().length > 0, 'the wait is logged');
    expect(waits()).toEqual(waits().map(() => reason));
    expect(JSON.stringify(desk.events)).not.toContain('client@');
  });

  it('while readers go on when the API is away', async () => {
    await deliver('waiting', monday);
    const port = new RecordingPort();
    port.failure = { kind: 'unavailable', message: 'down' };
    await using desk = new DeskMailbox(recordFor(plainServer(server), { ticketsFrom: monday }), { port });
    const reader = desk.read();
    await reader.synced('inbox');
    expect(reader.subjects()).toEqual(['waiting']);
    await until(() => desk.events.some(({ event }) => event === 'ingest-waits'), 'ingest waits');
    expect(port.watermarks).toEqual([]);
    port.failure = null;
    const retry = setInterval(() => desk.mailbox.retryNow(), 50);
    await until(() => port.ingested.length === 1, 'the letter is told');
    clearInterval(retry);
  });

  it('only by the holder of the lease, until it expires', async () => {
    await deliver('shared', monday);
    const port = new RecordingPort();
    let expiresAt = Date.now() + 3_000;
    port.lease = () => {
      port.leases += 1;
      const held = Date.now() >= expiresAt;
      if (held) expiresAt = 0;
      return Promise.resolve({
        ok: true,
        value: { held, expiresAt: held ? Date.now() + 90_000 : expiresAt },
      });
    };
    let tookAt = 0;
    port.onIngest = () => {
      tookAt = Date.now();
    };
    const freeAt = expiresAt;
    await using desk = new DeskMailbox(recordFor(plainServer(server), { ticketsFrom: monday }), { port });
    await until(() => desk.port.ingested.length === 1, 'the letter is told');
    expect(tookAt).toBeGreaterThanOrEqual(freeAt);
  });

  it('one by one where the API refuses a batch: only the culprit is quarantined', async () => {
    for (let number = 0; number < 9; number += 1) await deliver(`letter ${number}`, monday + number * minute);
    const port = new RecordingPort();
    const { ingest } = port;
    port.ingest = (letters) =>
      letters.letters.some(({ subject }) => subject === 'letter 4')
        ? Promise.resolve({ ok: false, error: { kind: 'invalid', message: 'does not fit' } })
        : ingest(letters);
    await using _desk = new DeskMailbox(recordFor(plainServer(server), { ticketsFrom: monday }), { port });
    await until(() => port.watermarks.length > 0, 'the watermark is reported');
    expect(port.ingested.map(({ subject }) => subject)).toEqual(
      [0, 1, 2, 3, 5, 6, 7, 8].map((number) => `letter ${number}`),
    );
    expect(port.quarantined).toMatchObject([
      { location: { folder: 'inbox', uid: 5 }, receivedAt: monday + 4 * minute },
    ]);
  });

  it('of reports with what their body says', async () => {
    const report = (action: string): string =>
      [
        'From: MAILER-DAEMON@example.test',
        'To: support@example.test',
        `Subject: report ${action}`,
        `Message-ID: <report-${action}@example.test>`,
        'MIME-Version: 1.0',
        'Content-Type: multipart/report; report-type=delivery-status; boundary=b1',
        '',
        '--b1',
        'Content-Type: text/plain',
        '',
        'A report.',
        '--b1',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; mx.example.test',
        '',
        'Final-Recipient: rfc822; nobody@example.test',
        `Action: ${action}`,
        `Status: ${action === 'failed' ? '5.1.1' : '2.0.0'}`,
        '',
        '--b1',
        'Content-Type: text/rfc822-headers',
        '',
        'Message-ID: <stp.018f@example.test>',
        '',
        '--b1--',
        '',
      ].join('\r\n');
    await server.deliver(report('failed'));
    await server.deliver(report('delivered'));
    await using desk = new DeskMailbox(recordFor(plainServer(server)));
    await until(() => desk.port.ingested.length === 2, 'both are told');
    expect(desk.port.ingested.map(({ subject, kind, bounce }) => [subject, kind, bounce])).toEqual([
      [
        'report failed',
        'bounce',
        {
          messageId: '<stp.018f@example.test>',
          recipients: [{ address: 'nobody@example.test', status: '5.1.1', permanent: true }],
        },
      ],
      ['report delivered', 'auto-reply', null],
    ]);
  });

  it('of bounces in words, and of letters that automatic letters led to', async () => {
    const letter = (...lines: string[]): string => lines.join('\r\n');
    await server.deliver(
      letter(
        'Return-Path: <>',
        'From: Mail Delivery System <Mailer-Daemon@mx.example.test>',
        'To: support@example.test',
        'Subject: Mail delivery failed: returning message to sender',
        'X-Failed-Recipients: gone@school.example.test',
        '',
        'This message was created automatically by mail delivery software.',
        '',
        '  gone@school.example.test',
        '    550 5.1.1 No such user',
        '',
        '------ This is a copy of your message, including all the headers. ------',
        '',
        'Message-ID: <stp.0190@example.test>',
        'Subject: answer',
        '',
        'text',
        '',
      ),
    );
    await server.deliver(
      letter(
        'From: client@example.test',
        'To: support@example.test',
        'Subject: hop',
        'X-STP-Hop: 2',
        '',
        'x',
        '',
      ),
    );
    await using desk = new DeskMailbox(recordFor(plainServer(server)));
    await until(() => desk.port.ingested.length === 2, 'both are told');
    expect(desk.port.ingested).toMatchObject([
      {
        kind: 'bounce',
        hops: 0,
        bounce: {
          messageId: '<stp.0190@example.test>',
          recipients: [{ address: 'gone@school.example.test', permanent: true }],
        },
      },
      { kind: 'human', hops: 2, bounce: null },
    ]);
  });
});
