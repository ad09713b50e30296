import { expect, test } from '@playwright/test';
import type { Clock } from '#shared/clock.ts';
import { presenceLifeMs } from '#shared/protocol/presence.ts';
import { Agent } from './agent.ts';
import { assertQuietLogs } from './assert-quiet-logs.ts';
import { clientLetter } from './client-letter.ts';
import { startService, type Service } from './start-service.ts';

/** Goes on by itself, and can be put forward: presence lapses by the API's clock. */
class PutForward implements Clock {
  #aheadMs = 0;

  now(): number {
    return Date.now() + this.#aheadMs;
  }

  by(ms: number): void {
    this.#aheadMs += ms;
  }
}

/** The API looks for presence that has lapsed with every beat of the live stream, each 15 seconds. */
const beatMs = 30_000;

const clock = new PutForward();
const subject = 'Двое у одной заявки';
let service: Service;
let anna: Agent;
let pyotr: Agent;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  service = await startService({}, clock);
  anna = await Agent.arrive(service, service.agents[0]);
  pyotr = await Agent.arrive(service, service.agents[1]);
  await service.dovecot.deliver(clientLetter({ subject, text: 'Кто ответит?' }).source);
  await expect(anna.rows(subject)).toBeVisible();
  await expect(pyotr.rows(subject)).toBeVisible();
});

test.afterAll(async () => {
  await service.stop();
});

test('colleagues see who views a ticket, in the list and in the ticket; oneself is nobody else', async () => {
  await pyotr.open(subject);
  await expect(anna.rows(subject)).toContainText('Смотрит: Пётр Петров');
  await expect(anna.rows(subject).getByTitle('Смотрит: Пётр Петров')).toBeVisible();
  await expect(pyotr.rows(subject)).not.toContainText('Смотрит');
  await anna.open(subject);
  await expect(anna.ticket.getByText('Смотрит: Пётр Петров')).toBeVisible();
  await expect(pyotr.ticket.getByText('Смотрит: Анна Иванова')).toBeVisible();
  await expect(anna.ticket.getByText('Смотрит: Анна Иванова')).toBeHidden();
});

test('who begins an answer beside a colleague is told so, and sends it all the same', async () => {
  await pyotr.writeAnswer('Пишу ответ.\n');
  await expect(anna.rows(subject)).toContainText('Отвечает: Пётр Петров');
  await expect(anna.ticket.getByText('Отвечает: Пётр Петров')).toBeVisible();
  await anna.writeAnswer('Ответ Анны.\n');
  const hint = 'На эту заявку уже отвечают: Пётр Петров.';
  await expect(anna.composer.getByRole('status').filter({ hasText: hint })).toBeVisible();
  await expect(pyotr.composer.getByRole('status').filter({ hasText: 'Анна Иванова' })).toBeVisible();
  await anna.sendAnswer();
  await expect.poll(() => service.smtp.accepted.length).toBe(1);
  // The lease on the answer is gone with it, the words of the other desk are not.
  await expect(pyotr.composer.getByRole('status').filter({ hasText: 'Анна Иванова' })).toBeHidden();
  await expect(pyotr.ticket.getByText('Смотрит: Анна Иванова')).toBeVisible();
  await expect(pyotr.editor).toContainText('Пишу ответ.');
  await expect(pyotr.composer.getByText('Черновик сохранён')).toBeVisible();
});

test('a desk that is killed is forgotten when its word has lapsed', async () => {
  test.setTimeout(120_000);
  // Answered, it is no more among those that wait.
  await anna.showSection('Все');
  await pyotr.desk.kill();
  await expect(anna.rows(subject)).toContainText('Отвечает: Пётр Петров');
  clock.by(presenceLifeMs);
  await expect(anna.rows(subject)).not.toContainText('Пётр Петров', { timeout: beatMs });
  await expect(anna.ticket.getByText('Пётр Петров')).toBeHidden();
});

test('an agent who logs out is at no ticket at once', async () => {
  const admin = await Agent.arrive(service, service.admin);
  await admin.showSection('Все');
  await admin.open(subject);
  await expect(anna.ticket.getByText(/^Смотрит: /u)).toBeVisible();
  await admin.logOut();
  await expect(anna.ticket.getByText(/^Смотрит: /u)).toBeHidden();
  await assertQuietLogs(service, ['Пишу ответ.', 'Ответ Анны.']);
});
