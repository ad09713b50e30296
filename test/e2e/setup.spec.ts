import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { startApi, type RunningApi } from '#test/fakes/start-api.ts';
import { startDovecot, type Dovecot } from '#test/fakes/start-dovecot.ts';
import { startSmtpDrop, type SmtpDrop } from '#test/fakes/smtp-drop.ts';
import { Agent } from './agent.ts';
import { clientLetter } from './client-letter.ts';
import type { LaunchedApp } from './launch-app.ts';

let folder: string;
let api: RunningApi;
let dovecot: Dovecot;
let smtp: SmtpDrop;
let stranger: Server;
let strangerUrl: string;
const desks: LaunchedApp[] = [];

test.beforeAll(async () => {
  test.setTimeout(180_000);
  folder = await mkdtemp(join(tmpdir(), 'stp-setup-'));
  [api, dovecot, smtp] = await Promise.all([
    startApi({ database: 'postgres' }),
    startDovecot(),
    startSmtpDrop(['accept']),
  ]);
  stranger = createServer((_request, response) => response.end('<p>Сайт школы</p>'));
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  strangerUrl = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
});

test.afterAll(async () => {
  for (const desk of desks) await desk.kill();
  await new Promise((resolve) => stranger.close(resolve));
  await Promise.all([api.close(), dovecot.stop(), smtp.close()]);
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

test('from an empty profile to the first answer', async () => {
  test.setTimeout(180_000);
  const userData = join(folder, 'desk');
  const agent = await Agent.start({ desks }, userData);
  const { page } = agent;
  const next = page.getByRole('button', { name: 'Далее' });
  const problem = page.getByRole('alert');

  await test.step('looks: the choice shows at once', async () => {
    await expect(page.getByRole('heading', { name: 'Добро пожаловать' })).toBeVisible();
    await page.getByRole('radiogroup', { name: 'Язык' }).getByText('Беларуская').click();
    await expect(page.getByRole('heading', { name: 'Вітаем' })).toBeVisible();
    await page.getByRole('radiogroup', { name: 'Мова' }).getByText('Русский').click();
    await next.click();
  });

  await test.step('server: every failure has its words, going back loses nothing', async () => {
    const address = page.getByLabel('Адрес сервера заявок');
    await expect(address).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByText('Впишите адрес сервера.')).toBeVisible();
    await expect(address).toBeFocused();
    for (const [typed, words] of [
      ['http://', 'Это не похоже на адрес.'],
      ['http://stp.example.by', 'годится только для этого же компьютера'],
      ['http://127.0.0.1:9', 'По этому адресу никто не отвечает.'],
      [strangerUrl, 'отвечает что-то другое'],
      [`https://127.0.0.1:${dovecot.tlsPort}`, 'Сертификат сервера не прошёл проверку.'],
    ] as const) {
      await address.fill(typed);
      await page.getByRole('button', { name: 'Проверить связь' }).click();
      await expect(problem).toContainText(words);
    }
    await address.fill(api.url);
    await page.getByRole('button', { name: 'Проверить связь' }).click();
    await expect(page.getByText('Сервер заявок отвечает')).toBeVisible();
    await page.keyboard.press('Alt+ArrowLeft');
    await expect(page.getByRole('heading', { name: 'Добро пожаловать' })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(address).toHaveValue(api.url);
    await page.keyboard.press('Enter');
  });

  await test.step('log-in as the printed administrator', async () => {
    await expect(page.getByLabel('Логин')).toBeFocused();
    await page.keyboard.type(api.adminLogin);
    await page.keyboard.press('Tab');
    await page.keyboard.type('не тот пароль');
    await page.keyboard.press('Enter');
    await expect(problem).toContainText('Логин или пароль не подошли.');
    await page.getByRole('textbox', { name: 'Пароль' }).fill(api.adminPassword);
    await page.keyboard.press('Enter');
  });

  const form = page.getByRole('form', { name: 'Почтовый ящик службы' });
  await test.step('mailbox: both servers are tried out', async () => {
    await expect(form).toBeVisible();
    await form.getByLabel('Адрес ящика').fill('info@mail.ru');
    await page.keyboard.press('Tab');
    const imap = form.getByRole('group', { name: 'Получение почты (IMAP)' });
    const outgoing = form.getByRole('group', { name: 'Отправка почты (SMTP)' });
    await expect(imap.getByLabel('Сервер')).toHaveValue('imap.mail.ru');
    await expect(outgoing.getByLabel('Сервер')).toHaveValue('smtp.mail.ru');
    await form.getByRole('button', { name: 'Сохранить и продолжить' }).click();
    await expect(imap.getByLabel('Пароль', { exact: true })).toBeFocused();

    await form.getByLabel('Адрес ящика').fill(dovecot.user);
    await form.getByLabel('Имя отправителя').fill('Служба поддержки');
    await imap.getByLabel('Сервер').fill('127.0.0.1');
    await imap.getByLabel('Порт').fill('9');
    await imap.getByLabel('Пользователь').fill(dovecot.user);
    await imap.getByLabel('Пароль', { exact: true }).fill('не тот');
    const tryOut = imap.getByRole('button', { name: 'Проверить получение' });
    await tryOut.click();
    await expect(imap.getByRole('alert')).toContainText('127.0.0.1 не отвечает на порту 9');
    await imap.getByLabel('Порт').fill(String(dovecot.tlsPort));
    await tryOut.click();
    await expect(imap.getByRole('alert')).toContainText('добавьте её центр сертификации');
    await form.getByText('Дополнительно:').click();
    const authority = join(folder, 'ca.pem');
    await writeFile(authority, dovecot.caPem);
    const chooser = page.waitForEvent('filechooser');
    await form.getByRole('button', { name: 'Выбрать файл' }).click();
    await (await chooser).setFiles(authority);
    await expect(form.getByText('Задан', { exact: true })).toBeVisible();
    await tryOut.click();
    await expect(imap.getByRole('alert')).toContainText('не принял имя пользователя или пароль');
    await imap.getByLabel('Пароль', { exact: true }).fill(dovecot.password);
    await tryOut.click();
    await expect(imap.getByText('Вход выполнен')).toBeVisible();

    await outgoing.getByLabel('Сервер').fill('127.0.0.1');
    await outgoing.getByLabel('Порт').fill(String(smtp.port));
    await outgoing.getByRole('combobox', { name: 'Шифрование' }).click();
    await page.getByRole('option', { name: 'Без шифрования' }).click();
    await outgoing.getByLabel('Пользователь').fill('desk');
    await outgoing.getByLabel('Пароль', { exact: true }).fill('secret');
    await outgoing.getByRole('button', { name: 'Проверить отправку' }).click();
    await expect(outgoing.getByText('Вход выполнен')).toBeVisible();
    await form.getByRole('button', { name: 'Сохранить и продолжить' }).click();
  });

  await test.step('the first password is changed, the work goes on', async () => {
    await expect(page.getByRole('heading', { name: 'Осталось немного' })).toBeVisible();
    const password = page.getByRole('form', { name: 'Мой пароль' });
    await password.getByLabel('Новый пароль', { exact: true }).fill('три слова подряд');
    await password.getByLabel('Новый пароль ещё раз').fill('три слова');
    await password.getByRole('button', { name: 'Сменить пароль' }).click();
    await expect(password.getByText('Пароли не совпадают.')).toBeVisible();
    await password.getByLabel('Новый пароль ещё раз').fill('три слова подряд');
    await password.getByRole('button', { name: 'Сменить пароль' }).click();
    await expect(page.getByText('Пароль изменён.')).toBeVisible();
    await page.getByRole('button', { name: 'Перейти к заявкам' }).click();
    await expect(agent.queue).toBeVisible();
  });

  await test.step('the first request is answered', async () => {
    await dovecot.deliver(clientLetter({ subject: 'Первая заявка', text: 'Здравствуйте!' }).source);
    await agent.open('Первая заявка');
    await agent.writeAnswer('Здравствуйте! Мы на связи.\n');
    await agent.sendAnswer();
    await expect.poll(() => smtp.accepted.length, { timeout: 30_000 }).toBe(1);
    expect(smtp.accepted[0]?.to).toEqual(['client@school.example']);
  });

  await test.step('whoever returns sees the plain log-in form and the server’s name', async () => {
    await agent.logOut();
    const logIn = page.getByRole('form', { name: 'Вход' });
    await expect(logIn).toContainText(api.url);
    await agent.logIn(api.url, { login: api.adminLogin, password: api.adminPassword });
    await expect(page.getByRole('alert')).toContainText('Логин или пароль не подошли.');
    await agent.logIn(api.url, { login: api.adminLogin, password: 'три слова подряд' });
    await expect(agent.queue).toBeVisible();
  });
});
