import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { sampleLetters } from '#test/demo/sample-letters.ts';
import { Agent } from './agent.ts';
import { startService, type Service } from './start-service.ts';
import { cutOff, shortened, languageNames, Screenshots, type Scheme } from './take-screenshots.ts';

let service: Service;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  service = await startService();
  const now = Date.now();
  for (const { source, receivedAt } of await sampleLetters(service.address, now)) {
    await service.dovecot.deliver(source, { internalDate: new Date(receivedAt) });
  }
});

test.afterAll(async () => {
  await service.stop();
});

test('every screen stands whole in three languages, light and dark', async () => {
  test.setTimeout(240_000);
  const folder = process.env['STP_SCREENSHOTS'] ?? (await mkdtemp(join(tmpdir(), 'stp-screens-')));
  const agent = await Agent.start(service, await service.newUserData());
  const shots = await Screenshots.start(agent.page, folder);
  const cut = new Map<string, readonly string[]>();
  const statusBar = agent.page.getByRole('contentinfo');
  /** In all dresses; back in Russian and light, in which the agent goes on. */
  const take = async (screen: string): Promise<void> => {
    for (const language of ['be', 'en', 'ru'] as const) {
      for (const scheme of ['dark', 'light'] as const satisfies readonly Scheme[]) {
        await shots.wear(language, scheme);
        await shots.take(screen);
      }
      const found = [...(await cutOff(agent.page)), ...(await shortened(statusBar))];
      if (found.length > 0) cut.set(`${screen}, ${languageNames[language]}`, found);
    }
  };

  await agent.logIn(service.apiUrl, { login: service.admin.login, password: 'не тот пароль' });
  await expect(agent.page.getByRole('alert')).toBeVisible();
  await take('log-in');
  await agent.logIn(service.apiUrl, service.admin);

  // The first letter and its follow-up are one ticket, the automatic answer is none.
  await expect(agent.queue.getByRole('option')).toHaveCount(8);
  await take('queue');

  await agent.open('Увеличение дисковой квоты');
  await agent.ticket.getByRole('button', { name: 'Взять в работу' }).click();
  await expect(agent.ticket.getByText(/^В работе у вас до/u)).toBeVisible();
  await take('ticket');
  await agent.ticket.getByTitle('Показать, как получен срок').click();
  await expect(agent.page.getByRole('dialog', { name: 'Как получен срок ответа' })).toBeVisible();
  await take('deadline');
  await agent.page.keyboard.press('Escape');
  await agent.open('Не адкрываецца раздзел');
  await take('html-letter');

  await agent.open('Увеличение дисковой квоты');
  await agent.writeAnswer('Здравствуйте, Марина!\n\nКвоту увеличит администратор сайта, см. статью:\n');
  await agent.composer.getByRole('button', { name: 'Статья' }).click();
  const picker = agent.page.getByRole('dialog', { name: 'Вставить статью' });
  await picker.getByLabel('Искать в базе знаний').fill('квота');
  await expect(picker.getByRole('option')).toHaveCount(1);
  await take('article-picker');
  await picker.getByRole('option').click();
  await take('composer');

  await agent.showPage('База знаний');
  await take('articles');
  await agent.showPage('Настройки');
  await agent.page.getByRole('tab', { name: 'Почтовый ящик' }).click();
  await expect(agent.page.getByRole('form', { name: 'Почтовый ящик службы' })).toBeVisible();
  await take('settings');

  await Promise.all([service.apiGate.shut(), service.imapGate.shut(), service.smtpGate.shut()]);
  await expect(agent.status).toContainText('Сервер заявок: сервер не отвечает');
  await expect(agent.status).toContainText('Почта: сервер не отвечает');
  await agent.showPage('Очередь');
  await agent.open('Увеличение дисковой квоты');
  await agent.sendAnswer();
  await agent.open('Замена шаблона сайта');
  await agent.ticket.getByRole('button', { name: 'Взять в работу' }).click();
  await agent.writeAnswer('Змест захаваецца.\n');
  await expect(agent.composer.getByText('Черновик сохранён')).toBeVisible();
  await take('offline');
  await agent.showPage('Исходящие');
  await expect(agent.page.getByRole('region', { name: 'Черновики' })).toBeVisible();
  await take('outbox');

  expect(Object.fromEntries(cut)).toEqual({});
});
