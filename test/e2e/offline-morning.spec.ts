import { expect, test, type Locator } from '@playwright/test';
import { startGate, type Gate } from '#test/fakes/start-gate.ts';
import { Agent } from './agent.ts';
import { clientLetter } from './client-letter.ts';
import { startService, type Service } from './start-service.ts';
import { Screenshots } from './take-screenshots.ts';

let service: Service;
let gate: Gate;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  service = await startService();
  // A way to the API for one desk, which can be cut while the other works on.
  gate = await startGate(service.apiGate.port);
});

test.afterAll(async () => {
  await gate.shut();
  await service.stop();
});

const subjects = {
  claimed: 'Сбой на главной',
  noted: 'Вопрос решён',
  answered: 'Двойной ответ',
  triaged: 'Новый домен',
  drafted: 'Черновик ответа',
} as const;

test('a morning without network, a kill, and a server that moved on: all arrives once or is to be decided', async () => {
  test.setTimeout(150_000);
  const [ivanova, petrov] = service.agents;
  const anna = await Agent.arrive(service, ivanova);
  const data = await service.newUserData();
  let pyotr = await Agent.start(service, data);
  await pyotr.logIn(`http://127.0.0.1:${gate.port}`, petrov);
  for (const subject of Object.values(subjects)) {
    await service.dovecot.deliver(clientLetter({ subject, text: `Письмо: ${subject}` }).source);
  }
  for (const subject of Object.values(subjects)) {
    await expect(pyotr.rows(subject)).toBeVisible();
    await expect(anna.rows(subject)).toBeVisible();
  }
  const folder = process.env['STP_SCREENSHOTS'] ?? null;
  let shots = await Screenshots.start(pyotr.page, folder);

  await gate.shut();
  await service.imapGate.shut();
  await service.smtpGate.shut();
  await expect(pyotr.status).toContainText('Сервер заявок: сервер не отвечает');

  await open(pyotr, subjects.claimed);
  await pyotr.ticket.focus();
  await pyotr.page.keyboard.press('c');
  await expect(pyotr.ticket.getByText(/^В работе у вас до/u)).toBeVisible();
  await note(pyotr, 'Звонил хостеру.');

  await open(pyotr, subjects.triaged);
  await pyotr.ticket.focus();
  const kinds = await dialogBy(pyotr, 'l', 'Вид работ');
  await kinds.getByRole('combobox', { name: 'Найти вид работ' }).fill('домен');
  await pyotr.page.keyboard.press('Enter');
  await expect(pyotr.ticket.getByRole('button', { name: 'Доменные имена' })).toBeVisible();
  const critical = await dialogBy(pyotr, 'x', 'Критичная заявка');
  await critical.getByLabel('Причина').fill('Приём граждан');
  await critical.getByRole('button', { name: 'Вне очереди' }).click();
  await expect(critical).toBeHidden();
  // It goes to the top; a press in the middle of that would meet another row.
  await expect(pyotr.rows(/./u).first()).toContainText(subjects.triaged);

  await open(pyotr, subjects.noted);
  await note(pyotr, 'Перезвонить в среду.');

  await open(pyotr, subjects.answered);
  await pyotr.writeAnswer('Ответ Петра без связи.\n');
  await pyotr.sendAnswer();

  await pyotr.page.getByRole('main').focus();
  const call = await dialogBy(pyotr, 'p', 'Звонок клиента');
  await call.getByLabel('Телефон клиента').fill('+375 29 765-43-21');
  await call.getByLabel('Имя и учреждение').fill('Ольга Чернявская');
  await call.getByLabel('Суть обращения').fill('Звонок утром');
  await call.getByRole('button', { name: 'Создать заявку' }).click();
  await expect(call).toBeHidden();

  await open(pyotr, subjects.drafted);
  await pyotr.writeAnswer('Недописанный ответ.\n');
  await expect(pyotr.composer.getByText('Черновик сохранён')).toBeVisible();
  await shots.take('offline-1-morning');

  await pyotr.desk.kill();
  pyotr = await Agent.start(service, data);
  shots = await Screenshots.start(pyotr.page, folder);
  await expect(pyotr.queue).toBeVisible();
  await pyotr.showPage('Исходящие');
  const waiting = pyotr.page.getByRole('region', { name: 'Ждут отправки на сервер' });
  await expect(waiting.getByRole('listitem')).toHaveCount(6);
  await expect(waiting).toContainText('Сервер заявок: сервер не отвечает');
  const letters = pyotr.page.getByRole('region', { name: 'Письма' });
  await expect(letters.getByRole('article')).toHaveCount(1);
  const drafts = pyotr.page.getByRole('region', { name: 'Черновики' });
  await expect(drafts.getByRole('article', { name: `Re: ${subjects.drafted}` })).toBeVisible();
  await shots.take('offline-2-outbox-after-kill');
  expect(service.smtp.accepted).toHaveLength(0);

  // Meanwhile a colleague works on; only the mailbox is back for both.
  await service.imapGate.open();
  await service.smtpGate.open();
  await anna.retryNow();
  await open(anna, subjects.claimed);
  await anna.ticket.focus();
  await anna.page.keyboard.press('c');
  await expect(anna.ticket.getByText(/^В работе у вас до/u)).toBeVisible();
  await open(anna, subjects.answered);
  await anna.writeAnswer('Ответ Анны.\n');
  await anna.sendAnswer();
  await expect(anna.ticket.getByText('Ждём клиента', { exact: true })).toBeVisible({ timeout: 30_000 });
  expect(service.smtp.accepted).toHaveLength(1);

  await gate.open();
  await pyotr.retryNow();
  const refused = pyotr.page.getByRole('region', { name: 'Отклонено сервером' });
  await expect(refused).toContainText('Заявка уже в работе: Анна Иванова');
  // Only what stands behind the refused claim still waits, and it says for what.
  await expect(waiting.getByRole('listitem')).toHaveCount(1);
  await expect(waiting).toContainText('ждёт решения по отклонённому действию «Взять заявку в работу»');
  await expect(letters).toContainText('Коллега уже ответил.');
  await shots.take('offline-3-decisions');

  // Once the colleague lets go of it, the same can be done on the ticket as it stands now.
  await open(anna, subjects.claimed);
  await anna.ticket.focus();
  await anna.page.keyboard.press('Shift+C');
  await expect(anna.ticket.getByText(/^В работе у вас до/u)).toHaveCount(0);
  await refused.getByRole('button', { name: 'Повторить', exact: true }).click();
  await expect(refused).toHaveCount(0);
  await expect(waiting).toHaveCount(0);
  await expect(anna.ticket.getByText(/^В работе: Пётр Петров/u)).toBeVisible();
  await expect(anna.ticket.getByRole('note')).toHaveCount(1);

  await letters.getByRole('button', { name: 'Вернуть в черновик' }).click();
  await expect(letters).toHaveCount(0);
  await shots.take('offline-4-decided');
  await anna.showSection('Все открытые');
  await expect(anna.rows('Звонок утром')).toHaveCount(1);
  await expect(anna.rows(/./u).first()).toContainText(subjects.triaged);
  await open(anna, subjects.triaged);
  await expect(anna.ticket.getByText('Критичная: Приём граждан (Пётр Петров)')).toBeVisible();
  await expect(anna.ticket.getByRole('button', { name: 'Доменные имена' })).toBeVisible();
  await open(anna, subjects.noted);
  await expect(anna.ticket.getByRole('note')).toHaveCount(1);
  expect(service.smtp.accepted).toHaveLength(1);
});

/** Opens a ticket, and makes sure that it is this one. */
async function open(agent: Agent, subject: string): Promise<void> {
  await agent.open(subject);
  await expect(agent.ticket.getByRole('heading').first()).toContainText(subject);
}

async function note(agent: Agent, text: string): Promise<void> {
  await agent.ticket.focus();
  await agent.page.keyboard.press('m');
  const field = agent.ticket.getByRole('textbox', { name: 'Заметка для коллег' });
  await expect(field).toBeFocused();
  await agent.page.keyboard.insertText(text);
  await field.press('Control+Enter');
  await expect(field).toBeHidden();
  await expect(agent.ticket.getByRole('note')).toContainText(text);
}

/** Gives a command by its key, and the dialog that it opens. */
async function dialogBy(agent: Agent, key: string, name: string): Promise<Locator> {
  await agent.page.keyboard.press(key);
  const dialog = agent.page.getByRole('dialog', { name });
  await expect(dialog).toBeVisible();
  return dialog;
}
