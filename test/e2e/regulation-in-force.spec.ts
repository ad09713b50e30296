import { expect, test, type Locator } from '@playwright/test';
import { v7 as newUuid } from 'uuid';
import type { OperationId, TicketId } from '#shared/ids.ts';
import { formatToken } from '#shared/mail/subject.ts';
import { RuleBook } from '#shared/regulation/rule-book.ts';
import { computeDeadline } from '#shared/sla/deadline.ts';
import { formatDate } from '#shared/text/format-moment.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import { askApi } from '#test/fakes/call-api.ts';
import { Agent } from './agent.ts';
import { clientLetter } from './client-letter.ts';
import { startService, type Service } from './start-service.ts';

const dayMs = 24 * 3_600_000;
const calledAt = Date.now() - 60_000;
const manyDays = 20;

let service: Service;
let anna: Agent;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  service = await startService();
  anna = await Agent.arrive(service, service.agents[0]);
});

test.afterAll(async () => {
  await service.stop();
});

async function token(account: { readonly login: string; readonly password: string }): Promise<string> {
  const { login, password } = account;
  const { accessToken } = await askApi(service.api.url, 'logIn', null, { body: { login, password } });
  return accessToken;
}

/** A colleague opens a ticket and does something about it. */
async function openTicket(
  channel: 'phone' | 'internal',
  subject: string,
  place: number,
  more: (head: Pick<Operation, 'id' | 'ticketId' | 'madeAt'>) => readonly Operation[] = () => [],
): Promise<void> {
  const ticketId = newUuid() as TicketId;
  const head = (madeAt: number) => ({ id: newUuid() as OperationId, ticketId, madeAt });
  const client = channel === 'internal' ? '' : 'Алесь Міцкевіч';
  const operations: readonly Operation[] = [
    {
      ...head(calledAt),
      kind: 'create-ticket',
      token: formatToken(Uint8Array.from({ length: 5 }, (_, byte) => 16 * place + byte)),
      channel,
      subject,
      client: { name: client, address: '', phone: '' },
    },
    ...more(head(Date.now())),
  ];
  const { answers } = await askApi(service.api.url, 'pushOperations', await token(service.agents[1]), {
    body: { operations: [...operations] },
  });
  expect(answers.filter(({ outcome }) => outcome !== 'applied')).toEqual([]);
}

function row(subject: string): Locator {
  return anna.rows(subject);
}

test('a new regulation moves deadlines on the screen, without reload', async () => {
  await openTicket('phone', 'Не печатается табель', 1);
  const { calendar, deadline, profile, categories } = RuleBook.shipped().current;
  const due = (days: number) => computeDeadline(calledAt, calendar, { ...deadline, days, targetDays: days });
  const day = (days: number) => formatDate(due(days).deadlineAt).slice(0, 5);
  await expect(row('Не печатается табель')).toContainText(day(deadline.days));
  await expect(row('Не печатается табель').getByTitle(/^Срок переходит на год/u)).toHaveCount(0);
  const days = { days: manyDays, targetDays: manyDays };
  const years = calendar.calendar.years.map((year) => ({ ...year, status: 'provisional' as const }));
  await askApi(service.api.url, 'putRegulation', await token(service.admin), {
    body: {
      revision: 0,
      profile: { ...profile, deadline: { ...profile.deadline, ...days } },
      categories: [...categories],
      calendar: { ...calendar.calendar, years },
    },
  });
  await expect(row('Не печатается табель')).toContainText(day(manyDays));
  await expect(row('Не печатается табель').getByTitle(/^Срок переходит на год/u)).toHaveCount(1);
});

test('an answer that was not delivered brings its ticket back', async () => {
  await service.dovecot.deliver(clientLetter({ subject: 'Домен школы', text: 'Продлите домен' }).source);
  await anna.open('Домен школы');
  await anna.writeAnswer('Продлили на год.');
  await anna.sendAnswer();
  await anna.showSection('Ждём клиента');
  await expect(row('Домен школы')).toContainText('Ждём клиента');
  await expect.poll(() => service.smtp.accepted.length).toBe(1);
  const messageId = /^Message-ID: (<[^>]+>)/imu.exec(service.smtp.accepted[0]?.source ?? '')?.[1] ?? '';
  await service.dovecot.deliver(bounceOf(messageId));
  await anna.showSection('Ждут ответа');
  await expect(row('Домен школы')).toContainText('Ответ не доставлен');
});

test('a postponed ticket says when to look at it again', async () => {
  const lookAgainAt = Date.now() + 10 * dayMs;
  const reason = RuleBook.shipped().current.profile.reasons.find(({ needsLookAgain }) => needsLookAgain);
  await openTicket('phone', 'Ждём поставщика', 2, ({ ticketId, madeAt }) => [
    {
      id: newUuid() as OperationId,
      ticketId,
      madeAt,
      kind: 'give-reason',
      reasonId: reason?.id ?? '',
      facts: Object.fromEntries((reason?.facts ?? []).map(({ id }) => [id, 'договор № 7'])),
      lookAgainAt,
    },
  ]);
  const words = new RegExp(`Решение отложено, вернуться ${formatDate(lookAgainAt)}`, 'u');
  await expect(row('Ждём поставщика').getByTitle(words)).toBeVisible();
});

test('work of the service’s own is found by its channel', async () => {
  await openTicket('internal', 'Обновить сертификаты', 3);
  await anna.showSection('Все открытые');
  await expect(row('Обновить сертификаты')).toContainText('Своя работа');
  await anna.queue.getByRole('button', { name: /^Фильтр/u }).click();
  await anna.page.getByLabel('Как обратились').selectOption('Своя работа');
  await anna.page.getByRole('button', { name: 'Готово' }).click();
  await expect(anna.queue.getByRole('option')).toHaveCount(1);
  await expect(row('Обновить сертификаты')).toBeVisible();
});

/** What Postfix writes when a mailbox does not exist. */
function bounceOf(messageId: string): Uint8Array {
  const lines = [
    'Return-Path: <>',
    'From: MAILER-DAEMON@mx.school.example (Mail Delivery System)',
    `To: ${service.address}`,
    'Subject: Undelivered Mail Returned to Sender',
    `Date: ${new Date().toUTCString()}`,
    `Message-ID: <${newUuid()}@mx.school.example>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    '<client@school.example>: host mx.school.example said: 550 5.1.1 User unknown',
    '',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.school.example',
    '',
    'Final-Recipient: rfc822; client@school.example',
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 User unknown',
    '',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${messageId}`,
    '',
    '--b--',
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
}
