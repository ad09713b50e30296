import type { Scheduler } from '../scheduler.ts';

/** A bell that is heard also by those who begin to listen after it rang. */
export class Wake {
  #rung = false;
  #listening: (() => void)[] = [];

  ring(): void {
    this.#rung = true;
    for (const resolve of this.#listening.splice(0)) resolve();
  }

  /** Whoever comes later does not hear what rang before. */
  silence(): void {
    this.#rung = false;
  }

  /** Resolves when the bell rings, has rung since the last wait, or the signal aborts; then it is silent again. */
  async wait(signal: AbortSignal): Promise<void> {
    if (!this.#rung && !signal.aborted) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const stop = (): void => resolve();
      this.#listening.push(stop);
      signal.addEventListener('abort', stop);
      await promise;
      signal.removeEventListener('abort', stop);
      this.#listening = this.#listening.filter((other) => other !== stop);
    }
    this.#rung = false;
  }

  /** As `wait`, but also ends after the time; says whether the bell rang. */
  async waitAtMost(ms: number, scheduler: Scheduler, signal: AbortSignal): Promise<boolean> {
    const either = new AbortController();
    const both = AbortSignal.any([signal, either.signal]);
    const rang = this.wait(both).then(() => true);
    const hasRung = await Promise.race([rang, scheduler.delay(ms, both).then(() => false)]);
    either.abort();
    this.#rung = false;
    return hasRung;
  }
}
