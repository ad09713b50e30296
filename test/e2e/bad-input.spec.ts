import { randomFillSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, type Locator } from '@playwright/test';
import { askApi } from '#test/fakes/call-api.ts';
import { Agent } from './agent.ts';
import { assertQuietLogs } from './assert-quiet-logs.ts';
import { clientLetter } from './client-letter.ts';
import { startService, type Service } from './start-service.ts';

let service: Service;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  service = await startService();
});

test.afterAll(async () => {
  await service.stop();
});

test.describe('at work', () => {
  let admin: Agent;
  let userDataDir: string;

  test.beforeAll(async () => {
    userDataDir = await service.newUserData();
    admin = await Agent.arrive(service, service.admin, userDataDir);
  });

  test.afterAll(async () => {
    await admin.desk.close();
  });

  test('without the API the desk goes on, and what was done arrives when it is back', async () => {
    await service.dovecot.deliver(clientLetter({ subject: 'Без сервера', text: 'Текст письма.' }).source);
    await expect(admin.rows('Без сервера')).toBeVisible();
    await service.apiGate.shut();
    await expect(admin.status).toContainText('Сервер заявок: сервер не отвечает');

    await admin.open('Без сервера');
    await expect(admin.letters).toContainText('Текст письма.');
    await admin.ticket.getByRole('button', { name: 'Взять в работу' }).click();
    await expect(admin.ticket.getByText(/^В работе у вас до/u)).toBeVisible();
    // In the header; the line of the history says it too.
    await expect(admin.ticket.getByText('Ещё не на сервере', { exact: true }).first()).toBeVisible();
    await expect(admin.status).toContainText('1 действие не на сервере');
    await admin.writeAnswer('Ответ без связи с сервером заявок.\n');
    await admin.sendAnswer();
    await expect(admin.letters.nth(1)).toContainText('Нет связи с сервером заявок');
    expect(service.smtp.accepted).toHaveLength(0);

    await service.apiGate.open();
    await admin.retryNow();
    await expect(admin.status).toContainText('Сервер заявок: на связи');
    await expect(admin.ticket.getByText('Ждём клиента', { exact: true })).toBeVisible();
    await expect(admin.ticket.getByText('Ещё не на сервере')).toHaveCount(0);
    await expect(admin.status).not.toContainText('не на сервере');
    expect(service.smtp.accepted).toHaveLength(1);
    const { accessToken } = await askApi(service.api.url, 'logIn', null, { body: service.admin });
    const { tickets } = await askApi(service.api.url, 'queue', accessToken, {
      query: { section: 'waiting', limit: 10 },
    });
    expect(tickets.map(({ subject, status }) => ({ subject, status }))).toEqual([
      { subject: 'Без сервера', status: 'waiting' },
    ]);
  });

  test('the mailbox says what is wrong with it, and the desk goes on', async () => {
    await service.dovecot.deliver(clientLetter({ subject: 'До беды', text: 'Текст до беды.' }).source);
    await expect(admin.rows('До беды')).toBeVisible();
    await admin.showPage('Настройки');
    await admin.page.getByRole('tab', { name: 'Почтовый ящик' }).click();
    const form = admin.page.getByRole('form', { name: 'Почтовый ящик службы' });
    const imap = form.getByRole('group', { name: 'Получение почты (IMAP)' });
    const test_ = imap.getByRole('button', { name: 'Проверить получение' });
    const save = async (): Promise<void> => {
      await form.getByRole('button', { name: 'Сохранить' }).click();
      await expect(admin.page.getByText('Настройки почты сохранены.')).toBeVisible();
    };

    await imap.getByLabel('Пароль', { exact: true }).fill('не тот пароль');
    await test_.click();
    await expect(imap.getByRole('alert')).toContainText(
      'отвечает, но не принял имя пользователя или пароль.',
    );
    await save();
    await expect(admin.status).toContainText('Почта: логин или пароль не приняты');
    await expect(admin.status).toContainText('Сервер заявок: на связи');

    await imap.getByLabel('Пароль', { exact: true }).fill(service.dovecot.password);
    await form.getByText(/^Дополнительно/u).click();
    await form.getByRole('button', { name: 'Убрать' }).click();
    await test_.click();
    await expect(imap.getByRole('alert')).toContainText('не прошёл проверку, пароль не отправлен.');
    await save();
    await expect(admin.status).toContainText('Почта: сертификат не прошёл проверку');

    await service.imapGate.shut();
    await test_.click();
    await expect(imap.getByRole('alert')).toContainText(/Сервер .+ не отвечает на порту/u);
    await admin.retryNow();
    await expect(admin.status).toContainText('Почта: сервер не отвечает');

    // What is here can be read all the while, and what came meanwhile arrives once all is right again.
    await service.dovecot.deliver(clientLetter({ subject: 'Пока почты не было', text: 'Ау!' }).source);
    await admin.showPage('Очередь');
    await admin.showSection('Все');
    await admin.open('До беды');
    await expect(admin.letters).toContainText('Текст до беды.');
    await service.imapGate.open();
    await service.changeMailbox(() => ({ certificateAuthority: service.dovecot.caPem }));
    await admin.showPage('Настройки');
    await admin.page.getByRole('tab', { name: 'Почтовый ящик' }).click();
    await save();
    await expect(admin.status).toContainText('Почта: на связи');
    await admin.showPage('Очередь');
    await expect(admin.rows('Пока почты не было')).toBeVisible();
  });

  test('a desk that starts without the API opens with what it knows, and says so', async () => {
    await service.dovecot.deliver(clientLetter({ subject: 'Уже здесь', text: 'Письмо на диске.' }).source);
    await admin.showPage('Очередь');
    await admin.showSection('Все');
    await admin.open('Уже здесь');
    await expect(admin.letters).toContainText('Письмо на диске.');
    await admin.desk.close();
    await service.apiGate.shut();
    admin = await Agent.start(service, userDataDir);
    await admin.open('Уже здесь');
    await expect(admin.letters).toContainText('Письмо на диске.');
    await expect(admin.status).toContainText('работа без связи');
    await admin.ticket.getByRole('button', { name: 'Взять в работу' }).click();
    await expect(admin.status).toContainText('1 действие не на сервере');
    await service.apiGate.open();
    await admin.retryNow();
    await expect(admin.status).not.toContainText('не на сервере');
    await expect(admin.status).not.toContainText('работа без связи');
    await expect(admin.ticket.getByText(/^В работе у вас до/u)).toBeVisible();
  });

  test('a letter of 50 MB and a letter of garbage stop nobody', async () => {
    test.setTimeout(120_000);
    await admin.showPage('Очередь');
    await admin.showSection('Все');
    await service.dovecot.deliver(hugeLetter('Очень большое письмо'));
    await service.dovecot.deliver(garbage());
    await service.dovecot.deliver(clientLetter({ subject: 'Обычное письмо', text: 'Как дела?' }).source);

    await expect(admin.rows('Обычное письмо')).toBeVisible();
    await admin.open('Обычное письмо');
    await expect(admin.letters).toContainText('Как дела?');

    await admin.open('Очень большое письмо');
    await expect(admin.letters).toContainText('Большое письмо: здесь только его заголовок.');
    await admin.letters.getByRole('button', { name: 'Получить письмо' }).click();
    await expect(admin.letters).toContainText('Во вложении запись экрана.');
    const recording = admin.letters.getByRole('listitem').filter({ hasText: 'запись.mp4' });
    await expect(recording).toContainText('МБ');
    await expect(recording.getByRole('button', { name: 'Сохранить вложение запись.mp4' })).toBeEnabled();

    await expect(admin.rows('(без темы)')).toBeVisible();
    await expect(admin.status).toContainText('Почта: на связи');
  });
});

// Comes last: a desk that is gone keeps the ingest lease until it expires, and letters wait for that long.
test.describe('at log-in', () => {
  let stranger: Agent;

  test.beforeAll(async () => {
    stranger = await Agent.start(service, await service.newUserData());
  });

  test.afterAll(async () => {
    await stranger.desk.close();
  });

  const problem = (): Locator => stranger.page.getByRole('alert');

  test('an API that is down is told from a wrong password, a wrong server and a wrong certificate', async () => {
    const [ivanova] = service.agents;
    // Somebody has been here before: what a new desk asks for is tried in setup.spec.ts.
    await stranger.logIn(service.apiUrl, service.admin);
    await expect(stranger.queue).toBeVisible();
    await stranger.logOut();

    await service.apiGate.shut();
    await stranger.logIn(service.apiUrl, ivanova);
    await expect(problem()).toContainText('Без связи здесь войти нельзя');
    await service.apiGate.open();

    await stranger.logIn(service.apiUrl, { login: ivanova.login, password: 'не тот пароль' });
    await expect(problem()).toContainText('Логин или пароль не подошли.');

    await stranger.logIn(await startWebSite(), ivanova);
    await expect(problem()).toContainText('По этому адресу отвечает не тот сервер.');

    await stranger.logIn(`https://127.0.0.1:${service.dovecot.tlsPort}`, ivanova);
    await expect(problem()).toContainText(
      'Сертификат сервера не прошёл проверку, поэтому пароль не отправлен.',
    );

    await stranger.logIn('http://stp.example.by', ivanova);
    await expect(problem()).toContainText('Соединение без шифрования запрещено.');

    // What was typed is still there; the right password opens the desk.
    await expect(stranger.page.getByLabel('Логин')).toHaveValue(ivanova.login);
    await stranger.logIn(service.apiUrl, ivanova);
    await expect(stranger.queue).toBeVisible();
  });
});

// The last one: it ends the desks.
test('nothing of all this is in a log', async () => {
  await assertQuietLogs(service, ['не тот пароль']);
});

/** Starts an HTTP server that is no ticket API. */
async function startWebSite(): Promise<string> {
  const site = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>It works!</h1>');
  });
  site.listen(0, '127.0.0.1').unref();
  await once(site, 'listening');
  return `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
}

/** 50 MB on the wire, most of it one attachment. */
function hugeLetter(subject: string): Uint8Array {
  const head = [
    'From: client@school.example',
    'To: support@example.test',
    `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
    'Date: Mon, 23 Nov 2026 09:00:00 +0300',
    'Message-ID: <huge@school.example>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="edge"',
    '',
    '--edge',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Во вложении запись экрана.',
    '--edge',
    'Content-Type: video/mp4',
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: attachment; filename*=utf-8''${encodeURIComponent('запись.mp4')}`,
    '',
    '',
  ].join('\r\n');
  const line = Buffer.from(`${'A'.repeat(76)}\r\n`);
  const lines = Math.ceil(50_000_000 / line.length);
  return Buffer.concat([
    Buffer.from(head),
    Buffer.alloc(lines * line.length, line),
    Buffer.from('--edge--\r\n'),
  ]);
}

/** Bytes without any sense; NUL is the one that IMAP cannot carry (RFC 3501 §9, CHAR8). */
function garbage(): Uint8Array {
  return randomFillSync(Buffer.alloc(20_000)).map((byte) => (byte === 0 ? 1 : byte));
}
