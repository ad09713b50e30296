/**
 * Keeps one watched result up to date at its watcher.
 *
 * Changes that come while a result is made or on its way are one: the watcher gets the latest state, never a backlog.
 *
 *     idle --touch--> making --sent--> unacknowledged --acknowledge--> idle, or making if touched meanwhile
 */
export class WatchLoop {
  readonly #make: () => Promise<{ readonly value: unknown } | null>;
  readonly #send: (value: unknown) => void;
  #state: 'idle' | 'making' | 'unacknowledged' | 'stopped' = 'idle';
  #isTouched = false;

  /** `make` never rejects; null says that there is nothing to tell yet. */
  constructor(make: () => Promise<{ readonly value: unknown } | null>, send: (value: unknown) => void) {
    this.#make = make;
    this.#send = send;
  }

  /** The result may have changed. */
  touch(): void {
    this.#isTouched = true;
    if (this.#state === 'idle') void this.#run();
  }

  /** The watcher has taken the last result. */
  acknowledge(): void {
    if (this.#state !== 'unacknowledged') return;
    this.#state = 'idle';
    if (this.#isTouched) void this.#run();
  }

  stop(): void {
    this.#state = 'stopped';
  }

  async #run(): Promise<void> {
    this.#state = 'making';
    this.#isTouched = false;
    const made = await this.#make();
    if (this.#isStopped()) return;
    if (made === null) {
      this.#state = 'idle';
      if (this.#isTouched) void this.#run();
      return;
    }
    this.#state = 'unacknowledged';
    this.#send(made.value);
  }

  #isStopped(): boolean {
    return this.#state === 'stopped';
  }
}
