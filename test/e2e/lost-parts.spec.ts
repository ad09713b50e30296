import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, expect, test, type Page } from '@playwright/test';
import { chromiumProcesses, killAll } from '../faults/kills/processes.ts';
import { Agent } from './agent.ts';
import { clientLetter } from './client-letter.ts';
import { deleteCache } from './launch-app.ts';
import { startService, type Service } from './start-service.ts';

let service: Service;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  service = await startService();
});

test.afterAll(async () => {
  await service.stop();
});

test('without its cache and the server the desk gathers its data while what waits is at hand', async () => {
  test.setTimeout(120_000);
  const userDataDir = await service.newUserData();
  const [, petrov] = service.agents;
  const before = await Agent.arrive(service, petrov, userDataDir);
  await service.dovecot.deliver(clientLetter({ subject: 'Не видно карты', text: 'Где карта?' }).source);
  await before.open('Не видно карты');
  await before.writeAnswer('Карта вернётся.\n');
  await expect(before.composer.getByText('Черновик сохранён')).toBeVisible();
  await before.desk.kill();
  await deleteCache(userDataDir);
  await service.apiGate.shut();

  const after = await Agent.start(service, userDataDir);
  const bar = after.status.getByRole('progressbar', { name: 'ждём сервер заявок' });
  await expect(bar).toBeVisible();
  await expect(after.status.getByRole('button', { name: 'локальные данные собираются' })).toBeVisible();
  await after.showPage('Исходящие');
  await expect(after.page.getByRole('article', { name: 'Re: Не видно карты' })).toContainText(
    'Карта вернётся.',
  );
  await service.apiGate.open();
  await after.retryNow();
  await expect(bar).toBeHidden();
  await after.showPage('Очередь');
  await after.open('Не видно карты');
  await expect(after.editor.getByRole('paragraph').first()).toHaveText('Карта вернётся.');
});

test('pages that are killed come back by themselves, with what was written', async () => {
  test.setTimeout(120_000);
  const userDataDir = await service.newUserData();
  const [ivanova] = service.agents;
  const desk = await Agent.arrive(service, ivanova, userDataDir);
  await service.dovecot.deliver(clientLetter({ subject: 'Пропал раздел', text: 'Где раздел?' }).source);
  await desk.open('Пропал раздел');
  await desk.writeAnswer('Раздел вернётся.\n');
  await expect(desk.composer.getByText('Черновик сохранён')).toBeVisible();

  const pages = chromiumProcesses(userDataDir).filter(({ type }) => type === 'renderer');
  killAll(pages.map(({ id }) => id));

  // Playwright has given the dead page up: the one in its place is looked at through another connection.
  const [port = ''] = (await readFile(join(userDataDir, 'DevToolsActivePort'), 'utf8')).split('\n');
  const find = async (): Promise<Page> => {
    const again = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    const all = again.contexts().flatMap((context) => context.pages());
    const found = all.find((each) => each.url().endsWith('/index.html'));
    if (found === undefined) throw new Error('the window is not back yet');
    return found;
  };
  await expect(async () => {
    const page = await find();
    await page.getByRole('option').filter({ hasText: 'Пропал раздел' }).click({ timeout: 2_000 });
    const editor = page.getByRole('textbox', { name: 'Текст ответа' });
    await expect(editor.getByRole('paragraph').first()).toHaveText('Раздел вернётся.', { timeout: 2_000 });
  }).toPass({ timeout: 40_000 });
});
