import type { ImapFlow } from 'imapflow';
import type { Clock } from '#shared/clock.ts';
import type { Result } from '#shared/result.ts';
import { ChangeSignal, pause } from './change-signal.ts';
import { connectionProblem, type ConnectionProblem } from './connection-problem.ts';
import { MailSession } from './mail-session.ts';
import type { MailTimes } from './mail-times.ts';

export type ConnectionState =
  | { readonly state: 'connecting' }
  | { readonly state: 'online' }
  | { readonly state: 'waiting'; readonly problem: ConnectionProblem; readonly retryAt: number };

export interface MailConnectionOptions {
  readonly open: (
    onClose: (problem: ConnectionProblem) => void,
  ) => Promise<Result<ImapFlow, ConnectionProblem>>;
  /** Says which folder is home, once logged in. */
  readonly home: (client: ImapFlow) => Promise<string>;
  /** Hints that the home folder may have changed, over all sessions; also given when one begins. */
  readonly changes: ChangeSignal;
  readonly times: MailTimes['reconnect'];
  readonly clock: Clock;
  /** A number from 0 to 1. */
  readonly random: () => number;
  readonly onState: (state: ConnectionState) => void;
}

/**
 * Keeps one connection to the mail server standing.
 *
 *     connecting ──► online ──► waiting ──► connecting …
 *          └────────────────────►┘
 */
export class MailConnection {
  readonly #options: MailConnectionOptions;
  readonly #ended = new AbortController();
  readonly #online = new ChangeSignal();
  readonly #retry = new ChangeSignal();
  #session: MailSession | null = null;

  constructor(options: MailConnectionOptions) {
    this.#options = options;
  }

  start(): void {
    void this.#live();
  }

  close(): void {
    this.#ended.abort();
    this.#session?.close();
  }

  /** Ends a wait before the next try. */
  retryNow(): void {
    this.#retry.notify();
  }

  /** The session if the connection stands at the moment. */
  current(): MailSession | null {
    return this.#session;
  }

  /** Waits for a session; null when the signal aborts or the connection is closed first. */
  async session(signal: AbortSignal): Promise<MailSession | null> {
    const either = AbortSignal.any([signal, this.#ended.signal]);
    for (;;) {
      const seen = this.#online.count;
      if (either.aborted) return null;
      if (this.#session !== null) return this.#session;
      await this.#online.next(seen, either);
    }
  }

  async #live(): Promise<void> {
    const { clock, times, onState } = this.#options;
    const ended = this.#ended.signal;
    let failures = 0;
    while (!ended.aborted) {
      onState({ state: 'connecting' });
      const startedAt = clock.now();
      const problem = await this.#connected();
      if (ended.aborted) return;
      failures = clock.now() - startedAt > times.settledMs ? 1 : failures + 1;
      const seen = this.#retry.count;
      const delayMs = this.#delayMs(problem, failures);
      onState({ state: 'waiting', problem, retryAt: Math.round(clock.now() + delayMs) });
      await this.#retry.next(seen, ended, delayMs);
    }
  }

  /** Connects and stays connected; answers why that ended. */
  async #connected(): Promise<ConnectionProblem> {
    let problem: ConnectionProblem = 'unreachable';
    const opened = await this.#options.open((reason) => {
      problem = reason;
    });
    if (!opened.ok) return opened.error;
    const client = opened.value;
    let session: MailSession;
    try {
      const home = await this.#options.home(client);
      await client.mailboxOpen(home, { readOnly: true });
      session = new MailSession(client, home, this.#options.changes);
    } catch (error) {
      client.close();
      return connectionProblem(error);
    }
    if (this.#ended.signal.aborted) {
      session.close();
      return problem;
    }
    this.#session = session;
    this.#options.onState({ state: 'online' });
    this.#online.notify();
    this.#options.changes.notify();
    await pause(2_147_483_647, session.lost);
    this.#session = null;
    return problem;
  }

  #delayMs(problem: ConnectionProblem, failures: number): number {
    const { random, times } = this.#options;
    const base = problem === 'wrong-credentials' ? times.credentialsMs : times.firstMs;
    const longest = Math.max(base, times.longestMs);
    return Math.min(longest, base * 2 ** Math.min(failures - 1, 10)) * (0.5 + random() / 2);
  }
}
