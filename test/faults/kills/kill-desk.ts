import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { type Page } from '@playwright/test';
import type { CallName, CallParams, CallResult } from '#shared/bridge/bridge-client.ts';
import type { DraftAttachment } from '#shared/bridge/draft.ts';
import type { PendingChange } from '#shared/bridge/pending.ts';
import { streamPaths } from '#shared/bridge/streams.ts';
import { chooseElectron } from '../../choose-electron.ts';
import { launchApp, type LaunchedApp } from '../../e2e/launch-app.ts';
import { chromiumProcesses, killAll } from './processes.ts';
import type { KillPlan } from './kill-plan.ts';

const root = new URL('../../..', import.meta.url).pathname;

/** Long for a desk that starts beside others on two cores. */
const patienceMs = 30_000;

/** What stands on a desk's screen at its start. */
export type Sight = 'desk' | 'log-in';

/** The built desk in its own processes, worked at through its bridge and its keyboard. */
export class KillDesk {
  readonly userDataDir: string;
  readonly #app: LaunchedApp;
  #page: Page;

  private constructor(app: LaunchedApp, page: Page) {
    this.userDataDir = app.userDataDir;
    this.#app = app;
    this.#page = page;
  }

  /** `preload`: a module that the main process runs before the desk. */
  static async start(userDataDir: string, preload: string | null = null): Promise<KillDesk> {
    const args = preload === null ? [] : ['-r', preload];
    const app = await launchApp({ userDataDir, args });
    const page = await app.window();
    page.setDefaultTimeout(patienceMs);
    return new KillDesk(app, page);
  }

  get page(): Page {
    return this.#page;
  }

  /** What its processes have printed. */
  get output(): string {
    return this.#app.output();
  }

  /** Waits until there is something to work with. */
  async sight(): Promise<Sight> {
    const queue = this.#page.getByRole('navigation', { name: 'Страницы' });
    const form = this.#page.getByRole('form', { name: /^(?:Вход|Добро пожаловать)$/u });
    await queue.or(form).first().waitFor();
    return (await queue.isVisible()) ? 'desk' : 'log-in';
  }

  async call<Name extends CallName>(name: Name, params: CallParams<Name>): Promise<CallResult<Name>> {
    return await this.#page.evaluate(async ([name, params]) => window.bridge.call(name, params as never), [
      name,
      params,
    ] as const);
  }

  /** A call whose answer nobody will see: the desk is killed first. */
  callAndForget<Name extends CallName>(name: Name, params: CallParams<Name>): void {
    this.call(name, params).catch(() => {});
  }

  /** Adds a file; null when the desk refuses it. */
  async addFile(name: string, chars: number): Promise<DraftAttachment | null> {
    return await this.#page.evaluate(
      async ([path, chars]) => {
        const answer = await fetch(path, { method: 'POST', body: 'ф'.repeat(chars) });
        if (!answer.ok) return null;
        return ((await answer.json()) as { readonly attachment: DraftAttachment }).attachment;
      },
      [`${streamPaths.upload}?name=${encodeURIComponent(name)}&type=text/plain`, chars] as const,
    );
  }

  /** All that the main process has in hand and nobody else has yet; null while nobody is signed in. */
  async pending(): Promise<readonly PendingChange[] | null> {
    return await this.#page.evaluate(async (path) => {
      const ended = new AbortController();
      const answer = await fetch(path, { method: 'POST', body: '{}', signal: ended.signal });
      if (!answer.ok) return null;
      const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      while (!text.includes('\n')) text += (await reader?.read())?.value ?? '\n';
      ended.abort();
      const [line = ''] = text.split('\n');
      return (JSON.parse(line) as { readonly changes: readonly PendingChange[] }).changes;
    }, streamPaths.pending);
  }

  /** Ends as `death` says; resolves when nothing of the desk lives any more. */
  async die(death: KillPlan['death']): Promise<void> {
    const processes = chromiumProcesses(this.userDataDir);
    const ofType = (...types: readonly string[]): number[] =>
      processes.filter(({ type }) => types.includes(type)).map(({ id }) => id);
    if (death === 'browser') killAll(ofType('browser'));
    if (death === 'windows') killAll(ofType('renderer'));
    if (death === 'services') killAll(ofType('utility', 'gpu-process'));
    await this.#app.kill();
    await this.#gone();
  }

  /** Starts the desk once more beside this one; resolves when that one has left. */
  async startSecond(): Promise<void> {
    const second = spawn(chooseElectron().executable, [root, `--user-data-dir=${this.userDataDir}`], {
      stdio: 'ignore',
    });
    const left = once(second, 'exit');
    const late = setTimeout(() => second.kill('SIGKILL'), patienceMs);
    await left;
    clearTimeout(late);
  }

  async close(): Promise<void> {
    await this.#app.close();
    await this.#gone();
  }

  /** Chromium leaves with its pipe, a moment later. */
  async #gone(): Promise<void> {
    const deadline = Date.now() + 10_000;
    for (;;) {
      const left = chromiumProcesses(this.userDataDir);
      if (left.length === 0) return;
      if (Date.now() > deadline) killAll(left.map(({ id }) => id));
      await delay(20);
    }
  }
}
