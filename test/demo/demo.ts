import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { assertNode } from '../assert-node.ts';
import { appIsStale, buildApp } from '../build-app.ts';
import { chooseElectron } from '../choose-electron.ts';
import type { LaunchedApp } from '../e2e/launch-app.ts';
import { ensureSystemPackages } from '../system-packages.ts';
import { readOptions, usage } from './read-options.ts';
import type { Demo } from './start-demo.ts';

/*
 * `npm run demo`: the desk as an agent sees it, in a service of sixty institutions and three hundred tickets: a mailbox
 * in memory, an embedded ticket API, clients and a colleague who go on working. Everything lives in a temporary folder.
 */

assertNode();
const options = readOptions(process.argv.slice(2));
if (options === null) {
  console.error(usage);
  process.exit(2);
}
const { screenshot, pictures, preferences, seed, quiet } = options;
const isSeen = screenshot === null && pictures === null;
if (chooseElectron().kind === 'host') ensureSystemPackages(['chromium', 'fonts']);
if (isSeen && process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
  console.error('There is no display here. A picture instead:  npm run demo -- --screenshot desk.png');
  process.exit(1);
}
if (appIsStale()) await buildApp();

const userData = mkdtempSync(join(tmpdir(), 'stp-demo-'));
let ending: Promise<void> | null = null;
let starting: Promise<Demo> | null = null;
let opening: Promise<LaunchedApp> | null = null;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => void end().then(() => process.exit(0)));
}
// Playwright would end the process before the folder is gone.
process.on('newListener', (name, listener) => {
  if (name === 'SIGINT') setImmediate(() => process.off(name, listener as () => void));
});
try {
  await show();
} catch (error) {
  // An interrupted demo fails wherever it is.
  if (ending === null) {
    console.error(error);
    process.exitCode = 1;
  }
} finally {
  await end();
}
process.exit();

/** Ends everything, once, also what is only just starting. */
function end(): Promise<void> {
  ending ??= (async () => {
    const [desk, demo] = await Promise.allSettled([opening, starting]);
    if (desk.status === 'fulfilled') await desk.value?.kill();
    if (demo.status === 'fulfilled') await demo.value?.close();
    await removeUserData();
  })();
  return ending;
}

/** Chromium goes on writing for a moment after its desk has ended, and would bring the folder back. */
async function removeUserData(): Promise<void> {
  for (let missing = 0; missing < 3;) {
    missing = existsSync(userData) ? 0 : missing + 1;
    await rm(userData, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    await setTimeout(200);
  }
}

async function show(): Promise<void> {
  writeFileSync(join(userData, 'preferences.json'), JSON.stringify(preferences));
  // Only here, so that the messages above come at once; window and service start side by side.
  const [{ launchApp }, { startDemo }, { enterDesk }, { openShowcase, takePictures }] = await Promise.all([
    import('../e2e/launch-app.ts'),
    import('./start-demo.ts'),
    import('./enter-desk.ts'),
    import('./take-pictures.ts'),
  ]);
  starting = startDemo({ seed });
  opening = launchApp({ userDataDir: userData });
  const [demo, desk] = await Promise.all([starting, opening]);
  const window = await desk.window();
  if (!isSeen) await window.setViewportSize({ width: 1366, height: 768 });
  await enterDesk(window, preferences.language, demo.apiUrl, demo.account);
  if (pictures !== null) await takePictures(window, demo, pictures);
  if (screenshot !== null) {
    await openShowcase(window, demo);
    await window.screenshot({ path: screenshot });
    console.log(`Written: ${screenshot}`);
  }
  if (isSeen) {
    if (!quiet) demo.live();
    const { login, password } = demo.account;
    console.log(`The desk is open. Logged in as ${login}, password ${password}. Close its window to end.`);
    if (!window.isClosed()) await window.waitForEvent('close', { timeout: 0 });
  }
  await desk.close();
}
