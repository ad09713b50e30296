import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Bridge } from '#shared/bridge/bridge-client.ts';
import { letterIdentity } from '#shared/mail/identity.ts';
import { askApi } from '#test/fakes/call-api.ts';
import { startApi } from '#test/fakes/start-api.ts';
import { appIsStale, buildApp } from '../build-app.ts';
import { firstLogIn } from '../e2e/agent.ts';
import { launchApp } from '../e2e/launch-app.ts';
import type { MailboxConnection } from './mailbox-connection.ts';
import { corpus, corpusLetters } from './mailbox-corpus.ts';

export interface DeskRow {
  /** From the first connection to the mail server until every letter is stored, encrypted and readable in the cache. */
  readonly storedMs: number;
  /** From the same moment until the queue shows its first ticket. */
  readonly firstQueueMs: number;
  readonly echoIdleMs: number;
  readonly echoBusyMs: number;
}

/** The newest letters open tickets, so that there is a queue; the rest is history. */
const ticketLetters = 300;
const giveUpMs = 300_000;

/** The page's side: what it notes while the desk works. */
interface Notes {
  storedAt: number;
  letters: number;
  readonly echoes: number[];
  stop: boolean;
  read(letterId: string): Promise<{ subject: string } | null>;
}
declare global {
  interface Window {
    benchNotes?: Notes;
  }
}

/** Starts the built desk as an agent does, logs in, and waits until the mailbox is in its cache. */
export async function measureDesk({ server, record }: MailboxConnection): Promise<DeskRow> {
  if (appIsStale()) await buildApp();
  const oldest: { bytes: Buffer; receivedAt: number }[] = [];
  let ticketsFrom = 0;
  let number = 0;
  for (const letter of corpusLetters()) {
    number += 1;
    if (number === 1) oldest.push(letter);
    if (number === corpus.letters - ticketLetters) ticketsFrom = letter.receivedAt + 1;
  }
  const userDataDir = await mkdtemp(join(tmpdir(), 'stp-bench-desk-'));
  const api = await startApi({ database: 'postgres' });
  try {
    const account = { login: api.adminLogin, password: api.adminPassword };
    const { accessToken } = await askApi(api.url, 'logIn', null, { body: account });
    await askApi(api.url, 'putMailbox', accessToken, { body: { ...record, ticketsFrom, revision: 0 } });
    const desk = await launchApp({ userDataDir });
    try {
      const page = await desk.window();
      await takeNotes(page);
      await wait(3_000);
      const echoIdleMs = await endEchoes(page);
      await firstLogIn(page, api.url, account);
      const connectedAt = await firstConnection(server.port);
      // Logging in is not syncing.
      await endEchoes(page);
      const firstRow = page.getByRole('region', { name: 'Очередь заявок' }).getByRole('option').first();
      await firstRow.waitFor({ state: 'visible', timeout: giveUpMs });
      const firstQueueMs = Date.now() - connectedAt;
      await page.waitForFunction(() => (window.benchNotes?.storedAt ?? 0) > 0, null, {
        timeout: giveUpMs,
        polling: 100,
      });
      const { storedAt, letters } = await page.evaluate(() => ({
        storedAt: window.benchNotes?.storedAt ?? 0,
        letters: window.benchNotes?.letters ?? 0,
      }));
      if (letters !== corpus.letters) throw new Error(`The cache holds ${letters} letters.`);
      const echoBusyMs = await endEchoes(page);
      await readBack(page, oldest[0]?.bytes ?? Buffer.alloc(0));
      return { storedMs: storedAt - connectedAt, firstQueueMs, echoIdleMs, echoBusyMs };
    } finally {
      await desk.close();
    }
  } finally {
    await api.close();
    await rm(userDataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** Joins the windows' shared cache as one more window, and measures the bridge all the while. */
async function takeNotes(page: Page): Promise<void> {
  const assets = await readdir(join(import.meta.dirname, '../../out/renderer/assets'));
  const worker = assets.find((name) => /^cache-worker-.*\.js$/u.test(name));
  if (worker === undefined) throw new Error('The cache worker is not built.');
  await page.evaluate(
    ({ url, all }) => {
      const { port } = new SharedWorker(new URL(url, location.href), { type: 'module', name: 'cache' });
      const answers = new Map<number, (value: unknown) => void>();
      const notes: Notes = {
        storedAt: 0,
        letters: 0,
        echoes: [],
        stop: false,
        read: (letterId) =>
          new Promise((resolve) => {
            answers.set(2, (value) => resolve(value as { subject: string } | null));
            port.postMessage({ type: 'call', id: 2, name: 'letterContent', params: { letterId } });
          }),
      };
      port.addEventListener('message', ({ data }: MessageEvent) => {
        const message = data as { type: string; id: number; value: unknown };
        if (message.type === 'answered') answers.get(message.id)?.(message.value);
        if (message.type !== 'seen') return;
        const { inbox } = (message.value as { letters: { inbox: { letters: number; synced: boolean } } })
          .letters;
        notes.letters = inbox.letters;
        if (inbox.synced && inbox.letters >= all && notes.storedAt === 0) notes.storedAt = Date.now();
        port.postMessage({ type: 'acknowledge', id: 1 });
      });
      port.start();
      port.postMessage({ type: 'watch', id: 1, name: 'state', query: null });
      window.benchNotes = notes;
      const { bridge } = window as unknown as { bridge: Bridge };
      const echo = async (): Promise<void> => {
        while (!notes.stop) {
          const startedAt = performance.now();
          await bridge.call('app.echo', { text: 'echo' });
          notes.echoes.push(performance.now() - startedAt);
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
      };
      void echo();
    },
    { url: `assets/${worker}`, all: corpus.letters },
  );
}

/** The 99th percentile of the echoes so far; begins anew. */
async function endEchoes(page: Page): Promise<number> {
  const echoes = await page.evaluate(() => window.benchNotes?.echoes.splice(0) ?? []);
  const sorted = echoes.toSorted((a, b) => a - b);
  console.log(
    `bridge echo: ${sorted.length} calls, median ${(sorted[sorted.length >> 1] ?? 0).toFixed(2)} ms`,
  );
  return sorted[Math.floor(sorted.length * 0.99)] ?? 0;
}

/** The letter that came last, the oldest, must come back out of the cache. */
async function readBack(page: Page, bytes: Buffer): Promise<void> {
  const id = letterIdentity(bytes, { internalDateAt: 0, size: bytes.length });
  const subject = await page.evaluate(
    async (letterId) => (await window.benchNotes?.read(letterId))?.subject,
    id,
  );
  if (subject === undefined || !subject.startsWith('Заявка '))
    throw new Error('The oldest letter is not readable.');
}

/** The moment at which somebody is connected to that port; `/proc/net/tcp` is asked, so that nothing stands in the way. */
async function firstConnection(port: number): Promise<number> {
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const giveUpAt = Date.now() + giveUpMs;
  while (Date.now() < giveUpAt) {
    const table = await readFile('/proc/net/tcp', 'utf8');
    // Columns: slot, local address, remote address, state; 01 is ESTABLISHED.
    if (table.split('\n').some((line) => new RegExp(`^\\s*\\d+: \\S+${local} \\S+ 01 `, 'u').test(line))) {
      return Date.now();
    }
    await wait(10);
  }
  throw new Error('The desk did not connect to the mail server.');
}

async function wait(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
