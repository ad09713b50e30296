import { afterEach, describe, expect, test } from 'vitest';
import type { OutgoingId, TicketId } from '#shared/ids.ts';
import type { MailboxRecord } from '#shared/protocol/mailbox-record.ts';
import type { SendReport, SendRequest } from '#shared/protocol/send-request.ts';
import { err, ok } from '#shared/result.ts';
import { AutomaticLetters } from '#main/automatic/automatic-letters.ts';
import { systemScheduler } from '#main/scheduler.ts';
import { startSmtpDrop, type Behaviour, type SmtpDrop } from '#test/fakes/smtp-drop.ts';
import { recordFor } from '../mailbox/desk-mailbox.ts';

const request: SendRequest = {
  id: '01900000-0000-7000-8000-000000000001' as OutgoingId,
  ticketId: '01900000-0000-7000-8000-000000000002' as TicketId,
  messageId: '<stp.auto.1@example.test>',
  to: { name: 'Анна Клиент', address: 'anna@school.example' },
  subject: 'Re: Квота [STP-0123ABCD]',
  text: 'Мы получили ваше обращение «Квота», номер 7.',
  inReplyTo: '<2@school.example>',
  references: ['<1@school.example>', '<2@school.example>'],
  hops: 1,
  leaseExpiresAt: Date.UTC(2026, 10, 23, 10),
};

describe('a desk that sends automatic letters', () => {
  const servers: SmtpDrop[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });

  /** A desk before an API that has these letters to send. */
  async function deskFor(behaviours: readonly Behaviour[], letters: readonly SendRequest[] = [request]) {
    const server = await startSmtpDrop(behaviours);
    servers.push(server);
    const told: SendReport['outcome'][] = [];
    const filed: string[] = [];
    const waiting = [...letters];
    const world = {
      deaf: new Set<SendReport['outcome']>(),
      canFile: true,
      isBusy: false,
      record: recordFor({
        host: '127.0.0.1',
        port: server.port,
        security: 'none',
        allowPlainText: false,
        user: 'desk',
        password: 'secret',
      }) as MailboxRecord | null,
    };
    const desk = new AutomaticLetters({
      lease: () => Promise.resolve(ok({ request: waiting.shift() ?? null })),
      report: (_id, { outcome }) => {
        if (world.deaf.has(outcome)) return Promise.resolve(err({ kind: 'unreachable' }));
        told.push(outcome);
        return Promise.resolve(ok({}));
      },
      mailbox: () => world.record,
      isBusy: () => world.isBusy,
      sentFolder: {
        fileSentCopy(id) {
          if (!world.canFile) return Promise.resolve(err({ kind: 'unreachable' }));
          filed.push(id);
          return Promise.resolve(ok('filed' as const));
        },
      },
      clock: { now: () => Date.UTC(2026, 10, 23, 9) },
      scheduler: systemScheduler,
      log: { info() {}, warn() {}, error() {} },
    });
    return { desk, server, told, filed, waiting, world };
  }

  test('says in the header that a program answers, to whom and to what', async () => {
    const { desk, server, told, filed } = await deskFor(['accept']);
    await desk.sendAll();
    expect(server.accepted).toMatchObject([{ from: 'support@example.test', to: ['anna@school.example'] }]);
    const [header = '', body = ''] = (server.accepted[0]?.source ?? '').split('\r\n\r\n');
    const lines = header
      .replaceAll(/\r\n[ \t]+/gu, ' ')
      .split('\r\n')
      .map((line) => line.toLowerCase());
    expect(lines).toEqual(
      expect.arrayContaining([
        'auto-submitted: auto-replied',
        'x-stp-hop: 1',
        'message-id: <stp.auto.1@example.test>',
        'in-reply-to: <2@school.example>',
        'references: <1@school.example> <2@school.example>',
        'date: mon, 23 nov 2026 09:00:00 +0000',
        'from: support <support@example.test>',
      ]),
    );
    expect(header).not.toMatch(/^(?:precedence|cc|bcc|reply-to|x-mailer):/imu);
    expect(Buffer.from(body, 'base64').toString('utf8')).toContain('«Квота», номер 7');
    expect(told).toEqual(['leaving', 'sent']);
    expect(filed).toEqual(['<stp.auto.1@example.test>']);
  });

  test.each<[string, Behaviour, readonly SendReport['outcome'][]]>([
    ['ends the connection before the letter', 'cut-at-mail', ['not-sent']],
    ['ends the connection after the final dot', 'cut-after-dot', ['leaving', 'uncertain']],
    ['refuses the letter for good', { refuse: 554 }, ['leaving', 'refused']],
    ['refuses the letter for now', { refuse: 451 }, ['leaving', 'not-sent']],
    ['refuses the recipient', { recipients: { 'anna@school.example': 550 } }, ['refused']],
  ])('tells what became of a letter when the server %s', async (_what, behaviour, words) => {
    const { desk, server, told, filed } = await deskFor([behaviour]);
    await desk.sendAll();
    expect(told).toEqual(words);
    expect(server.accepted).toEqual([]);
    expect(filed).toEqual([]);
    await desk.sendAll();
    expect(told).toEqual(words);
  });

  test('lets no letter leave of which the API does not know', async () => {
    const { desk, server, told, world } = await deskFor(['accept']);
    world.deaf.add('leaving');
    await desk.sendAll();
    expect(server.accepted).toEqual([]);
    expect(told).toEqual(['not-sent']);
  });

  test('tells its word until the API hears it, and sends nothing else before', async () => {
    const second = { ...request, id: '01900000-0000-7000-8000-000000000003' as OutgoingId };
    const { desk, server, told, world, waiting } = await deskFor(['accept'], [request, second]);
    world.deaf.add('sent');
    await desk.sendAll();
    await desk.sendAll();
    expect(told).toEqual(['leaving']);
    expect(waiting).toHaveLength(1);
    world.deaf.clear();
    await desk.sendAll();
    expect(told).toEqual(['leaving', 'sent', 'leaving', 'sent']);
    expect(server.accepted).toHaveLength(2);
  });

  test('files the copy in Sent as soon as it can', async () => {
    const { desk, filed, world } = await deskFor(['accept']);
    world.canFile = false;
    await desk.sendAll();
    world.canFile = true;
    await desk.sendAll();
    await desk.sendAll();
    expect(filed).toEqual(['<stp.auto.1@example.test>']);
  });

  test('lets the letters of people go first, and waits for a mailbox', async () => {
    const { desk, waiting, world } = await deskFor(['accept']);
    const { record } = world;
    world.isBusy = true;
    await desk.sendAll();
    world.isBusy = false;
    world.record = null;
    await desk.sendAll();
    expect(waiting).toHaveLength(1);
    world.record = record;
    await desk.sendAll();
    expect(waiting).toHaveLength(0);
  });

  test('sends nothing to what is no plain address', async () => {
    const to = { name: '', address: 'a b"@school.example' };
    const { desk, server, told } = await deskFor(['accept'], [{ ...request, to }]);
    await desk.sendAll();
    expect(server.accepted).toEqual([]);
    expect(told).toEqual(['refused']);
  });

  test('asks by itself while it is open', async () => {
    const { desk, told } = await deskFor(['accept']);
    desk.start();
    await expect.poll(() => told).toEqual(['leaving', 'sent']);
    await desk.close();
  });
});
