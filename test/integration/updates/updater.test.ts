import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { AppUpdater } from 'electron-updater';
import type { UpdateState } from '#shared/bridge/update-state.ts';
import type { Scheduler } from '#main/scheduler.ts';
import { UpdaterClient } from '#main/updates/updater-client.ts';
import { Updates } from '#main/updates/updates.ts';
import { publish, startFeed, type Feed } from './update-feed.ts';

type UpdaterConstructor = new (options: undefined, app: object) => AppUpdater;
let Updater: UpdaterConstructor;
let Executor: new () => object;

beforeAll(async () => {
  const electron = pathToFileURL(join(import.meta.dirname, 'electron-net.ts')).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'electron' ? { url: electron, shortCircuit: true } : next(specifier, context),
  });
  const updaters = (await import('electron-updater')) as unknown as { AppImageUpdater: UpdaterConstructor };
  const executors = (await import('electron-updater/out/electronHttpExecutor.js')) as unknown as {
    ElectronHttpExecutor: new () => object;
  };
  Updater = updaters.AppImageUpdater;
  Executor = executors.ElectronHttpExecutor;
});

async function openFeed(): Promise<Feed> {
  const feed = await startFeed();
  onTestFinished(feed.close);
  return feed;
}

/** An installed desk of version 1.2.0. */
async function installedDesk() {
  const folder = await mkdtemp(join(tmpdir(), 'stp-update-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const appImage = join(folder, 'stp-console.AppImage');
  await writeFile(appImage, 'the desk of version 1.2.0');
  await writeFile(join(folder, 'app-update.yml'), 'updaterCacheDirName: stp-console-updater\n');
  const before = process.env['APPIMAGE'];
  process.env['APPIMAGE'] = appImage;
  onTestFinished(() => {
    if (before === undefined) delete process.env['APPIMAGE'];
    else process.env['APPIMAGE'] = before;
  });
  const updater = new Updater(undefined, {
    version: '1.2.0',
    name: 'stp-console',
    isPackaged: true,
    appUpdateConfigPath: join(folder, 'app-update.yml'),
    userDataPath: folder,
    baseCachePath: join(folder, 'cache'),
    whenReady: () => Promise.resolve(),
    relaunch: () => {},
    quit: () => {},
    onQuit: () => {},
  });
  Object.assign(updater, { httpExecutor: new Executor() });
  const fetched: string[] = [];
  updater.on('update-downloaded', ({ downloadedFile }) => fetched.push(downloadedFile));

  const states: UpdateState[] = [];
  const log: string[] = [];
  const waits: Scheduler = { delay: () => new Promise(() => {}), random: () => 0 };
  let isBusy = false;
  const installed: string[] = [];
  const client = new UpdaterClient(updater);
  client.install = () => void installed.push('1');
  const updates = new Updates({
    client,
    emit: (_name, state) => states.push(state as UpdateState),
    scheduler: waits,
    isBusy: () => isBusy,
    log: {
      info: () => {},
      warn: (event, facts) => log.push(`${event} ${JSON.stringify(facts)}`),
      error: () => {},
    },
  });
  return {
    updates,
    updater,
    states,
    fetched,
    log,
    installed,
    appImage,
    setBusy: (busy: boolean) => {
      isBusy = busy;
    },
  };
}

const newer = Buffer.from('the desk of version 1.3.0 '.repeat(10_000));

test('a newer version is found, fetched when asked for, and installed when nothing is under way', async () => {
  const feed = await openFeed();
  publish(feed, '1.3.0', newer, {
    notes: '<h2>Новое</h2><ul><li>Быстрее <b>поиск</b></li></ul><script>x</script>',
  });
  const desk = await installedDesk();
  expect(desk.updates.state.state).toBe('off');
  desk.updates.follow(feed.url);
  expect(desk.updates.state.state).toBe('idle');

  await desk.updates.check();
  expect(desk.updates.state).toMatchObject({ state: 'available', version: '1.3.0', problem: null });
  expect(desk.updates.state.notes).toBe('Новое\n\n * Быстрее поиск');
  expect(feed.asked).toEqual(['/desk/latest-linux.yml']);
  expect(desk.updates.restart()).toEqual({ ok: false, error: { kind: 'not-found' } });

  await desk.updates.download();
  expect(desk.updates.state).toMatchObject({ state: 'ready', version: '1.3.0', percent: 100, problem: null });
  const [file = ''] = desk.fetched;
  expect(await readFile(file)).toEqual(newer);
  expect(await readFile(desk.appImage, 'utf8')).toBe('the desk of version 1.2.0');
  expect(desk.states.map(({ state }) => state)).toEqual(
    expect.arrayContaining(['idle', 'checking', 'available', 'downloading', 'ready']),
  );

  desk.setBusy(true);
  expect(desk.updates.restart()).toEqual({ ok: false, error: { kind: 'busy' } });
  desk.setBusy(false);
  expect(desk.updates.restart().ok).toBe(true);
  expect(desk.installed).toEqual(['1']);
});

test('an installation that does not come about is told, so that the desk can start again', async () => {
  const { updater } = await installedDesk();
  let failures = 0;
  new UpdaterClient(updater).install(() => (failures += 1));
  expect(failures).toBe(1);
});

test('a file with another hash than the feed promised is refused, and nothing of it stays', async () => {
  const feed = await openFeed();
  publish(feed, '1.3.0', newer, { sha512: createHash('sha512').update('other').digest('base64') });
  const desk = await installedDesk();
  desk.updates.follow(feed.url);
  await desk.updates.check();
  await desk.updates.download();
  expect(desk.updates.state).toMatchObject({ state: 'failed', problem: 'wrong-hash', percent: null });
  expect(desk.fetched).toEqual([]);
  expect(desk.updates.restart().ok).toBe(false);
  // The right file came into the feed: it can be fetched without another look.
  publish(feed, '1.3.0', newer);
  await desk.updates.check();
  await desk.updates.download();
  expect(desk.updates.state.state).toBe('ready');
});

test.each(['1.1.9', '1.2.0', '1.2.0-beta.1'])('%s is no newer version', async (version) => {
  const feed = await openFeed();
  publish(feed, version, newer);
  const desk = await installedDesk();
  desk.updates.follow(feed.url);
  await desk.updates.check();
  expect(desk.updates.state).toMatchObject({ state: 'idle', version: null });
  await desk.updates.download();
  expect(feed.asked).toEqual(['/desk/latest-linux.yml']);
});

test('says what is wrong with a feed', async () => {
  const feed = await openFeed();
  const desk = await installedDesk();
  desk.updates.follow(feed.url);
  await desk.updates.check();
  expect(desk.updates.state).toMatchObject({ state: 'failed', problem: 'unexpected-answer' });
  feed.files.set('/desk/latest-linux.yml', '<html>Welcome</html>');
  await desk.updates.check();
  expect(desk.updates.state).toMatchObject({ state: 'failed', problem: 'unexpected-answer' });
  desk.updates.follow('http://127.0.0.1:9/desk');
  await desk.updates.check();
  expect(desk.updates.state).toMatchObject({ state: 'failed', problem: 'unreachable' });
  desk.updates.follow('http://updates.example.by/desk');
  expect(desk.updates.state).toMatchObject({ state: 'failed', problem: 'plain-text-refused' });
  desk.updates.follow('');
  expect(desk.updates.state.state).toBe('off');
  // The log names the kind, never the address.
  expect(desk.log.join('\n')).not.toContain('127.0.0.1');
});
