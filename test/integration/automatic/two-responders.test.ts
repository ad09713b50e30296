import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import { defaultCategories } from '#shared/regulation/category.ts';
import { defaultProfile } from '#shared/regulation/default-profile.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { MailboxRecord } from '#shared/protocol/mailbox-record.ts';
import type { ApiError } from '#shared/protocol/api-error.ts';
import { AutomaticLetters } from '#main/automatic/automatic-letters.ts';
import { letterFacts } from '#main/mailbox/letter-facts.ts';
import { systemScheduler } from '#main/scheduler.ts';
import { askApi, callApi } from '#test/fakes/call-api.ts';
import { startSmtpDrop, type SmtpDrop } from '#test/fakes/smtp-drop.ts';
import { startApi, type RunningApi } from '#test/fakes/start-api.ts';
import { plainServer, recordFor } from '../mailbox/desk-mailbox.ts';
import { TestClock } from '../server/on-both-engines.ts';

const hourMs = 3_600_000;
const polite = 'polite@school.example';
const rude = 'rude@school.example';

function plain<T>(
  answer: { ok: true; value: T } | { ok: false; status: number; error: ApiError },
): Result<T, ApiError> {
  return answer.ok ? ok(answer.value) : err(answer.error);
}

describe('two auto-responders face the desk', () => {
  const clock = new TestClock();
  const startedAt = clock.now();
  let smtp: SmtpDrop;
  let api: RunningApi;
  let token = '';
  let answered = 0;
  let written = 0;
  let uid = 0;

  const logIn = async (): Promise<void> => {
    const body = { login: api.adminLogin, password: api.adminPassword };
    token = (await askApi(api.url, 'logIn', null, { body })).accessToken;
  };
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await logIn();
  };
  /** What the desk's mailbox engine does with a letter that it finds: facts by its header, told to the API. */
  const takeIn = async (folder: 'inbox' | 'sent', bytes: Uint8Array): Promise<void> => {
    uid += 1;
    const location = { folder, uidValidity: '1', uid };
    const receivedAt = clock.now();
    const found = { uid, bytes, size: bytes.byteLength, internalDateAt: receivedAt };
    // No report is among them, so nothing has to be fetched or rendered.
    const facts = await letterFacts(found, location, receivedAt, null as never, null as never);
    if (facts === null) throw new Error('the letter has no facts');
    await askApi(api.url, 'ingest', token, { body: { letters: [facts] } });
  };
  /** A letter of this sender reaches the mailbox now. */
  const write = async (from: string, subject: string, headers: readonly string[] = []): Promise<void> => {
    written += 1;
    const lines = [
      `From: <${from}>`,
      'To: <support@example.test>',
      `Subject: ${subject}`,
      `Message-ID: <${written}@school.example>`,
      ...headers,
    ];
    await takeIn('inbox', Buffer.from(`${lines.join('\r\n')}\r\n\r\nHello.\r\n`));
  };
  /** Both answer every letter that was sent to them, at once; the rude one as if it were somebody new each time. */
  const respond = async (): Promise<void> => {
    for (const { to, source } of smtp.accepted.slice(answered)) {
      answered += 1;
      const messageId = /^message-id:\s*(<[^>]+>)/imu.exec(source)?.[1] ?? '';
      const thread = [
        `In-Reply-To: ${messageId}`,
        `References: ${messageId}`,
        'Auto-Submitted: auto-replied',
      ];
      if (to.includes(polite)) await write(polite, 'Автоответ: меня нет на месте', thread);
      if (to.includes(rude)) await write(rude, `Request ${written} registered`);
    }
  };
  const sentTo = (address: string): number => smtp.accepted.filter(({ to }) => to.includes(address)).length;

  beforeAll(async () => {
    smtp = await startSmtpDrop(['accept']);
    api = await startApi({ database: 'pglite', clock });
    await logIn();
    const { revision: _, ...record } = recordOf();
    await askApi(api.url, 'putMailbox', token, { body: { revision: 0, ...record } });
    const profile = structuredClone(defaultProfile);
    for (const letter of profile.automaticLetters) letter.enabled = true;
    const body = {
      revision: 0,
      profile,
      categories: [...defaultCategories],
      calendar: readDefaultCalendar(),
    };
    await askApi(api.url, 'putRegulation', token, { body });
    clock.advance(60_000);
  });
  afterAll(async () => {
    await Promise.all([api.close(), smtp.close()]);
  });

  const recordOf = (): MailboxRecord => {
    const server = { port: smtp.port, user: 'desk', password: 'secret' };
    return recordFor(plainServer({ ...server, host: '127.0.0.1' }), { ticketsFrom: startedAt });
  };

  test('each gets at most one letter a day, however long they go on', async () => {
    const record = recordOf();
    const automatic = new AutomaticLetters({
      lease: async () => plain(await callApi(api.url, 'leaseSend', token, { body: { deskId: 'one' } })),
      report: async (id, report) =>
        plain(
          await callApi(api.url, 'reportSend', token, { params: { id }, body: { deskId: 'one', ...report } }),
        ),
      mailbox: () => record,
      isBusy: () => false,
      sentFolder: {
        async fileSentCopy(_id, source) {
          await takeIn('sent', source);
          return ok('filed');
        },
      },
      clock,
      scheduler: systemScheduler,
      log: { info() {}, warn() {}, error() {} },
    });
    /** Until nobody has anything to say to the other any more. */
    const converse = async (): Promise<void> => {
      for (let before = -1; before !== written;) {
        before = written;
        await automatic.sendAll();
        await respond();
      }
    };

    await write(polite, 'Вопрос');
    await write(rude, 'Вопрос');
    await converse();
    expect([sentTo(polite), sentTo(rude)]).toEqual([1, 1]);
    // The rest of the day, 12:01 to 23:01 in Minsk: the rude one goes on by itself.
    for (let hour = 0; hour < 11; hour += 1) {
      await pass(hourMs);
      await write(rude, `Reminder ${hour}`);
      await converse();
    }
    expect([sentTo(polite), sentTo(rude)]).toEqual([1, 1]);
    expect(written).toBeGreaterThan(14);

    // Were the day no part of the key, nothing would come after midnight either.
    await pass(2 * hourMs);
    await write(rude, 'Reminder of the next day');
    await converse();
    expect([sentTo(polite), sentTo(rude)]).toEqual([1, 2]);
  });
});
