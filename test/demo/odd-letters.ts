import type { Random } from './random.ts';
import { writeLetter } from './write-letter.ts';

/** A letter on its way into the mailbox. */
export interface InboxLetter {
  readonly at: number;
  readonly source: Uint8Array;
}

const dayMs = 86_400_000;

/**
 * What lies in every support mailbox and is no ticket: answers of programs, a letter that came back, a newsletter, and
 * what came before the service began to count.
 *
 * `answered` are letters of the service that a program may have answered.
 */
export async function oddLetters(
  address: string,
  now: number,
  answered: readonly { readonly at: number; readonly messageId: string; readonly to: string }[],
  random: Random,
): Promise<InboxLetter[]> {
  const support = { name: '', address };
  const letters = random
    .shuffle(answered)
    .slice(0, 6)
    .map(async ({ at, messageId, to }, place): Promise<InboxLetter> => {
      const receivedAt = at + 40_000;
      if (place === 0) return { at: receivedAt, source: bounce(address, to, messageId, receivedAt) };
      const source = await writeLetter({
        messageId: `<auto-${Buffer.from(random.bytes(6)).toString('hex')}@school-net.example>`,
        from: { name: '', address: to },
        to: support,
        subject: 'Автоматический ответ: нет на месте',
        at: receivedAt,
        text: 'Я в отпуске. По срочным вопросам звоните в приёмную.',
        program: 'thunderbird',
        language: 'ru',
        references: [messageId],
        headers: { 'Auto-Submitted': 'auto-replied' },
      });
      return { at: receivedAt, source };
    });
  const before = [70, 68, 66, 64].map(async (days): Promise<InboxLetter> => {
    const at = now - days * dayMs;
    const source = await writeLetter({
      messageId: `<old-${days}@kultura-priozersk.example>`,
      from: { name: 'Отдел культуры', address: 'info@kultura-priozersk.example' },
      to: support,
      subject: 'Вопрос по прошлогодней заявке',
      at,
      text: 'Добрый день! Благодарим за помощь, вопрос решён.',
      program: 'mail.ru',
      language: 'ru',
    });
    return { at, source };
  });
  const newsletterAt = now - 3 * dayMs;
  const newsletter = await writeLetter({
    messageId: '<digest-41@news.example>',
    from: { name: 'Дайджест администратора', address: 'digest@news.example' },
    to: support,
    subject: 'Дайджест № 41: что нового в почтовых серверах',
    at: newsletterAt,
    text: 'В этом выпуске: почта, DNS, резервные копии.',
    program: 'gmail',
    language: 'ru',
    headers: { 'List-Id': '<digest.news.example>', 'List-Unsubscribe': '<https://news.example/leave>' },
  });
  return [...(await Promise.all([...letters, ...before])), { at: newsletterAt, source: newsletter }];
}

/** A delivery status report as a mail server writes it (RFC 3464). */
function bounce(address: string, failed: string, messageId: string, at: number): Buffer {
  const lines = [
    'Return-Path: <>',
    'From: Mail Delivery System <mailer-daemon@mail.example>',
    `To: <${address}>`,
    'Subject: Undelivered Mail Returned to Sender',
    `Date: ${new Date(at).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <bounce-${at}@mail.example>`,
    `In-Reply-To: ${messageId}`,
    `References: ${messageId}`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="report"',
    '',
    '--report',
    'Content-Type: text/plain; charset=utf-8',
    '',
    `<${failed}>: mailbox is full`,
    '',
    '--report',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mail.example',
    '',
    `Final-Recipient: rfc822; ${failed}`,
    'Action: failed',
    'Status: 5.2.2',
    'Diagnostic-Code: smtp; 552 5.2.2 mailbox is full',
    '',
    '--report--',
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
}
