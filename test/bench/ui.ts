import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { askApi } from '#test/fakes/call-api.ts';
import { startApi } from '#test/fakes/start-api.ts';
import { startDovecot } from '#test/fakes/start-dovecot.ts';
import { appIsStale, buildApp } from '../build-app.ts';
import { firstLogIn } from '../e2e/agent.ts';
import { launchApp, type LaunchedApp } from '../e2e/launch-app.ts';
import { plainServer, recordFor } from '../integration/mailbox/desk-mailbox.ts';
import { calibrate } from './calibrate.ts';
import { fillApi } from './fill-api.ts';
import { corpusLetters } from './mailbox-corpus.ts';
import { installWatch, timeToPaint, type Sight } from './page-watch.ts';
import { rendererMegabytes } from './process-memory.ts';

const ticketCount = 100_000;
/** On top of those: real letters in the mailbox, which the desk fetches, ingests and shows; three make a thread. */
const letterCount = 300;
const giveUpMs = 600_000;
/** Of twenty, the 95th percentile would be the worst of all. */
const rounds = 60;
/** Twice as many are fewer than the tickets with letters, which are the newest. */
const ticketRounds = 45;

const listed: Sight = { selector: '.queue-scroller[aria-busy="false"] .queue-row', text: '№' };
const header = '.ticket-head';

/**
 * Measures the built desk with 100,000 open tickets: cold opening, scrolling, and the time from a key to the painted
 * frame. The tickets come from the real API on PostgreSQL through the real streams; the newest have real letters.
 */
export async function run(): Promise<void> {
  if (appIsStale()) await buildApp();
  row('machine: SHA-256 of 256 MiB, one thread', calibrate(), 'ms');
  const userDataDir = await mkdtemp(join(tmpdir(), 'stp-bench-ui-'));
  const [dovecot, api] = await Promise.all([startDovecot(), startApi({ database: 'postgres' })]);
  try {
    const account = { login: api.adminLogin, password: api.adminPassword };
    const { accessToken } = await askApi(api.url, 'logIn', null, { body: account });
    const record = { ...recordFor(plainServer(dovecot)), revision: 0 };
    await askApi(api.url, 'putMailbox', accessToken, { body: record });

    const empty = await launchApp({ userDataDir });
    const first = await empty.window();
    await firstLogIn(first, api.url, account);
    await first.getByRole('region', { name: 'Очередь заявок' }).waitFor();
    await wait(8000);
    const emptyMb = await rendererMegabytes(userDataDir);
    await empty.close();

    const began = performance.now();
    const now = Date.now();
    await fillApi(api.url, accessToken, ticketCount, now - 3_600_000);
    row(`the API takes in ${ticketCount} letters as tickets`, (performance.now() - began) / 1000, 's');
    for (const { bytes } of corpusLetters().take(letterCount)) {
      await dovecot.deliver(bytes, { internalDate: new Date(now - 600_000) });
    }
    await syncDesk(userDataDir);
    const opened = await openDesks(userDataDir);
    await measure(opened.page);
    await wait(5000);
    const fullMb = await rendererMegabytes(userDataDir);
    row('renderers of the empty desk', emptyMb, 'MB');
    row('renderers after all this, over the empty desk', fullMb - emptyMb, 'MB', 200);
    await opened.desk.close();
  } finally {
    await Promise.all([api.close(), dovecot.stop()]);
    await rm(userDataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** Lets the desk fetch everything, and tidy up behind it. */
async function syncDesk(userDataDir: string): Promise<void> {
  const desk = await launchApp({ userDataDir });
  const page = await desk.window();
  const began = performance.now();
  const all = page.locator('.section[data-section="all"] .section-count');
  await page.waitForFunction(
    ({ selector, wanted }) => {
      const shown = document.querySelector(selector)?.textContent.replaceAll(/\D/gu, '') ?? '';
      return Number(shown) >= wanted;
    },
    { selector: '.section[data-section="all"] .section-count', wanted: ticketCount + letterCount / 4 },
    { timeout: giveUpMs, polling: 200 },
  );
  row(`an empty desk has them all (${await all.innerText()})`, (performance.now() - began) / 1000, 's');
  await wait(30_000);
  await desk.close();
}

/** Opens the desk cold, three times; the last one stays. */
async function openDesks(userDataDir: string): Promise<{ readonly desk: LaunchedApp; readonly page: Page }> {
  const starts: number[] = [];
  const paints: number[] = [];
  for (let round = 0; ; round++) {
    const began = Date.now();
    const desk = await launchApp({ userDataDir });
    const page = await desk.window();
    await installWatch(page);
    const painted = page.evaluate(
      async (sight) => ({
        paintedMs: (await window.benchWatch?.sinceNavigation([sight])) ?? Number.NaN,
        navigatedAt: performance.timeOrigin,
      }),
      listed,
    );
    const { paintedMs, navigatedAt } = await painted;
    starts.push(navigatedAt - began);
    paints.push(paintedMs);
    if (round < 2) {
      await wait(3000);
      await desk.close();
      continue;
    }
    row('process start to navigation, median of 3', median(starts), 'ms');
    row('cold open: navigation to painted queue, median of 3', median(paints), 'ms', 1000);
    return { desk, page };
  }
}

async function measure(page: Page): Promise<void> {
  // What an agent notices is measured once the desk has settled.
  await wait(5000);
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.getByRole('button', { name: /^Порядок: /u }).click();
  await page.getByRole('menuitemradio', { name: 'Сначала новые' }).click();
  await page.keyboard.press('Alt+9');
  await page.locator('.queue-row').first().waitFor();
  await measureScrolling(page);
  await measureSections(page);
  await measureSearch(page);
  await measureTickets(page);
  await measureTyping(page);
  await measurePalette(page);
}

async function measureScrolling(page: Page): Promise<void> {
  const list = page.getByRole('listbox');
  await list.focus();
  for (const [what, pixels] of [
    ['slowly', 20],
    ['fast', 400],
  ] as const) {
    const frames = await page.evaluate(
      async (given) => (await window.benchWatch?.scroll('.queue-scroller', 10_000, given)) ?? [],
      pixels,
    );
    const sorted = frames.toSorted((a, b) => a - b);
    row(
      `scroll ${what} for 10 s, ${frames.length} frames: longest task of a frame, p99`,
      percentile(sorted, 99),
      'ms',
      50,
    );
    row('  the longest of all', sorted.at(-1) ?? 0, 'ms');
  }
  await list.press('Home');
}

async function measureSections(page: Page): Promise<void> {
  const took: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const section = round % 2 === 0 ? 'overdue' : 'all';
    const chosen = { selector: `.section[data-section="${section}"][aria-current]` };
    took.push(
      await timeToPaint(
        page,
        'keydown',
        async () => page.keyboard.press(round % 2 === 0 ? 'Alt+2' : 'Alt+9'),
        chosen,
        listed,
      ),
    );
  }
  goal('change the section', took);
}

async function measureSearch(page: Page): Promise<void> {
  const field = page.getByRole('searchbox');
  await field.focus();
  const first: number[] = [];
  const took: number[] = [];
  for (const text of ['громов', 'школа 77', 'дневник 500', 'квот', '#4711', 'мицкевич школа 9']) {
    let typed = '';
    for (const letter of text) {
      typed += letter;
      const shown = { selector: '.queue-search input', value: typed };
      const ms = await timeToPaint(page, 'input', async () => page.keyboard.insertText(letter), shown, {
        selector: '.queue-scroller[aria-busy="false"], .queue-nothing',
      });
      (first.length === 0 ? first : took).push(ms);
      await wait(50);
    }
    await field.fill('');
    await wait(100);
  }
  row('the first letter of the first search', first[0] ?? 0, 'ms');
  goal('filter by each further letter typed', took);
  await page.keyboard.press('Escape');

  const filtering: number[] = [];
  await page.getByRole('button', { name: 'Фильтр', exact: true }).click();
  const category = page.getByRole('form', { name: 'Фильтр заявок' }).getByLabel('Вид работ');
  for (let round = 0; round < rounds; round++) {
    const place = 1 + (round % 10);
    const chip = { selector: '.filter-chip' };
    filtering.push(
      await timeToPaint(page, 'change', async () => category.selectOption({ index: place }), chip, listed),
    );
  }
  goal('filter by a kind of work', filtering);
  await category.selectOption({ index: 0 });
  await page.keyboard.press('Escape');
  // The next keys are meant for what is listed now.
  await page.locator('.filter-chip').waitFor({ state: 'detached' });
  await page.locator(listed.selector).first().waitFor();
}

async function measureTickets(page: Page): Promise<void> {
  const list = page.getByRole('listbox');
  await list.focus();
  await list.press('Home');
  const opening: number[] = [];
  for (let round = 0; round < ticketRounds; round++) {
    await list.focus();
    await page.keyboard.press('j');
    const number = await numberAtCursor(page);
    opening.push(
      await timeToPaint(
        page,
        'keydown',
        async () => page.keyboard.press('Enter'),
        { selector: header, text: number },
        { selector: '.letter' },
      ),
    );
    await wait(50);
  }
  goal('open a ticket', opening);
  const next: number[] = [];
  for (let round = 0; round < ticketRounds; round++) {
    // The cursor follows the ticket a moment later: read before, the number would be that of the ticket on screen.
    await page.waitForFunction((head) => {
      const row = document.querySelector<HTMLElement>(
        '.queue-row[data-cursor][aria-selected="true"] .row-number',
      );
      const shown = document.querySelector<HTMLElement>(head)?.innerText ?? '';
      return row !== null && shown.includes(row.innerText);
    }, header);
    const number = await numberAtCursor(page, 1);
    next.push(
      await timeToPaint(
        page,
        'keydown',
        async () => page.keyboard.press(']'),
        { selector: header, text: number },
        { selector: '.letter' },
      ),
    );
    await wait(50);
  }
  goal('next ticket', next);
}

/** The number in the row that keys act on, or so many rows below. */
async function numberAtCursor(page: Page, below = 0): Promise<string> {
  const number = await page.evaluate((rows) => {
    const cursor = document.querySelector<HTMLElement>('.queue-row[data-cursor]');
    const index = Number(cursor?.dataset['index'] ?? 0) + rows;
    return (
      document.querySelector<HTMLElement>(`.queue-row[data-index="${index}"] .row-number`)?.innerText ?? ''
    );
  }, below);
  // Either would be found at once in what is on screen.
  if (number === '') throw new Error('no row at the cursor');
  if (await page.locator(header, { hasText: number }).isVisible()) throw new Error('on screen already');
  return number;
}

async function measureTyping(page: Page): Promise<void> {
  await page.keyboard.press('r');
  const editor = page.locator('.ProseMirror');
  await editor.waitFor();
  await editor.press('Control+Home');
  const took: number[] = [];
  let typed = '';
  for (const letter of 'Здравствуйте! Мы нашли причину и уже всё исправили, проверьте, пожалуйста.') {
    typed += letter;
    const text = typed.trimEnd();
    // A keyboard without Cyrillic letters is all that a driver has.
    const type = async () => page.keyboard.insertText(letter);
    took.push(await timeToPaint(page, 'input', type, { selector: '.ProseMirror', text }));
  }
  goal('type a letter in the composer', took);
  await page.keyboard.press('Escape');
}

async function measurePalette(page: Page): Promise<void> {
  const took: number[] = [];
  for (let round = 0; round < rounds; round++) {
    took.push(
      await timeToPaint(page, 'keydown', async () => page.keyboard.press('Control+Shift+P'), {
        selector: '[role="dialog"] input',
      }),
    );
    await page.keyboard.press('Escape');
    await page.locator('[role="dialog"]').waitFor({ state: 'detached' });
  }
  goal('open the palette', took);
}

function goal(what: string, tookMs: readonly number[]): void {
  const sorted = tookMs.toSorted((a, b) => a - b);
  row(`${what}, ${sorted.length} times: key to paint, median`, percentile(sorted, 50), 'ms');
  row('  95th percentile', percentile(sorted, 95), 'ms', 50);
}

function percentile(sorted: readonly number[], percent: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}

function median(values: readonly number[]): number {
  return percentile(
    values.toSorted((a, b) => a - b),
    50,
  );
}

/** Prints a row; with a goal also whether the value is below it. */
function row(what: string, value: number, unit: string, below?: number): void {
  const verdict = below === undefined ? '' : `  goal < ${below} ${unit}  ${value < below ? 'met' : 'MISSED'}`;
  console.log(`${what.padEnd(74)} ${value.toFixed(value < 100 ? 1 : 0).padStart(8)} ${unit}${verdict}`);
}

async function wait(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
