import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { chromium, type Browser, type Page } from '@playwright/test';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Bridge } from '#shared/bridge/bridge-client.ts';
import { chooseElectron } from '#test/choose-electron.ts';
import { publish, startFeed } from '#test/integration/updates/update-feed.ts';

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
  await start({});
}, 180_000);

afterAll(async () => {
  await browser.close();
  app.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

async function start(env: Readonly<Record<string, string>>): Promise<void> {
  app = spawn(
    join(folder, 'linux-unpacked/stp-console'),
    ['--no-sandbox', '--remote-debugging-port=0', `--user-data-dir=${join(folder, 'data')}`],
    { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } },
  );
  browser = await chromium.connectOverCDP(await devToolsOf(app));
}

/** Asks the main process through the window's bridge. */
async function call(
  name: 'app.info' | `update.${'get' | 'check' | 'download' | 'restart'}`,
): Promise<unknown> {
  const page = await deskPage();
  return await page.evaluate(async (asked) => {
    const { bridge } = window as unknown as { readonly bridge: Bridge };
    return await bridge.call(asked, {});
  }, name);
}

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

test('holds React as agents need it, not the slow one for developers, whoever runs the build', async () => {
  expect(process.env['NODE_ENV']).toBe('test');
  const assets = join(root, 'out/renderer/assets');
  const scripts = (await readdir(assets)).filter((name) => name.endsWith('.js'));
  const hints = await Promise.all(
    scripts.map(async (name) => (await readFile(join(assets, name), 'utf8')).includes('React DevTools')),
  );
  expect(scripts.length).toBeGreaterThan(3);
  expect(hints).not.toContain(true);
});

test('the packer says what it packs and whether it sets fuses', () => {
  const isHost = chooseElectron().kind === 'host';
  expect(said).toContain(isHost ? 'Fuses are NOT set' : 'Its fuses are set');
});

test('the packed application opens its window, and the bridge answers in it', async () => {
  const page = await deskPage();
  await page.getByRole('button').first().waitFor();
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  expect(await call('app.info')).toMatchObject({ ok: true, value: { version, platform: process.platform } });
});

test('it does not update itself where it came onto the computer by no installer', async () => {
  expect(await call('update.get')).toMatchObject({ ok: true, value: { state: 'off' } });
});

test('it ends when it is told to', async () => {
  const ended = once(app, 'exit');
  app.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});

test('installed, it finds a newer one in the feed, fetches it, ends, and starts it in its place', async () => {
  const feed = await startFeed();
  onTestFinished(feed.close);
  const appImage = join(folder, 'stp-console.AppImage');
  const started = join(folder, 'started');
  await writeFile(appImage, 'the older one');
  await writeFile(
    join(folder, 'linux-unpacked/resources/app-update.yml'),
    'updaterCacheDirName: stp-console-updater\n',
  );
  // What the settings of the service have told at another start.
  await writeFile(join(folder, 'data/update-feed.txt'), feed.url);
  publish(feed, '99.0.0', Buffer.from(`#!/bin/sh\necho newer > ${started}\n`), { notes: '<p>Быстрее</p>' });

  await start({ APPIMAGE: appImage, XDG_CACHE_HOME: join(folder, 'cache') });
  await call('update.check');
  expect(await call('update.get')).toMatchObject({
    value: { state: 'available', version: '99.0.0', notes: 'Быстрее' },
  });
  await call('update.download');
  expect(await call('update.get')).toMatchObject({ value: { state: 'ready' } });
  const ended = once(app, 'exit');
  // The answer may be lost with the window.
  call('update.restart').catch(() => undefined);
  expect(await ended).toEqual([0, null]);
  await expect.poll(() => readFile(started, 'utf8').catch(() => '')).toBe('newer\n');
  expect(await readFile(appImage, 'utf8')).toContain('echo newer');
});
