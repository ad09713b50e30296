import inspector from 'node:inspector';
import { mkdirSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { assertNode } from '../assert-node.ts';
import { appFacts, commandLine, mainPath, resourcesPath } from './app-facts.ts';
import { Browser } from './browser.ts';
import { surroundWindows } from './browser-window.ts';
import { startChromium } from './chromium.ts';
import { announceContents, app, ipcMain, protocol, session } from './electron-module.ts';
import { NetworkGate } from './network-gate.ts';
import { hostResolverRules } from './scheme-origin.ts';

assertNode();

// What the application may ask about its runtime.
Object.assign(process.versions, { electron: '45.0.0-host', chrome: 'system' });
Object.assign(process, {
  type: 'browser',
  resourcesPath: appFacts.isPackaged ? resourcesPath : app.getAppPath(),
  defaultApp: !appFacts.isPackaged,
});

const inspectPort = commandLine.switches.get('inspect');
if (inspectPort !== undefined) inspector.open(Number(inspectPort.split(':').at(-1) || 9229), '127.0.0.1');

const electronUrl = new URL('./electron-module.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' || specifier === 'electron/main'
      ? { url: electronUrl, shortCircuit: true }
      : next(specifier, context),
});

for (const path of commandLine.required) createRequire(resolve('host.js'))(resolve(path));
process.on('SIGTERM', () => app.quit());
process.on('SIGINT', () => app.quit());

await import(pathToFileURL(mainPath).href);

const userData = app.getPath('userData');
mkdirSync(userData, { recursive: true });
const port = await protocol.listen();
const chromium = await startChromium(userData, commandLine.switches, {
  hostResolverRules: hostResolverRules(protocol.schemes, port),
  gatePort: await new NetworkGate(session.defaultSession).listen(),
});
const browser = new Browser(chromium, session.defaultSession);
await browser.start();
surroundWindows({
  browser: () => browser,
  session: session.defaultSession,
  ipcMain,
  onContents: announceContents,
});

let stopping = false;
void chromium.exited.then(() => {
  if (stopping) return;
  process.stderr.write('Chromium ended.\n');
  process.exit(1);
});

app.becomeReady(async () => {
  stopping = true;
  chromium.devTools.post('Browser.close');
  // A browser that does not end by itself ends with the pipe.
  await Promise.race([chromium.exited, delay(5_000)]);
});
