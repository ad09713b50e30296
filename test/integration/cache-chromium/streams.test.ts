import type { ServerResponse } from 'node:http';
import type { Page } from '@playwright/test';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { streamPaths } from '#shared/bridge/streams.ts';
import {
  agentId,
  folderFrame,
  letterChange,
  letterFrame,
  sampleLetter,
  sampleLetterId,
  sampleTicket,
  sampleTicketId,
  ticketChange,
} from '#test/unit/cache/samples.ts';
import { CacheBrowser } from './cache-browser.ts';
import type * as windowsPage from './windows-page.ts';

interface WindowsGlobal {
  readonly entry: typeof windowsPage;
}

/** The main process's end of one stream: what was asked, and the answer that is open. */
interface OpenStream {
  readonly path: string;
  readonly body: unknown;
  readonly response: ServerResponse;
}

const profile = {
  profileId: 'f'.repeat(32),
  agentId,
  keyBase64: Buffer.alloc(32, 3).toString('base64'),
};
let browser: CacheBrowser;
let opened: OpenStream[];

beforeEach(async () => {
  opened = [];
  browser = await CacheBrowser.start({
    entry: new URL('windows-page.ts', import.meta.url),
    stream: (path, body, response) => {
      const stream = { path, body, response };
      opened.push(stream);
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      response.flushHeaders();
      response.on('close', () => {
        opened = opened.filter((other) => other !== stream);
      });
    },
  });
});

afterEach(async () => {
  await browser.stop();
});

function streamsOf(path: string): OpenStream[] {
  return opened.filter((stream) => stream.path === path);
}

/** Sends frames in pieces that end inside characters and lines. */
async function send(path: string, ...frames: unknown[]): Promise<void> {
  const bytes = Buffer.from(frames.map((frame) => `${JSON.stringify(frame)}\n`).join(''));
  await expect.poll(() => streamsOf(path).length).toBe(1);
  const response = streamsOf(path)[0]?.response;
  for (let start = 0; start < bytes.length; start += 101) {
    await new Promise((resolve) => response?.write(bytes.subarray(start, start + 101), resolve));
  }
}

async function openProfile(page: Page): Promise<void> {
  await page.evaluate(
    async (given) => (globalThis as unknown as WindowsGlobal).entry.openProfile(given),
    profile,
  );
}

async function subjects(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => (globalThis as unknown as WindowsGlobal).entry.subjectsInQueue());
}

function changes(version: number, ...numbers: number[]) {
  const made = numbers.map((number, index) => ticketChange(version + index, sampleTicket(number)));
  return { type: 'changes', epoch: 'e1', next: version + numbers.length - 1, changes: made };
}

const subjectOf = (number: number) => sampleTicket(number).subject;

test('windows share one worker and one set of streams, which outlive each of them', async () => {
  const keeper = await browser.open();
  const desk = await browser.open();
  await openProfile(keeper);
  await send(streamPaths.changes, changes(1, 0, 1));
  await expect.poll(async () => subjects(desk)).toEqual([0, 1].map(subjectOf));
  await expect.poll(async () => subjects(keeper)).toEqual([0, 1].map(subjectOf));
  await desk.close();
  await send(streamPaths.changes, changes(3, 2));
  await expect.poll(async () => subjects(keeper)).toEqual([0, 1, 2].map(subjectOf));
  const later = await browser.open();
  await expect.poll(async () => subjects(later)).toEqual([0, 1, 2].map(subjectOf));
  expect(streamsOf(streamPaths.changes)).toHaveLength(1);
  expect(streamsOf(streamPaths.letters)).toHaveLength(1);
  expect(streamsOf(streamPaths.pending)).toHaveLength(1);
});

test('letters arrive whole however their bytes are cut', async () => {
  const page = await browser.open();
  await openProfile(page);
  const text = 'Добры дзень! Здравствуйте, 𝒙 и 👩‍🏫. '.repeat(50);
  await send(streamPaths.changes, {
    ...changes(1, 0),
    next: 2,
    changes: [ticketChange(1, sampleTicket(0)), letterChange(2, sampleLetter(0))],
  });
  await send(streamPaths.letters, folderFrame(), letterFrame(0, { text }));
  const texts = async () =>
    page.evaluate(
      async (id) => (globalThis as unknown as WindowsGlobal).entry.letterTexts(id),
      sampleTicketId(0),
    );
  await expect.poll(texts).toEqual([text]);
  const one = await page.evaluate(
    async (id) => (globalThis as unknown as WindowsGlobal).entry.letterText(id),
    sampleLetterId(0),
  );
  expect(one).toBe(text);
});

test('a stream that ends or breaks is asked for again with the newest cursor', async () => {
  const page = await browser.open();
  await openProfile(page);
  await send(streamPaths.changes, changes(1, 0));
  await expect.poll(async () => subjects(page)).toHaveLength(1);
  // The last line is torn: it counts only when it comes whole.
  const torn = JSON.stringify(changes(2, 1)).slice(0, -10);
  const first = streamsOf(streamPaths.changes)[0];
  first?.response.end(torn);
  await expect.poll(() => streamsOf(streamPaths.changes).some((stream) => stream !== first)).toBe(true);
  expect(streamsOf(streamPaths.changes).at(-1)?.body).toEqual({ epoch: 'e1', after: 1 });
  await expect.poll(() => streamsOf(streamPaths.changes).length).toBe(1);
  await send(streamPaths.changes, changes(2, 1));
  await expect.poll(async () => subjects(page)).toEqual([0, 1].map(subjectOf));
  const second = streamsOf(streamPaths.changes)[0];
  second?.response.destroy();
  await expect.poll(() => streamsOf(streamPaths.changes).some((stream) => stream !== second)).toBe(true);
  expect(streamsOf(streamPaths.changes).at(-1)?.body).toEqual({ epoch: 'e1', after: 2 });
});

test('the base is still there after all windows were closed', async () => {
  const page = await browser.open();
  await openProfile(page);
  await send(streamPaths.changes, changes(1, 0, 1, 2));
  await expect.poll(async () => subjects(page)).toHaveLength(3);
  await page.close();
  await expect.poll(() => opened.length).toBe(0);
  const again = await browser.open();
  await openProfile(again);
  await expect.poll(async () => subjects(again)).toEqual([0, 1, 2].map(subjectOf));
  expect(streamsOf(streamPaths.changes)[0]?.body).toEqual({ epoch: 'e1', after: 3 });
});
