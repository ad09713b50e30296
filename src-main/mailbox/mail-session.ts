import type { ImapFlow } from 'imapflow';
import type { ChangeSignal } from './change-signal.ts';
import type { FolderState } from './uid-planner.ts';

/** What goes first when several want the connection; each job is short, so that nobody waits long. */
export type JobPriority = 'asked-for' | 'ingest' | 'sync';

const ranks: Readonly<Record<JobPriority, number>> = { 'asked-for': 0, ingest: 1, sync: 2 };

/** The connection went away before the job was done; what was asked may be asked again of the next one. */
export class ConnectionLost extends Error {
  constructor() {
    super('The connection to the mail server is gone.');
    this.name = 'ConnectionLost';
  }
}

interface Job {
  readonly rank: number;
  readonly path: string;
  readonly start: () => Promise<void>;
  readonly drop: () => void;
}

/**
 * One connected period of a connection: jobs one after the other, each in the folder that it wants, and between
 * them IDLE in the home folder.
 *
 * Folders are opened with EXAMINE only.
 */
export class MailSession {
  /** Hints that the home folder may have changed. */
  readonly changes: ChangeSignal;
  readonly home: string;
  readonly #client: ImapFlow;
  readonly #lost = new AbortController();
  #queue: Job[] = [];
  #busy = false;
  #removals = 0;
  #state: FolderState;

  /** The client must have opened `home` already. */
  constructor(client: ImapFlow, home: string, changes: ChangeSignal) {
    this.changes = changes;
    this.#client = client;
    this.home = home;
    this.#state = stateOf(client);
    const hint = (event: { path: string }): void => {
      if (event.path === home) this.changes.notify();
    };
    const removed = (event: { path: string }): void => {
      if (event.path === home) this.#removals += 1;
      hint(event);
    };
    client.on('exists', hint);
    client.on('expunge', removed);
    // While another folder was open nobody told what was removed from this one.
    client.on('mailboxOpen', removed);
    // Before anything can be missed: `close` is emitted once.
    if (client.usable) client.once('close', () => this.#onLost());
    else this.#onLost();
  }

  /** Aborts when the connection is gone. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Grows when letters were, or may have been, removed from the home folder. */
  get removals(): number {
    return this.#removals;
  }

  /** The home folder's state as the server last told it. */
  homeState(): FolderState {
    if (this.#atHome()) this.#state = stateOf(this.#client);
    return this.#state;
  }

  /**
   * Runs a job with that folder open.
   *
   * @throws ConnectionLost, or whatever the job throws.
   */
  run<T>(priority: JobPriority, path: string, job: (client: ImapFlow) => Promise<T>): Promise<T> {
    if (this.lost.aborted) return Promise.reject(new ConnectionLost());
    return new Promise<T>((resolve, reject) => {
      const rank = ranks[priority];
      const entry: Job = {
        rank,
        path,
        start: async () => {
          try {
            await this.#open(path);
            const result = await job(this.#client);
            this.#checkHome();
            resolve(result);
          } catch (error) {
            reject(this.#client.usable ? error : new ConnectionLost());
          }
        },
        drop: () => {
          reject(new ConnectionLost());
        },
      };
      const at = this.#queue.findIndex((other) => other.rank > rank);
      this.#queue.splice(at === -1 ? this.#queue.length : at, 0, entry);
      void this.#work();
    });
  }

  /** Ends the connection; jobs that wait are rejected. */
  close(): void {
    this.#client.close();
    this.#onLost();
  }

  async #work(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    while (!this.lost.aborted) {
      const job = this.#queue.shift();
      if (job !== undefined) await job.start();
      else if (this.#atHome()) break;
      else await this.#goHome();
    }
    this.#busy = false;
  }

  async #open(path: string): Promise<void> {
    const { mailbox } = this.#client;
    if (mailbox === false || mailbox.path !== path) await this.#client.mailboxOpen(path, { readOnly: true });
    this.#checkHome();
  }

  /** UIDs of another UIDVALIDITY must never be taken for those of this one: a home numbered anew ends the session. */
  #checkHome(): void {
    if (!this.#atHome() || stateOf(this.#client).uidValidity === this.#state.uidValidity) return;
    this.close();
    throw new ConnectionLost();
  }

  /** Back to the folder that is watched; opening it tells whether it changed meanwhile. */
  async #goHome(): Promise<void> {
    try {
      await this.#open(this.home);
    } catch {
      // A home that cannot be opened any more needs a new start.
      this.close();
    }
  }

  #atHome(): boolean {
    const { mailbox } = this.#client;
    return mailbox !== false && mailbox.path === this.home;
  }

  #onLost(): void {
    if (this.lost.aborted) return;
    this.#lost.abort();
    for (const job of this.#queue.splice(0)) job.drop();
  }
}

function stateOf(client: ImapFlow): FolderState {
  const { mailbox } = client;
  if (mailbox === false) throw new ConnectionLost();
  return {
    uidValidity: mailbox.uidValidity.toString(),
    // The library writes 0 or nothing where the server does not say.
    uidNext: mailbox.uidNext > 0 ? mailbox.uidNext : null,
    exists: mailbox.exists,
    highestModseq: mailbox.highestModseq?.toString() ?? null,
  };
}
