import type { Connection } from '#shared/bridge/desk-status.ts';
import type { Clock } from '#shared/clock.ts';
import type { ApiCallError } from './api-call-error.ts';

const off: Connection = { state: 'off', problem: 'signed-out', retryAt: null, lastSyncAt: null };

/** What the status bar says of the ticket API, gathered from the calls' outcomes and the changes stream. */
export class ApiConnection {
  readonly #clock: Clock;
  readonly #onChange: (connection: Connection) => void;
  #connection: Connection = off;

  constructor(clock: Clock, onChange: (connection: Connection) => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  get connection(): Connection {
    return this.#connection;
  }

  signedIn(): void {
    this.#become({ state: 'connecting', problem: null, retryAt: null, lastSyncAt: null });
  }

  signedOut(): void {
    this.#become(off);
  }

  /** The outcome of a call; for `ApiClient.subscribe`. */
  called(problem: ApiCallError | null): void {
    if (this.#connection.state === 'off') return;
    if (problem === null)
      this.#become({ ...this.#connection, state: 'online', problem: null, retryAt: null });
    else this.#become({ ...this.#connection, state: 'waiting', problem: connectionProblem(problem) });
  }

  /** When the changes stream tries again. */
  retryIn(afterMs: number | null): void {
    if (this.#connection.state === 'off') return;
    const retryAt = afterMs === null ? null : this.#clock.now() + afterMs;
    this.#become({ ...this.#connection, retryAt });
  }

  caughtUp(): void {
    if (this.#connection.state === 'off') return;
    this.#become({ ...this.#connection, lastSyncAt: this.#clock.now() });
  }

  #become(next: Connection): void {
    const same =
      next.state === this.#connection.state &&
      next.problem === this.#connection.problem &&
      next.retryAt === this.#connection.retryAt &&
      next.lastSyncAt === this.#connection.lastSyncAt;
    if (same) return;
    this.#connection = next;
    this.#onChange(next);
  }
}

function connectionProblem({ kind }: ApiCallError): Connection['problem'] {
  switch (kind) {
    case 'unreachable':
    case 'aborted':
      return 'unreachable';
    case 'bad-certificate':
      return 'bad-certificate';
    case 'unauthorised':
      return 'signed-out';
    case 'wrong-credentials':
      return 'wrong-credentials';
    case 'upgrade-required':
      return 'upgrade-required';
    case 'unavailable':
    case 'internal':
      return 'server-failed';
    case 'unexpected-answer':
    case 'invalid':
    case 'too-many-attempts':
    case 'forbidden':
    case 'not-found':
    case 'conflict':
    case 'epoch-changed':
      return 'unexpected-answer';
  }
}
