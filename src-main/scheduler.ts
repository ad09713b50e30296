/** Runs something later; passed in, so that tests own the waiting. */
export interface Scheduler {
  /** Runs `task` once after `delayMs`; the returned function calls it off. */
  after(delayMs: number, task: () => void): () => void;
}

/** The real one; a waiting task does not keep the process alive. */
export const systemScheduler: Scheduler = {
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/**
 * How long to wait before try number `attempt` (from 1): doubling from one second to one minute, with full jitter, so
 * that desks that lost a server together do not come back together.
 *
 * `random` is a number in [0, 1).
 */
export function backOffMs(attempt: number, random: number): number {
  const ceiling = Math.min(60_000, 1000 * 2 ** Math.min(attempt - 1, 10));
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}
