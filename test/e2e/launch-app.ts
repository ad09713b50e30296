import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { _electron, expect, type ElectronApplication, type Page } from '@playwright/test';
import { chooseElectron } from '../choose-electron.ts';

/** A running desk. */
export interface LaunchedApp {
  readonly app: ElectronApplication;
  readonly userDataDir: string;
  /** What its process has printed since it could be driven. */
  output(): string;
  /** The agent's window, not the hidden keeper. */
  window(): Promise<Page>;
  /** Quits as an agent does. */
  close(): Promise<void>;
  /** SIGKILL: nothing in the process gets a say. Resolves when it is gone. */
  kill(): Promise<void>;
}

export interface LaunchOptions {
  /** Everything that the desk keeps on this computer; give the same folder again to start it anew. */
  readonly userDataDir: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** The application's folder, when it is not this project. */
  readonly appPath?: string;
  /** Takes the pages' CSP away, to see what stands behind it. */
  readonly bypassCSP?: boolean;
}

const root = join(import.meta.dirname, '../..');

/** Starts the built desk in Electron or in its host, whichever is here. */
export async function launchApp(options: LaunchOptions): Promise<LaunchedApp> {
  const { userDataDir, env = {}, args = [], appPath = root, bypassCSP = false } = options;
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const app = await _electron.launch({
    executablePath: chooseElectron().executable,
    args: [appPath, `--user-data-dir=${userDataDir}`, ...args],
    env: { ...Object.fromEntries(inherited), ...env },
    bypassCSP,
  });
  // Playwright forgets the process of an application that has ended.
  const child = app.process();
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  return {
    app,
    userDataDir,
    output: () => output,
    window: async () => {
      await expect.poll(() => app.windows().some(isDesk), { timeout: 30_000 }).toBe(true);
      return app.windows().find(isDesk) ?? (await app.firstWindow());
    },
    close: async () => {
      if (child.exitCode === null && child.signalCode === null) await app.close();
    },
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

function isDesk(page: Page): boolean {
  return new URL(page.url()).pathname === '/index.html';
}

/** Removes what Chromium keeps for the pages, and so the desk's cache, where Electron and the host have it. */
export async function deleteCache(userDataDir: string): Promise<void> {
  const folders = ['IndexedDB', 'Default/IndexedDB'].map((folder) => join(userDataDir, folder));
  const there = folders.filter((folder) => existsSync(folder));
  if (there.length === 0) throw new Error('There is no cache where it is expected.');
  for (const folder of there) await rm(folder, { recursive: true });
}
