import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Ticket } from '#shared/ticket/ticket.ts';
import type { Demo } from './start-demo.ts';

/** How many rows are on screen at 1366x768. */
const rowsOnScreen = 7;

/** Opens the ticket that shows most among those on screen: a conversation, notes, what kind of work it is. */
export async function openShowcase(page: Page, { agents }: Demo): Promise<void> {
  const { tickets } = await agents.anna.ask('queue', { query: { section: 'to-answer', limit: 20 } });
  const worth = ({ letterCount, noteCount, category }: Ticket): number =>
    letterCount * 2 + noteCount * 3 + Number(category !== null);
  const listed = tickets.filter(({ snooze }) => snooze === null).slice(0, rowsOnScreen);
  const [best] = listed.toSorted((a, b) => worth(b) - worth(a));
  if (best === undefined) throw new Error('nothing to show');
  await page.keyboard.press('Home');
  const row = page.getByRole('listbox').getByRole('option');
  await row.filter({ hasText: String(best.number) }).click();
  await page.getByRole('article').first().waitFor();
  // The newest letters are here first; one that is on its way says so.
  await page.locator('.letter-missing').first().waitFor({ state: 'detached', timeout: 60_000 });
}

/** Takes the pictures of the README, in Russian: what an agent sees on a usual day. */
export async function takePictures(page: Page, demo: Demo, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { keyboard } = page;
  const take = async (name: string): Promise<void> => {
    // Notices go by themselves, and frames of letters paint when they have their height: nothing says when.
    await page.waitForTimeout(800);
    await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  };
  const leave = async (): Promise<void> => {
    await keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  };
  await openShowcase(page, demo);
  await take('queue-light');
  await keyboard.press('i');
  await page.getByRole('dialog').waitFor();
  await take('deadline-light');
  await leave();
  await keyboard.press('b');
  await page.getByRole('dialog').waitFor();
  await take('reason-light');
  await leave();

  await keyboard.press('r');
  await page.getByRole('textbox', { name: 'Текст ответа' }).waitFor();
  await keyboard.press('Control+j');
  await keyboard.type('снимок');
  await keyboard.press('Enter');
  await keyboard.type(' ??фот');
  await page
    .getByRole('option', { name: /фотографии/u })
    .first()
    .waitFor();
  await take('answer-light');
  await keyboard.press('Escape');
  await page.getByRole('button', { name: 'Свернуть, черновик останется' }).click();

  await keyboard.press('p');
  await page.getByLabel('Телефон клиента').fill('8 017 555-12-34');
  await page.getByLabel('Имя и учреждение').fill('Надежда Комар, школа искусств');
  await page.getByLabel('Суть обращения').fill('Не открывается раздел «Одно окно»');
  await page.getByLabel('Что рассказал клиент').fill('С утра, у всех. Завтра проверка.');
  await take('call-light');
  // Escape does not lose what was written down of a call.
  await page.getByRole('dialog').getByRole('button', { name: 'Отмена' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });

  const pages = page.getByRole('navigation', { name: 'Страницы' });
  await pages.getByRole('button', { name: 'Шаблоны' }).click();
  await page.getByRole('heading', { name: 'Шаблоны' }).first().waitFor();
  await take('templates-light');
  await pages.getByRole('button', { name: 'Очередь' }).click();
  await keyboard.press('Control+Shift+P');
  await page.getByRole('combobox', { name: 'Найти команду или заявку' }).fill('сменить тему');
  await keyboard.press('Enter');
  await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
  await take('queue-dark');
  await keyboard.press('Control+Shift+P');
  await page.getByRole('combobox', { name: 'Найти команду или заявку' }).fill('отл');
  await take('commands-dark');
  await leave();
}
