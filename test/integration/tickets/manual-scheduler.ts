import type { Scheduler } from '#main/scheduler.ts';

/** Time that passes when the test says so. */
export class ManualScheduler implements Scheduler {
  /** Every wait that was asked for, in milliseconds. */
  readonly asked: number[] = [];
  #waiting: { readonly ms: number; readonly resolve: () => void }[] = [];

  delay(ms: number, signal: AbortSignal): Promise<void> {
    this.asked.push(ms);
    return new Promise((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
      this.#waiting.push({ ms, resolve });
    });
  }

  random(): number {
    return 0;
  }

  /** Ends all waits that are at most this long. */
  pass(ms: number): void {
    const over = this.#waiting.filter((wait) => wait.ms <= ms);
    this.#waiting = this.#waiting.filter((wait) => wait.ms > ms);
    for (const { resolve } of over) resolve();
  }
}
