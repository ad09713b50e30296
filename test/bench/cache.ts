import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Page } from '@playwright/test';
import { streamPaths } from '#shared/bridge/streams.ts';
import { letterLines } from '#main/mailbox/frame-lines.ts';
import { jsonBytes } from '#renderer/cache/bytes.ts';
import { CacheBrowser } from '#test/integration/cache-chromium/cache-browser.ts';
import {
  agentId,
  folderFrame,
  letterChange,
  sampleContent,
  sampleLetter,
  sampleLetterId,
  sampleTicket,
  sampleTicketId,
  ticketChange,
} from '#test/unit/cache/samples.ts';
import type * as cachePage from './cache-page.ts';

interface PageGlobal {
  readonly entry: typeof cachePage;
}

const letterCount = 20_000;
/** As the desk's mailbox sends them. */
const lettersInBundle = 40;
const ticketCount = 100_000;
const ticketsInFrame = 1000;
/** Text of one letter, in bytes; its content has it twice and its reply: some 7 kB of JSON. */
const textBytes = 2100;

/**
 * Measures the cache in a real Chromium over HTTP streams: storing 20,000 letters, storing 100,000 tickets, and opening
 * the queue again from what is stored.
 */
export async function run(): Promise<void> {
  const letters = manyLetters();
  const tickets = ticketLines();
  for (const [store, feature] of [
    ['LevelDB', '--disable-features=IdbSqliteBackingStore'],
    ['SQLite', '--enable-features=IdbSqliteBackingStore'],
  ] as const) {
    console.log(`\n${store}`);
    await measureLetters(letters, feature);
    await measureTickets(tickets, feature);
  }
}

async function measureLetters(lines: Lines, feature: string): Promise<void> {
  const browser = await startBrowser(feature, streamPaths.letters, lines);
  const page = await browser.open();
  const before = await browser.processorTime();
  const tookMs = await openUntil(page, 'letters', letterCount);
  const after = await browser.processorTime();
  const renderers = after.renderers - before.renderers;
  const all = after.all - before.all;
  row(
    `${letterCount} letters, ${megabytes(lines)} MB on their way: stored in`,
    `${(tookMs / 1000).toFixed(2)} s`,
  );
  row('  letters a second', (letterCount / (tookMs / 1000)).toFixed(0));
  row('  processor time: page and worker (goal < 4 s)', `${renderers.toFixed(2)} s`);
  row('  processor time: all of Chromium', `${all.toFixed(2)} s`);
  await browser.stop();
}

async function measureTickets(lines: Lines, feature: string): Promise<void> {
  const browser = await startBrowser(feature, streamPaths.changes, lines);
  const first = await browser.open();
  const before = await browser.processorTime();
  const tookMs = await openUntil(first, 'tickets', ticketCount);
  const after = await browser.processorTime();
  row(`${ticketCount} tickets, ${megabytes(lines)} MB of JSON: stored in`, `${(tookMs / 1000).toFixed(2)} s`);
  row('  processor time: page and worker', `${(after.renderers - before.renderers).toFixed(2)} s`);
  await first.close();

  const openings: number[] = [];
  for (let round = 0; round < 5; round++) {
    const page = await browser.open();
    openings.push(await openUntil(page, 'tickets', ticketCount));
    if (round === 4) {
      row('  queue, again', `${(await ask(page, 'queue')).toFixed(1)} ms`);
      row('  queue at row 60,000', `${(await ask(page, 'far-queue')).toFixed(1)} ms`);
      row('  a ticket with its letters', `${(await ask(page, 'ticket')).toFixed(1)} ms`);
    }
    await page.close();
  }
  openings.sort((a, b) => a - b);
  row('  opened again to 40 rows, median of 5', `${(openings[2] ?? 0).toFixed(0)} ms`);
  await browser.stop();
}

/** What one stream sends, as bytes made before the clock runs. */
type Lines = readonly Buffer[];

async function startBrowser(feature: string, servedPath: string, lines: Lines): Promise<CacheBrowser> {
  return CacheBrowser.start({
    entry: new URL('cache-page.ts', import.meta.url),
    switches: [feature],
    stream: (path, body, response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      response.flushHeaders();
      const isFirst =
        JSON.stringify(body) === '{"folders":[]}' || JSON.stringify(body).endsWith('"after":0}');
      if (path === servedPath && isFirst) void sendAll(lines, response);
    },
  });
}

async function sendAll(lines: Lines, response: ServerResponse): Promise<void> {
  for (const line of lines) if (!response.write(line)) await once(response, 'drain');
}

function manyLetters(): Lines {
  const words = 'заявка принтер не печатает отчёт сервер доступ пароль дневник обновление '.repeat(40);
  const lines = [line(folderFrame())];
  for (let newest = letterCount - 1; newest >= 0; newest -= lettersInBundle) {
    const letters = Array.from({ length: lettersInBundle }, (_, index) => {
      const number = newest - index;
      const text = `${number} ${words.slice(number % 70)}`.slice(0, textBytes / 2);
      const location = { folder: 'inbox', uidValidity: '7', uid: number + 1 } as const;
      return { location, read: { id: sampleLetterId(number), json: jsonBytes(sampleContent(number, text)) } };
    });
    lines.push(Buffer.from(letterLines(letters)));
  }
  const synced = { highestModseq: '1', uidNext: letterCount + 1, exists: letterCount };
  lines.push(line({ type: 'synced', folder: 'inbox', uidValidity: '7', synced }));
  return lines;
}

function ticketLines(): Lines {
  const lines: Buffer[] = [];
  for (let first = 0; first < ticketCount; first += ticketsInFrame) {
    const numbers = Array.from({ length: ticketsInFrame }, (_, index) => first + index);
    const tickets = numbers.map((number) => ticketChange(2 * number + 1, sampleTicket(number)));
    const letters = numbers
      .filter((number) => number % 5 === 0)
      .map((number) => letterChange(2 * number + 2, sampleLetter(number)));
    const changes = [...tickets, ...letters].sort((a, b) => a.version - b.version);
    lines.push(line({ type: 'changes', epoch: 'e1', next: 2 * (first + ticketsInFrame), changes }));
  }
  lines.push(line({ type: 'caught-up' }));
  return lines;
}

function line(frame: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(frame)}\n`);
}

function megabytes(lines: Lines): string {
  return (lines.reduce((total, { length }) => total + length, 0) / 1e6).toFixed(0);
}

const profile = {
  profileId: 'b'.repeat(32),
  agentId,
  keyBase64: Buffer.alloc(32, 9).toString('base64'),
};

async function openUntil(page: Page, wanted: 'letters' | 'tickets', count: number): Promise<number> {
  return page.evaluate(
    async (given) =>
      (globalThis as unknown as PageGlobal).entry.openUntil(given.profile, given.wanted, given.count),
    { profile, wanted, count },
  );
}

async function ask(page: Page, what: 'queue' | 'far-queue' | 'ticket'): Promise<number> {
  return page.evaluate(
    async (given) => (globalThis as unknown as PageGlobal).entry.ask(given.what, given.ticketId),
    { what, ticketId: sampleTicketId(50_000) },
  );
}

function row(what: string, value: string): void {
  console.log(`${what.padEnd(64)} ${value}`);
}
