import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { accessSync, constants, readFileSync, readlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { Switches } from './command-line.ts';
import { DevToolsPipe } from './devtools-pipe.ts';

/** A running Chromium. */
export interface Chromium {
  readonly devTools: DevToolsPipe;
  /** Settles when the process is gone. */
  readonly exited: Promise<void>;
}

const executableNames = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge',
];

const ownSwitches: readonly (readonly [name: string, value?: string])[] = [
  ['remote-debugging-pipe'],
  ['remote-debugging-port', '0'],
  ['no-startup-window'],
  ['no-first-run'],
  ['no-default-browser-check'],
  ['disable-gpu'],
  ['disable-quic'],
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-sync'],
  ['disable-extensions'],
  ['disable-breakpad'],
  // /dev/shm of a container is 64 MB: too small for the streams.
  ['disable-dev-shm-usage'],
  // Electron's `backgroundThrottling: false`, which the keeper window asks for, for all windows.
  ['disable-background-timer-throttling'],
  ['disable-renderer-backgrounding'],
  ['disable-backgrounding-occluded-windows'],
  ['password-store', 'basic'],
  // Without a system bus every start logs some thirty errors.
  ['log-level', '3'],
];

/**
 * Starts the system's Chromium, without a window, under DevTools pipes.
 *
 * `CHROMIUM_PATH` names another executable. Headless without a display; without its sandbox for root, who cannot
 * have one. Throws when no Chromium is installed or its profile stays in use.
 */
export async function startChromium(
  userDataDir: string,
  switches: Switches,
  ports: { readonly hostResolverRules: string; readonly gatePort: number },
): Promise<Chromium> {
  const executable = findExecutable();
  await profileIsFree(userDataDir);
  for (const [name, value] of ownSwitches) switches.set(name, value);
  switches.set('user-data-dir', userDataDir);
  switches.set('host-resolver-rules', ports.hostResolverRules);
  switches.set('proxy-server', `127.0.0.1:${ports.gatePort}`);
  // Loopback too goes through the gate; the application's own schemes do not.
  switches.set('proxy-bypass-list', '<-loopback>;*.localhost');
  if (process.getuid?.() === 0) switches.set('no-sandbox');
  if (!process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) switches.set('headless', 'new');
  switches.delete('inspect');

  const child: ChildProcess = spawn(executable, switches.toArguments(), {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    // Ctrl+C in a terminal is the application's to answer, not the browser's.
    detached: true,
  });
  const exited = new Promise<void>((resolve) => {
    child.on('exit', () => resolve());
    child.on('error', () => resolve());
  });
  const listening = relayStderr(child);
  const devTools = new DevToolsPipe(child.stdio[4] as Readable, child.stdio[3] as Writable);
  // Until its port listens, Chromium refuses hidden targets.
  await Promise.all([devTools.send('Browser.getVersion'), listening]);
  return { devTools, exited };
}

function findExecutable(): string {
  const named = process.env['CHROMIUM_PATH'];
  if (named) return named;
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of executableNames) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        continue;
      }
    }
  }
  throw new Error('No Chromium found: install it (apt-get install chromium) or set CHROMIUM_PATH.');
}

/** Waits for the Chromium of a host that was just killed: a second one would hand its windows to the dying first. */
async function profileIsFree(userDataDir: string): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (profileOwnerLives(userDataDir)) {
    if (Date.now() > deadline) throw new Error(`Another Chromium uses ${userDataDir}.`);
    await delay(50);
  }
}

function profileOwnerLives(userDataDir: string): boolean {
  try {
    const processId = readlinkSync(join(userDataDir, 'SingletonLock')).split('-').at(-1) ?? '';
    return readFileSync(`/proc/${processId}/cmdline`, 'utf8').includes(userDataDir);
  } catch {
    // No lock, or no such process.
    return false;
  }
}

/** Passes on what Chromium says, without Debian's start script; settles at the line that Playwright waits for too. */
function relayStderr(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (!child.stderr) return;
    const lines = createInterface({ input: child.stderr });
    lines.on('close', resolve);
    lines.on('line', (line) => {
      if (line.startsWith('DevTools listening on ')) resolve();
      if (line !== '' && !line.includes('unexpected operator')) process.stderr.write(`${line}\n`);
    });
  });
}
