import type { EmitEvent } from '#shared/bridge/bridge-client.ts';
import type { BridgeError } from '#shared/bridge/bridge-error.ts';
import type { UpdateState } from '#shared/bridge/update-state.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Log } from '../log.ts';
import { isLoopback } from '../network/is-loopback.ts';
import type { Scheduler } from '../scheduler.ts';
import type { UpdateClient } from './update-client.ts';

/** The start of the desk belongs to the agent's work. */
const firstCheckMs = 60_000;
const checkEveryMs = 4 * 3_600_000;

const off: UpdateState = { state: 'off', version: null, notes: '', percent: null, problem: null };
const idle: UpdateState = { ...off, state: 'idle' };

interface UpdatesParts {
  /** Null where the desk is no installed application. */
  readonly client: UpdateClient | null;
  readonly emit: EmitEvent;
  readonly scheduler: Scheduler;
  /** Whether something is under way that a restart would interrupt. */
  readonly isBusy: () => boolean;
  readonly log: Log;
}

/**
 * Becoming a newer desk, step by step and never by itself: it looks whether there is one, an agent has it fetched, and an
 * agent restarts.
 *
 *     off --feed--> idle --check--> checking --> available --download--> downloading --> ready --restart-->
 *                     ^------nothing newer--'        `---------failed <------'
 */
export class Updates {
  readonly #parts: UpdatesParts;
  #state = off;
  #feedUrl = '';
  #stopChecking = new AbortController();

  constructor(parts: UpdatesParts) {
    this.#parts = parts;
  }

  get state(): UpdateState {
    return this.#state;
  }

  /** Looks there from now on; an empty address turns updating off. */
  follow(feedUrl: string): void {
    if (this.#parts.client === null || feedUrl === this.#feedUrl) return;
    this.#feedUrl = feedUrl;
    this.#stopChecking.abort();
    this.#stopChecking = new AbortController();
    if (this.#state.state === 'downloading' || this.#state.state === 'ready') return;
    if (feedUrl === '') this.#enter(off);
    else if (!isGuarded(feedUrl)) this.#enter({ ...idle, state: 'failed', problem: 'plain-text-refused' });
    else this.#enter(idle);
    if (this.#state.state === 'idle') void this.#checkNowAndThen(this.#stopChecking.signal);
  }

  /** Does nothing while there is nothing to find out: updating is off, or something was found. */
  async check(): Promise<void> {
    const { client, log } = this.#parts;
    const { state } = this.#state;
    if (client === null || !isGuarded(this.#feedUrl)) return;
    if (state === 'checking' || state === 'downloading' || state === 'ready') return;
    const before = this.#state;
    const feedUrl = this.#feedUrl;
    this.#enter({ ...idle, state: 'checking' });
    const found = await client.check(feedUrl);
    if (feedUrl !== this.#feedUrl) return;
    if (!found.ok) {
      log.warn('update.check', { problem: found.error.kind });
      // What was found before can still be fetched.
      this.#enter(
        before.state === 'available' ? before : { ...idle, state: 'failed', problem: found.error.kind },
      );
    } else if (found.value === null) {
      this.#enter(idle);
    } else {
      this.#enter({ ...idle, state: 'available', ...found.value });
    }
  }

  async download(): Promise<void> {
    const { client, log } = this.#parts;
    const { state, version } = this.#state;
    if (client === null || version === null || (state !== 'available' && state !== 'failed')) return;
    const wanted = this.#state;
    this.#enter({ ...wanted, state: 'downloading', percent: 0, problem: null });
    const done = await client.download((percent) => {
      if (this.#state.state === 'downloading' && this.#state.percent !== percent)
        this.#enter({ ...this.#state, percent });
    });
    if (!done.ok) log.warn('update.download', { problem: done.error.kind });
    this.#enter(
      done.ok
        ? { ...wanted, state: 'ready', percent: 100, problem: null }
        : { ...wanted, state: 'failed', percent: null, problem: done.error.kind },
    );
  }

  /** Refused while it would interrupt work that is under way, and before a newer version lies ready. */
  restart(): Result<void, BridgeError> {
    const { client, isBusy } = this.#parts;
    if (client === null || this.#state.state !== 'ready') return err({ kind: 'not-found' });
    if (isBusy()) return err({ kind: 'busy' });
    client.install();
    return ok(undefined);
  }

  close(): void {
    this.#stopChecking.abort();
  }

  async #checkNowAndThen(signal: AbortSignal): Promise<void> {
    const { scheduler } = this.#parts;
    for (let waitMs = firstCheckMs; ; waitMs = checkEveryMs) {
      await scheduler.delay(waitMs, signal);
      if (signal.aborted) return;
      await this.check();
    }
  }

  #enter(state: UpdateState): void {
    this.#state = state;
    this.#parts.emit('update.changed', state);
  }
}

/** Programs come over TLS only, or from this computer. */
function isGuarded(feedUrl: string): boolean {
  if (!URL.canParse(feedUrl)) return false;
  const { protocol, hostname } = new URL(feedUrl);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}
