/** Counts hints that something changed and wakes whoever waits for the next one; a hint is never lost. */
export class ChangeSignal {
  #count = 0;
  readonly #waiting = new Set<() => void>();
  readonly #parent: ChangeSignal | null;

  /** A parent is notified too, for those who wait for any of several. */
  constructor(parent: ChangeSignal | null = null) {
    this.#parent = parent;
  }

  /** How many hints there were; read it before looking, wait with it after. */
  get count(): number {
    return this.#count;
  }

  notify(): void {
    this.#count += 1;
    for (const wake of this.#waiting) wake();
    this.#parent?.notify();
  }

  /** Resolves once there was a hint after that count, or the signal aborts, or `timeoutMs` passed. */
  async next(after: number, signal: AbortSignal, timeoutMs?: number): Promise<void> {
    if (this.#count > after || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        clearTimeout(timer);
        resolve();
      };
      const timer = timeoutMs === undefined ? undefined : setTimeout(wake, timeoutMs);
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }
}

/** Resolves after that time or when the signal aborts. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new ChangeSignal().next(0, signal, ms);
}
