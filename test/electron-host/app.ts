import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { HostBrowserWindow } from './browser-window.ts';
import type { Switches } from './command-line.ts';
import { claimSingleInstance, releaseSingleInstance } from './single-instance.ts';
import { createPreventableEvent } from './web-contents.ts';

/** What the host knows about the application before its first line runs. */
export interface AppFacts {
  readonly name: string;
  readonly version: string;
  readonly appPath: string;
  readonly switches: Switches;
  readonly executable: string;
  readonly isPackaged: boolean;
}

/** Electron's `app`. */
export class HostApp extends EventEmitter {
  readonly isPackaged: boolean;
  readonly commandLine: {
    appendSwitch(name: string, value?: string): void;
    hasSwitch(name: string): boolean;
    getSwitchValue(name: string): string;
    removeSwitch(name: string): void;
  };
  readonly #facts: AppFacts;
  readonly #paths = new Map<string, string>();
  readonly #ready: Promise<void>;
  #resolveReady: () => void = () => undefined;
  #isReady = false;
  #quitting = false;
  #badgeCount = 0;
  #stop: (() => Promise<void>) | undefined;

  constructor(facts: AppFacts) {
    super();
    this.#facts = facts;
    this.isPackaged = facts.isPackaged;
    this.#ready = new Promise((resolve) => {
      this.#resolveReady = resolve;
    });
    const { switches } = facts;
    this.commandLine = {
      appendSwitch: (name, value) => switches.set(name, value),
      hasSwitch: (name) => switches.get(name) !== undefined,
      getSwitchValue: (name) => switches.get(name) ?? '',
      removeSwitch: (name) => switches.delete(name),
    };
    const appData = process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config');
    const userData = switches.get('user-data-dir') ?? join(appData, facts.name);
    this.#paths.set('home', homedir()).set('appData', appData).set('temp', tmpdir());
    this.#paths.set('userData', userData).set('exe', facts.executable);
    this.#paths.set('downloads', join(homedir(), 'Downloads'));
  }

  getName(): string {
    return this.#facts.name;
  }

  getVersion(): string {
    return this.#facts.version;
  }

  getAppPath(): string {
    return this.#facts.appPath;
  }

  getLocale(): string {
    return (process.env['LANG'] ?? 'en').split(/[_.]/u)[0] ?? 'en';
  }

  getPreferredSystemLanguages(): string[] {
    return [(process.env['LANG'] ?? 'en').split('.')[0]?.replace('_', '-') ?? 'en'];
  }

  getPath(name: string): string {
    const userData = this.#paths.get('userData') ?? '';
    const path =
      this.#paths.get(name) ??
      { sessionData: userData, logs: join(userData, 'logs'), crashDumps: join(userData, 'Crashpad') }[name];
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  isReady(): boolean {
    return this.#isReady;
  }

  whenReady(): Promise<void> {
    return this.#ready;
  }

  /** False when another process works on the same user data; that one hears `second-instance`. */
  requestSingleInstanceLock(): boolean {
    mkdirSync(this.getPath('userData'), { recursive: true });
    const { isHeld, told } = claimSingleInstance(this.getPath('userData'), (argv, workingDirectory) => {
      this.emit('second-instance', {}, argv, workingDirectory, null);
    });
    this.#stop ??= () => told;
    return isHeld;
  }

  /** Another process may take the folder from now on. */
  releaseSingleInstanceLock(): void {
    releaseSingleInstance(this.getPath('userData'));
  }

  setAppUserModelId(_id: string): void {}

  setBadgeCount(count = 0): boolean {
    this.#badgeCount = count;
    return true;
  }

  getBadgeCount(): number {
    return this.#badgeCount;
  }

  /** Starts the application once more when this one has ended. */
  relaunch(): void {
    this.once('quit', () => {
      const [executable = '', ...args] = process.argv;
      spawn(executable, args, { stdio: 'ignore', detached: true }).unref();
    });
  }

  enableSandbox(): void {}

  /** Asks `before-quit` and every window's `close`; any of them can stop it. */
  quit(): void {
    const before = createPreventableEvent();
    this.emit('before-quit', before);
    if (before.defaultPrevented || this.#quitting) return;
    for (const window of HostBrowserWindow.getAllWindows()) {
      if (!window.close()) return;
    }
    const will = createPreventableEvent();
    this.emit('will-quit', will);
    if (will.defaultPrevented) return;
    this.#quitting = true;
    this.emit('quit', {}, 0);
    this.#exit(0);
  }

  exit(code = 0): void {
    this.#exit(code);
  }

  /** The host's own part: the browser is there. */
  becomeReady(stop: () => Promise<void>): void {
    this.#stop = stop;
    this.#isReady = true;
    this.#resolveReady();
    this.emit('ready', {}, {});
  }

  #exit(code: number): void {
    const stopped = this.#stop?.() ?? Promise.resolve();
    stopped.then(
      () => process.exit(code),
      () => process.exit(code),
    );
  }
}
