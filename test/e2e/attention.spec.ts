import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { compileDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import type { Preferences } from '#shared/bridge/preferences.ts';
import { chooseElectron } from '../choose-electron.ts';
import { Agent } from './agent.ts';
import { assertQuietLogs } from './assert-quiet-logs.ts';
import { catchNotifications } from './catch-notifications.ts';
import { clientLetter } from './client-letter.ts';
import type { LaunchedApp } from './launch-app.ts';
import { startService, type Service } from './start-service.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

let service: Service;
let anna: Agent;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  service = await startService();
  anna = await Agent.arrive(service, service.agents[0]);
  await catchUp(anna);
  await comeToWork(anna.desk);
});

test.afterAll(async () => {
  await service.stop();
});

/** Lets the main process believe that a working day began an hour ago, whenever the test runs. */
async function comeToWork({ app }: LaunchedApp): Promise<void> {
  const time = compileDefaultCalendar().workingTime(0);
  const day = time.nthWorkingDayAfter(time.dayOf(Date.now()), 1);
  const moment = (time.openingOf(day) ?? 0) + hourMs;
  await app.evaluate((_electron, wanted) => {
    const now = Date.now.bind(Date);
    const offsetMs = wanted - now();
    Date.now = () => now() + offsetMs;
  }, moment);
}

/** Notifications come half a minute apart; this one is over. */
async function passMinute({ app }: LaunchedApp): Promise<void> {
  await app.evaluate(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 60_000;
  });
}

/** What a desk catches up with is no news: waits until it has read the whole mailbox. */
async function catchUp(agent: Agent): Promise<void> {
  await expect(agent.status.getByTitle(/^Почта: на связи\nПоследняя синхронизация/u)).toBeVisible();
}

async function prefer(agent: Agent, change: Partial<Preferences>): Promise<void> {
  await agent.page.evaluate(async (wanted) => {
    const { bridge } = window;
    const current = await bridge.call('preferences.get', {});
    if (current.ok) await bridge.call('preferences.put', { ...current.value, ...wanted });
  }, change);
}

async function isWindowVisible({ app }: LaunchedApp): Promise<boolean> {
  return await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().some(
      (window) => window.isVisible() && window.webContents.getURL().endsWith('/index.html'),
    ),
  );
}

async function closeWindow({ app }: LaunchedApp): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) {
      if (window.webContents.getURL().endsWith('/index.html')) window.close();
    }
  });
}

test('a letter in working hours is told once, without its content, and a click opens its ticket', async () => {
  const notifications = await catchNotifications(anna.desk);
  await service.dovecot.deliver(
    clientLetter({ subject: 'Не открывается сайт школы', text: 'Помогите!' }).source,
  );
  await expect(anna.rows('Не открывается сайт школы')).toBeVisible();
  await expect
    .poll(notifications.told)
    .toEqual([{ title: 'Новая заявка', body: expect.stringMatching(/^Заявка № \d+$/u) as unknown }]);
  await notifications.click();
  await expect(anna.ticket).toContainText('Не открывается сайт школы');
  expect(await notifications.told()).toHaveLength(1);
});

test('with content where the agent wants it, but never on a locked screen', async () => {
  const notifications = await catchNotifications(anna.desk);
  await prefer(anna, { notificationContent: true });
  await passMinute(anna.desk);
  await service.dovecot.deliver(
    clientLetter({ subject: 'Забыли пароль от почты', text: 'Помогите!' }).source,
  );
  await expect
    .poll(notifications.told)
    .toEqual([{ title: 'Новая заявка', body: expect.stringContaining('Забыли пароль от почты') as unknown }]);
  await anna.desk.app.evaluate(({ powerMonitor }) => powerMonitor.emit('lock-screen'));
  await passMinute(anna.desk);
  await service.dovecot.deliver(clientLetter({ subject: 'Секретный вопрос', text: 'Помогите!' }).source);
  await expect.poll(async () => (await notifications.told()).length).toBe(2);
  expect(JSON.stringify(await notifications.told())).not.toContain('Секретный вопрос');
  await anna.desk.app.evaluate(({ powerMonitor }) => powerMonitor.emit('unlock-screen'));
});

test('the badge counts what has to be answered today', async () => {
  const badge = async (): Promise<number> => await anna.desk.app.evaluate(({ app }) => app.getBadgeCount());
  const before = await badge();
  const letter = clientLetter({ subject: 'Давно ждём ответа', text: 'Где ответ?' });
  await service.dovecot.deliver(letter.source, { internalDate: new Date(Date.now() - 10 * dayMs) });
  await expect.poll(badge).toBe(before + 1);
});

test('the tray speaks the language of the preferences', async () => {
  await anna.desk.app.evaluate(({ Tray }) => {
    Tray.prototype.setContextMenu = function (menu) {
      Object.assign(globalThis, { trayMenu: menu });
    };
  });
  const labels = async (): Promise<string[]> =>
    (await anna.desk.app.evaluate(() =>
      (globalThis as unknown as { trayMenu: Electron.Menu | undefined }).trayMenu?.items.map(
        ({ label }) => label,
      ),
    )) ?? [];
  await prefer(anna, { language: 'be' });
  await expect.poll(labels).toContain('Запісаць званок…');
  await prefer(anna, { language: 'ru' });
  await expect.poll(labels).toContain('Записать звонок…');
});

test('closed to the tray the desk stays at work, and a second start shows it', async () => {
  await closeWindow(anna.desk);
  await expect.poll(() => isWindowVisible(anna.desk)).toBe(false);
  await service.dovecot.deliver(clientLetter({ subject: 'Пока окно закрыто', text: 'Вопрос' }).source);
  const second = spawn(
    chooseElectron().executable,
    [join(import.meta.dirname, '../..'), '--no-sandbox', `--user-data-dir=${anna.desk.userDataDir}`],
    { stdio: 'ignore' },
  );
  expect(await once(second, 'exit')).toEqual([0, null]);
  await expect.poll(() => isWindowVisible(anna.desk)).toBe(true);
  await expect(anna.rows('Пока окно закрыто')).toBeVisible();
});

test('without the tray closing the window ends the desk, which remembers where it stood', async () => {
  const bounds = { x: 120, y: 90, width: 1180, height: 720 };
  const { app } = anna.desk;
  const ended = once(app.process(), 'exit');
  await app.evaluate(({ BrowserWindow }, wanted) => {
    for (const window of BrowserWindow.getAllWindows()) {
      if (window.webContents.getURL().endsWith('/index.html')) window.setBounds(wanted);
    }
  }, bounds);
  await prefer(anna, { closeToTray: false });
  await closeWindow(anna.desk).catch(() => {});
  await ended;
  anna = await Agent.start(service, anna.desk.userDataDir);
  await expect(anna.queue).toBeVisible();
  const found = await anna.desk.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .filter((window) => window.webContents.getURL().endsWith('/index.html'))
      .map((window) => window.getNormalBounds()),
  );
  expect(found).toEqual([bounds]);
});

test('nothing confidential is in the logs', async () => {
  await assertQuietLogs(service);
});
