import { expect } from '@playwright/test';
import { askApi } from '#test/fakes/call-api.ts';
import type { Agent } from './agent.ts';
import type { Service } from './start-service.ts';
import { tourLetters } from './tour-letters.ts';

/** Called on each screen of a tour; leaves the desk as it was. */
export type Visit = (screen: string) => Promise<void>;

/** Letters for all states that the tour goes through. */
export async function deliverSampleLetters(service: Service): Promise<void> {
  for (const { source, receivedAt } of await tourLetters(service.address, Date.now())) {
    await service.dovecot.deliver(source, { internalDate: new Date(receivedAt) });
  }
}

/** Dialogs over a ticket by the key that opens each. */
const ticketDialogs = {
  KeyI: 'deadline',
  KeyA: 'assign',
  KeyL: 'classify',
  'Shift+KeyL': 'tags',
  KeyX: 'critical',
  KeyZ: 'snooze',
  KeyD: 'escalate',
  KeyE: 'close',
  'Shift+KeyE': 'not-a-request',
  KeyU: 'client',
  'Shift+KeyU': 'participants',
  KeyH: 'history',
  KeyB: 'reasons',
  KeyV: 'link',
  KeyY: 'merge',
  KeyS: 'split',
} as const;

const settingsTabs = {
  'Моё рабочее место': 'preferences',
  Заблокированные: 'senders',
  'Почтовый ящик': 'mailbox',
  Сотрудники: 'agents',
  'Группы и подписи': 'groups',
  Регламент: 'regulation',
  Календарь: 'calendar',
  Служба: 'service',
} as const;

/** A new desk, from the welcome to the queue of an administrator. */
export async function tourArrival(agent: Agent, service: Service, visit: Visit): Promise<void> {
  const { page } = agent;
  await expect(page.getByRole('heading', { name: 'Добро пожаловать' })).toBeVisible();
  await visit('setup-look');
  await page.getByRole('button', { name: 'Далее' }).click();
  await page.getByLabel('Адрес сервера заявок').fill('http://127.0.0.1:9');
  await page.getByRole('button', { name: 'Проверить связь' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('setup-server');
  await page.getByLabel('Адрес сервера заявок').fill(service.apiUrl);
  await page.getByRole('button', { name: 'Далее' }).click();
  await page.getByLabel('Логин').fill(service.admin.login);
  await page.getByLabel('Пароль', { exact: true }).fill('не тот');
  await page.getByRole('button', { name: 'Войти' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('setup-login');
  await page.getByLabel('Пароль', { exact: true }).fill(service.admin.password);
  await page.getByRole('button', { name: 'Войти' }).click();
  // The first letter and its follow-up are one ticket, the automatic answer is none.
  await expect(agent.queue.getByRole('option')).toHaveCount(8);
}

/** Every screen of a desk that has its letters, as an agent comes to it by keys; ends logged out. */
export async function tourDesk(agent: Agent, service: Service, visit: Visit): Promise<void> {
  await tourTicket(agent, visit);
  await tourCommands(agent, visit);
  await tourPages(agent, visit);
  await tourQuarantine(agent, service, visit);
  await tourOffline(agent, service, visit);
  await agent.page.getByRole('button', { name: /язык, вид, выход$/u }).click();
  await agent.page.getByRole('button', { name: 'Выйти' }).click();
  await expect(agent.page.getByRole('form', { name: 'Вход' })).toBeVisible();
  await visit('log-in');
}

async function tourTicket(agent: Agent, visit: Visit): Promise<void> {
  const { page } = agent;
  await visit('queue');
  await agent.showSection('Просрочены');
  await visit('queue-empty');
  await agent.queue.getByRole('button', { name: /^Фильтр/u }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await visit('queue-filter');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await agent.showSection('Ждут ответа');
  await agent.open('Не адкрываецца раздзел');
  await visit('ticket-html');
  await agent.open('Увеличение дисковой квоты');
  await page.keyboard.press('KeyC');
  await expect(agent.ticket.getByText(/^В работе у вас до/u)).toBeVisible();
  await visit('ticket');
  for (const [key, screen] of Object.entries(ticketDialogs)) {
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog')).toBeVisible();
    await visit(`ticket-${screen}`);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  }
  await page.keyboard.press('KeyM');
  await expect(page.getByRole('textbox', { name: 'Заметка для коллег' })).toBeFocused();
  await page.keyboard.insertText('Квоту уже увеличивали весной.');
  await visit('ticket-note');
  await page.keyboard.press('Control+Enter');
  await agent.writeAnswer('Здравствуйте, Марина!\n\nКвоту увеличит администратор сайта.\n');
  await visit('composer');
  for (const [key, screen] of [
    ['Control+KeyK', 'article-picker'],
    ['Control+KeyJ', 'template-picker'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog')).toBeVisible();
    await visit(screen);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  }
}

async function tourCommands(agent: Agent, visit: Visit): Promise<void> {
  const { page } = agent;
  // Away from the letter that is being written: there, letters are text.
  await agent.showPage('Исходящие');
  for (const [key, screen] of [
    ['KeyP', 'call'],
    ['KeyN', 'new-letter'],
    ['Shift+KeyN', 'internal-work'],
    ['Control+Shift+KeyP', 'palette'],
    ['F1', 'keys'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog')).toBeVisible();
    await visit(screen);
    // What is being written down of a call, or of work, does not go by a wrong key.
    if (screen === 'call' || screen === 'internal-work')
      await page.getByRole('button', { name: 'Закрыть' }).click();
    else await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  }
  await page.getByRole('button', { name: /язык, вид, выход$/u }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await visit('agent-menu');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
}

async function tourPages(agent: Agent, visit: Visit): Promise<void> {
  const { page } = agent;
  await agent.showPage('Исходящие');
  await expect(page.getByRole('region', { name: 'Черновики' })).toBeVisible();
  await visit('outbox-draft');
  await agent.showPage('База знаний');
  await visit('articles');
  await page.getByRole('button', { name: 'Добавить статью' }).click();
  await visit('article-form');
  await agent.showPage('Шаблоны');
  await visit('templates');
  await page.getByRole('button', { name: 'Новый шаблон' }).first().click();
  await visit('template-form');
  await agent.showPage('Настройки');
  for (const [tab, screen] of Object.entries(settingsTabs)) {
    await page.getByRole('tab', { name: tab }).click();
    const panel = page.getByRole('tabpanel', { name: tab });
    await expect(panel).toBeVisible();
    await expect(panel.getByText('Загрузка…')).toHaveCount(0);
    await visit(`settings-${screen}`);
  }
  for (const [tab, button, screen] of [
    ['Моё рабочее место', 'Сменить пароль', 'own-password'],
    ['Сотрудники', 'Новый сотрудник', 'agent-form'],
    ['Группы и подписи', 'Новая группа', 'group-form'],
  ] as const) {
    await page.getByRole('tab', { name: tab }).click();
    await page.getByRole('tabpanel', { name: tab }).getByRole('button', { name: button }).click();
    await visit(screen);
    // Where it is a dialog it covers the tabs.
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  }
}

/** What the desk tells of by itself: a letter that nobody could read. */
async function tourQuarantine(agent: Agent, service: Service, visit: Visit): Promise<void> {
  const { accessToken } = await askApi(service.api.url, 'logIn', null, {
    body: { login: service.admin.login, password: service.admin.password },
  });
  await askApi(service.api.url, 'ingestQuarantine', accessToken, {
    body: {
      location: { folder: 'inbox', uidValidity: '1', uid: 4711 },
      receivedAt: Date.now() - 60_000,
      reason: 'unreadable',
    },
  });
  await agent.status.getByRole('button', { name: '1 письмо не прочитано' }).click();
  await expect(agent.page.getByRole('list', { name: 'Непрочитанные письма' })).toBeVisible();
  await visit('quarantine');
  await agent.page.getByRole('button', { name: /^Просмотрено письмо от / }).click();
  await expect(agent.status.getByRole('button', { name: '1 письмо не прочитано' })).toBeHidden();
}

async function tourOffline(agent: Agent, service: Service, visit: Visit): Promise<void> {
  await Promise.all([service.apiGate.shut(), service.imapGate.shut(), service.smtpGate.shut()]);
  await expect(agent.status).toContainText('Сервер заявок: сервер не отвечает');
  await expect(agent.status).toContainText('Почта: сервер не отвечает');
  await agent.showPage('Очередь');
  await agent.open('Увеличение дисковой квоты');
  await expect(agent.composer).toBeVisible();
  await agent.sendAnswer();
  await agent.open('Замена шаблона сайта');
  await agent.page.keyboard.press('KeyC');
  await agent.writeAnswer('Змест захаваецца.\n');
  await expect(agent.composer.getByText('Черновик сохранён')).toBeVisible();
  await visit('offline');
  await agent.showPage('Исходящие');
  await expect(agent.page.getByRole('region', { name: 'Черновики' })).toBeVisible();
  await visit('outbox');
  await Promise.all([service.apiGate.open(), service.imapGate.open(), service.smtpGate.open()]);
  await agent.retryNow();
  await expect(agent.status).toContainText('Сервер заявок: на связи');
  await expect(agent.status).toContainText('Почта: на связи');
}
