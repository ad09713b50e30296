import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Locator } from '@playwright/test';
import { advertisements } from '#test/demo/problems/other-letters.ts';
import { startDemo, type Demo } from '#test/demo/start-demo.ts';
import { writeLetter } from '#test/demo/write-letter.ts';
import { Agent } from './agent.ts';
import { Keyboard } from './keyboard.ts';

let demo: Demo;
let agent: Agent;
let keys: Keyboard;
let userData: string;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  userData = await mkdtemp(join(tmpdir(), 'stp-day-'));
  [demo, agent] = await Promise.all([startDemo(), Agent.start({ desks: [] }, userData)]);
  keys = new Keyboard(agent.page);
});

test.afterAll(async () => {
  await agent.desk.kill();
  await demo.close();
  await rm(userData, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

test('a whole working day goes by keyboard alone', async () => {
  test.setTimeout(300_000);
  const { page } = agent;
  const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
  const dialog = (name: string): Locator => page.getByRole('dialog', { name });
  const title = async (): Promise<string> => (await agent.ticket.getAttribute('aria-label')) ?? '';

  await test.step('set the desk up and log in', async () => {
    await keys.tabTo(button('Далее'));
    await keys.press('Enter');
    await keys.tabTo(page.getByLabel('Адрес сервера заявок'));
    await keys.type(demo.apiUrl);
    await keys.press('Enter');
    await keys.tabTo(page.getByLabel('Логин', { exact: true }));
    await keys.type(demo.account.login);
    await keys.tabTo(page.getByLabel('Пароль', { exact: true }));
    await keys.type(demo.account.password);
    await page.keyboard.press('Enter');
    await expect(agent.rows(/№/u).first()).toBeVisible({ timeout: 60_000 });
  });

  await test.step('see what is overdue, open the second and take it', async () => {
    await expect(page.getByRole('listbox', { name: 'Заявки: Ждут ответа' })).toBeFocused();
    await keys.press('Alt+2');
    // Its own rows, not those of the section before.
    const overdue = page.getByRole('listbox', { name: 'Заявки: Просрочены' });
    await expect(overdue).toHaveAttribute('aria-busy', 'false');
    await keys.press('j', 'j', 'k', 'Enter');
    await expect(agent.ticket).toBeVisible();
    await keys.press('c');
    await expect(agent.ticket.getByText(/В работе у вас до/u)).toBeVisible();
  });

  await test.step('answer by a template and an article, call the letter back, send it again', async () => {
    await keys.press('r');
    await expect(agent.editor).toBeFocused();
    await keys.press('Control+j');
    await expect(dialog('Вставить шаблон')).toBeVisible();
    await keys.type('дата');
    await keys.press('Enter');
    await expect(agent.editor).toContainText('Дата копии');
    await keys.press('Control+Enter');
    await expect(agent.composer.getByText('Заполните в письме: Дата копии.')).toBeVisible();
    await keys.type('10 ноября');
    await keys.press('End');
    await keys.type(' ??резерв');
    await expect(page.getByRole('option', { name: /Восстановление сайта/u })).toBeVisible();
    await keys.press('Enter');
    await expect(agent.editor.getByRole('link', { name: /vosstanovlenie|Восстановление/u })).toBeVisible();
    await keys.press('Control+Enter');
    await expect(page.getByText(/Ответ уйдёт через/u)).toBeVisible();
    await keys.press('Alt+z');
    await expect(agent.editor).toBeFocused();
    await keys.press('Control+Enter');
    await expect(agent.composer).toBeHidden();
    await expect.poll(() => demo.mailbox.sent.length, { timeout: 30_000 }).toBe(1);
    await expect(agent.ticket.getByText('Ждём клиента')).toBeVisible();
  });

  await test.step('answer another, send it and go on to the next', async () => {
    await keys.press(']');
    const first = await title();
    await keys.press('r');
    await expect(agent.editor).toBeFocused();
    await keys.type('Готово, проверьте, пожалуйста. ');
    await keys.press('Control+Shift+Enter');
    await expect.poll(title).not.toBe(first);
    await expect(agent.composer).toBeHidden();
  });

  await test.step('leave a note, say what kind of work it is, give it to a colleague', async () => {
    await keys.press('m');
    await expect(page.getByRole('textbox', { name: 'Заметка для коллег' })).toBeFocused();
    await keys.type('Созвонились, ждут до пятницы');
    await keys.press('Control+Enter');
    await expect(page.getByRole('textbox', { name: 'Заметка для коллег' })).toBeHidden();
    await expect(agent.ticket.getByText('Созвонились, ждут до пятницы')).toBeVisible();
    await keys.press('l');
    await expect(dialog('Вид работ')).toBeVisible();
    await keys.type('квот');
    await keys.press('Enter');
    await expect(agent.ticket.getByRole('button', { name: /Дисковая квота/u })).toBeVisible();
    await keys.press('a');
    await expect(dialog('Кому поручить заявку')).toBeVisible();
    await keys.type('Сак');
    await keys.press('Enter');
    await expect(agent.ticket.getByText('Исполнитель: Ольга Сак')).toBeVisible();
  });

  await test.step('hand it to the developers, move it out of turn, look at its deadline and history', async () => {
    await keys.press('d');
    await expect(dialog('Передать разработчикам')).toBeVisible();
    await keys.type('WM-2001');
    await keys.press('Enter');
    await expect(agent.ticket.getByText('У разработчиков: WM-2001')).toBeVisible();
    await keys.press('x');
    await expect(dialog('Критичная заявка')).toBeVisible();
    await keys.type('Сайт недоступен');
    await keys.tabTo(button('Вне очереди'));
    await keys.press('Enter');
    await expect(agent.ticket.getByText('Критичная: Сайт недоступен (Анна Лис)')).toBeVisible();
    await keys.press('i');
    await expect(dialog('Как получен срок ответа')).toBeVisible();
    await keys.press('Escape');
    await keys.press('h');
    await expect(page.getByRole('dialog')).toContainText('WM-2001');
    await keys.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  });

  await test.step('put it off until the morning', async () => {
    await keys.press('z');
    await expect(dialog('Отложить заявку')).toBeVisible();
    await keys.press('Enter');
    await expect(agent.ticket.getByText(/Отложена до/u)).toBeVisible();
  });

  await test.step('write down a call, settle it, open it again', async () => {
    await keys.press('p');
    const call = dialog('Звонок клиента');
    await keys.tabTo(call.getByLabel('Телефон клиента'));
    await keys.type('+375 17 555-12-34');
    await keys.tabTo(call.getByLabel('Имя и учреждение'));
    await keys.type('Мария Клим, школа № 5');
    await keys.tabTo(call.getByLabel('Суть обращения'));
    await keys.type('Не открывается сайт школы');
    await keys.tabTo(call.getByLabel('Что рассказал клиент'));
    await keys.type('С самого утра, у всех учителей');
    await keys.tabTo(call.getByRole('button', { name: 'Создать заявку' }));
    await page.keyboard.press('Enter');
    await expect(agent.ticket.getByRole('heading', { name: 'Не открывается сайт школы' })).toBeVisible();
    await keys.press('e');
    await expect(dialog('Закрыть заявку')).toBeVisible();
    await keys.press('Space');
    await keys.tabTo(dialog('Закрыть заявку').getByLabel('Причина'));
    await keys.type('Решили по телефону');
    await keys.tabTo(dialog('Закрыть заявку').getByRole('button', { name: 'Закрыть заявку' }));
    await keys.press('Enter');
    await expect(agent.ticket.getByText('Закрыта', { exact: true })).toBeVisible();
    await keys.press('o');
    await expect(agent.ticket.getByText('Открыта', { exact: true })).toBeVisible();
    await keys.press('Escape');
    await expect(agent.ticket).toBeHidden();
  });

  await test.step('find an answered ticket by its number and close it as done', async () => {
    const { tickets } = await demo.agents.anna.ask('queue', { query: { section: 'waiting', limit: 200 } });
    const waiting = tickets.find(({ escalation, snooze }) => escalation === null && snooze === null);
    await keys.press('/');
    await keys.type(`#${waiting?.number}`);
    await expect(agent.rows(/№/u)).toHaveCount(1);
    await keys.press('Enter', 'Enter');
    await expect(agent.ticket).toHaveAccessibleName(`Заявка № ${waiting?.number}`);
    await keys.press('e');
    await expect(dialog('Закрыть заявку').getByRole('radio', { name: 'Выполнена' })).toBeFocused();
    await keys.tabTo(dialog('Закрыть заявку').getByRole('button', { name: 'Закрыть заявку' }));
    await keys.press('Enter');
    await expect(agent.ticket.getByText('Закрыта', { exact: true })).toBeVisible();
  });

  await test.step('find a client by name', async () => {
    await keys.press('/');
    await keys.press('Control+a');
    await keys.type('Дробыш');
    await expect(agent.rows('Павел Дробыш').first()).toBeVisible();
    await keys.press('Escape');
    await keys.press('Escape');
  });

  await test.step('close what has just come and is no request, and block its sender', async () => {
    await deliverAdvertisement();
    await keys.press('Alt+1');
    await keys.press('/');
    await keys.type('seo@promo');
    // Nothing else is listed any more.
    await expect(agent.rows(/№/u)).toHaveCount(1);
    await expect(agent.rows('Выведем ваш сайт в ТОП')).toHaveCount(1);
    await keys.press('Enter', 'Enter');
    await expect(agent.ticket.getByText('бесплатный аудит')).toBeVisible();
    await keys.press('Shift+E');
    await keys.tabTo(dialog('Закрыть: это не заявка').getByRole('checkbox'));
    await keys.press('Space');
    await keys.tabTo(button('Закрыть как не заявку'));
    await keys.press('Enter');
    await expect(agent.ticket.getByText('Закрыта', { exact: true })).toBeVisible();
    await keys.press('/', 'Escape', 'Escape');
  });

  await test.step('pass a letter on', async () => {
    await keys.press('Alt+1');
    await expect(page.getByRole('listbox', { name: 'Заявки: Ждут ответа' })).toHaveAttribute(
      'aria-busy',
      'false',
    );
    await keys.press('Home', 'Enter');
    await expect(agent.ticket).toHaveAttribute('aria-busy', 'false');
    await expect(agent.ticket.getByRole('article').first()).toBeVisible();
    await keys.press('f');
    await expect(agent.composer).toHaveAccessibleName('Пересылка письма');
    await keys.tabTo(agent.composer.getByRole('textbox', { name: 'Кому' }), 'Shift+Tab');
    await keys.type('dev@web-masterskaya.example');
    await keys.press('Enter');
    const before = demo.mailbox.sent.length;
    await keys.press('Control+Enter');
    await keys.tabTo(page.getByRole('dialog').getByRole('button', { name: 'Переслать', exact: true }));
    await keys.press('Enter');
    await expect.poll(() => demo.mailbox.sent.length, { timeout: 30_000 }).toBe(before + 1);
  });

  await test.step('look at the outbox through the palette, and at all keys', async () => {
    await keys.press('Control+k');
    await keys.type('исходящие');
    await keys.press('Enter');
    await expect(page.getByRole('heading', { name: 'Исходящие' })).toBeVisible();
    await keys.press('F1');
    await expect(dialog('Клавиши')).toBeVisible();
    await keys.press('Escape');
    await keys.press('g', 'q');
    await expect(agent.queue).toBeVisible();
  });

  await test.step('change language and looks', async () => {
    await keys.press('Control+k');
    await keys.type('сменить тему');
    await keys.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
    await keys.press('Control+k');
    await keys.type('беларуская');
    await keys.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('lang', 'be');
    await keys.press('Control+k');
    await keys.type('english');
    await keys.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  });

  await test.step('log out', async () => {
    await keys.press('Control+k');
    await keys.type('log out');
    await page.keyboard.press('Enter');
    await expect(page.getByLabel('Password', { exact: true })).toBeVisible();
  });
});

/** What comes into every support mailbox, in the middle of the day. */
async function deliverAdvertisement(): Promise<void> {
  const at = Date.now();
  const source = await writeLetter({
    ...advertisements[0],
    messageId: '<offer-1@promo.example>',
    from: { name: 'Продвижение', address: 'seo@promo.example' },
    to: { name: '', address: 'info@support.example' },
    at,
    program: 'thunderbird',
    language: 'ru',
  });
  demo.mailbox.deliver(source, at);
}
