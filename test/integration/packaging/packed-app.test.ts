import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { chromium, type Browser, type Page } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Bridge } from '#shared/bridge/bridge-client.ts';
import { chooseElectron } from '#test/choose-electron.ts';

const root = join(import.meta.dirname, '../../..');
const run = promisify(execFile);

let folder: string;
let said: string;
let app: ChildProcess;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stp-packed-'));
  const { distPath } = chooseElectron();
  const { stdout } = await run(
    process.execPath,
    [join(root, 'test/package.ts'), '--dir', '--linux', `-c.directories.output=${folder}`],
    {
      cwd: root,
      // No try to fetch what is known to be away.
      env: { ...process.env, ...(distPath === undefined ? {} : { ELECTRON_OVERRIDE_DIST_PATH: distPath }) },
    },
  );
  said = stdout;
  app = spawn(
    join(folder, 'linux-unpacked/stp-console'),
    ['--no-sandbox', '--remote-debugging-port=0', `--user-data-dir=${join(folder, 'data')}`],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  browser = await chromium.connectOverCDP(await devToolsOf(app));
}, 180_000);

afterAll(async () => {
  await browser.close();
  app.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

/** The address that Chromium, in Electron or beside it, says its DevTools listen at. */
async function devToolsOf({ stderr }: ChildProcess): Promise<string> {
  if (stderr === null) throw new Error('no output');
  for await (const line of createInterface({ input: stderr })) {
    const [, address] = /^DevTools listening on (ws:\S+)/u.exec(line) ?? [];
    if (address !== undefined) {
      stderr.resume();
      return address;
    }
  }
  throw new Error('the packed application ended');
}

async function deskPage(): Promise<Page> {
  const isDesk = (page: Page): boolean => new URL(page.url()).pathname === '/index.html';
  const find = (): Page | undefined =>
    browser
      .contexts()
      .flatMap((context) => context.pages())
      .find(isDesk);
  await expect.poll(find, { timeout: 30_000 }).toBeDefined();
  const page = find();
  if (page === undefined) throw new Error('no window');
  return page;
}

test('the packer says what it packs and whether it sets fuses', () => {
  const isHost = chooseElectron().kind === 'host';
  expect(said).toContain(isHost ? 'Fuses are NOT set' : 'Its fuses are set');
});

test('the packed application opens its window, and the bridge answers in it', async () => {
  const page = await deskPage();
  await page.getByRole('button').first().waitFor();
  const info = await page.evaluate(async () => {
    const { bridge } = window as unknown as { readonly bridge: Bridge };
    return await bridge.call('app.info', {});
  });
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  expect(info).toMatchObject({ ok: true, value: { version, platform: process.platform } });
});

test('it does not update itself where it came onto the computer by no installer', async () => {
  const page = await deskPage();
  const update = await page.evaluate(async () => {
    const { bridge } = window as unknown as { readonly bridge: Bridge };
    return await bridge.call('update.get', {});
  });
  expect(update).toMatchObject({ ok: true, value: { state: 'off' } });
});

test('it ends when it is told to', async () => {
  const ended = once(app, 'exit');
  app.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});
