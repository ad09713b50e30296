import { expect, test } from '@playwright/test';
import { startGate, type Gate } from '#test/fakes/start-gate.ts';
import { Agent } from './agent.ts';
import { clientLetter } from './client-letter.ts';
import { startService, type Service } from './start-service.ts';

let service: Service;
let gate: Gate;
let anna: Agent;
let pyotr: Agent;
let pyotrsData: string;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  service = await startService();
  const [ivanova, petrov] = service.agents;
  gate = await startGate(service.apiGate.port);
  anna = await Agent.arrive(service, ivanova);
  pyotrsData = await service.newUserData();
  // A way to the API of his own, which can be cut while the other desk works on.
  pyotr = await Agent.start(service, pyotrsData);
  await pyotr.logIn(`http://127.0.0.1:${gate.port}`, petrov);
  await expect(pyotr.queue).toBeVisible();
});

test.afterAll(async () => {
  await gate.shut();
  await service.stop();
});

test('two claims of one ticket: the first counts, the other desk says why its own does not', async () => {
  await service.dovecot.deliver(clientLetter({ subject: 'Спорная заявка', text: 'Кто возьмёт?' }).source);
  await anna.open('Спорная заявка');
  await pyotr.open('Спорная заявка');
  await gate.shut();
  await expect(pyotr.status).toContainText('Сервер заявок: сервер не отвечает');
  await pyotr.ticket.getByRole('button', { name: 'Взять в работу' }).click();
  await expect(pyotr.ticket.getByText(/^В работе у вас/u)).toBeVisible();
  await anna.ticket.getByRole('button', { name: 'Взять в работу' }).click();
  await expect(anna.ticket.getByText(/^В работе у вас/u)).toBeVisible();

  await gate.open();
  await pyotr.retryNow();
  await expect(pyotr.ticket.getByRole('alert')).toContainText('Заявка уже в работе: Анна Иванова');
  await expect(pyotr.ticket.getByText(/^В работе: Анна Иванова/u)).toBeVisible();
  await pyotr.ticket.getByRole('button', { name: 'Понятно, убрать' }).click();
  await expect(pyotr.ticket.getByRole('alert')).toHaveCount(0);
  await expect(anna.ticket.getByText(/^В работе у вас/u)).toBeVisible();
});

test('tags that both put on and took off without each other all count', async () => {
  await service.dovecot.deliver(clientLetter({ subject: 'Заявка с метками', text: 'Просьба.' }).source);
  const tag = async (agent: Agent, change: () => Promise<void>) => {
    await agent.page.keyboard.press('Shift+L');
    const dialog = agent.page.getByRole('dialog', { name: 'Метки заявки' });
    const field = dialog.getByRole('combobox', { name: 'Метки' });
    await expect(field).toBeFocused();
    await change();
    await dialog.getByRole('button', { name: 'Сохранить' }).click();
    await expect(dialog).toBeHidden();
  };
  const type =
    (agent: Agent, ...words: readonly string[]) =>
    async () => {
      for (const word of words) {
        await agent.page.keyboard.insertText(word);
        await agent.page.keyboard.press('Enter');
      }
    };
  const shows = (agent: Agent, words: string) =>
    expect(agent.ticket.getByRole('button', { name: words, exact: true })).toBeVisible();
  await anna.open('Заявка с метками');
  await pyotr.open('Заявка с метками');
  await tag(anna, type(anna, 'Архив', 'сайт'));
  await shows(pyotr, 'Метки: архив, сайт');

  await gate.shut();
  await expect(pyotr.status).toContainText('Сервер заявок: сервер не отвечает');
  await tag(pyotr, type(pyotr, 'почта'));
  await shows(pyotr, 'Метки: архив, почта, сайт');
  // The last of them is taken off by Backspace.
  await tag(anna, async () => anna.page.keyboard.press('Backspace'));
  await shows(anna, 'Метки: архив');
  await tag(anna, type(anna, 'ПОЧТА', 'срочно'));
  await shows(anna, 'Метки: архив, почта, срочно');

  await gate.open();
  await pyotr.retryNow();
  for (const agent of [anna, pyotr]) await shows(agent, 'Метки: архив, почта, срочно');
});

test('two answers to one letter: the second is held until its agent decides', async () => {
  await service.dovecot.deliver(clientLetter({ subject: 'Общий вопрос', text: 'Ответьте!' }).source);
  for (const agent of [anna, pyotr]) await agent.open('Общий вопрос');
  await anna.writeAnswer('Ответ Анны.\n');
  await pyotr.writeAnswer('Ответ Петра.\n');
  await anna.sendAnswer();
  await expect(anna.ticket.getByText('Ждём клиента', { exact: true })).toBeVisible();
  await pyotr.sendAnswer();
  const held = pyotr.letters.filter({ hasText: 'Ответ Петра.' });
  await expect(held).toContainText('Коллега уже ответил.');
  expect(service.smtp.accepted).toHaveLength(1);
  await held.getByRole('button', { name: 'Вернуть в черновик' }).click();
  await pyotr.composer.getByRole('button', { name: 'Удалить черновик' }).click();
  const question = pyotr.page.getByRole('dialog', { name: 'Удалить черновик' });
  await question.getByRole('button', { name: 'Удалить черновик' }).click();
  await expect(pyotr.composer).toBeHidden();
  await expect(pyotr.letters).toHaveCount(2);
  expect(service.smtp.accepted).toHaveLength(1);
});

test('another agent at the same computer finds nothing of the first', async () => {
  await pyotr.logOut();
  await expect(pyotr.page.getByRole('form', { name: 'Вход' })).toBeVisible();
  await pyotr.desk.close();
  const second = await Agent.arrive(service, service.admin, pyotrsData);
  await second.showPage('Исходящие');
  await expect(second.page.getByText('Всё отправлено и подтверждено сервером.')).toBeVisible();
  await second.showPage('Очередь');
  await second.showSection('Все');
  await expect(second.rows('Спорная заявка')).toContainText('Анна Иванова');
});
