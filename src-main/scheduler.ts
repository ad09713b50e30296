import { setTimeout as sleep } from 'node:timers/promises';

/** Waiting and chance, passed in so that tests own both. */
export interface Scheduler {
  /** Resolves after the time, or at once when the signal aborts; never rejects. */
  delay(ms: number, signal: AbortSignal): Promise<void>;
  /** A number in [0, 1). */
  random(): number;
}

export const systemScheduler: Scheduler = {
  async delay(ms, signal) {
    // Rejects only for the signal, which is one of the two ways to end.
    await sleep(ms, undefined, { signal, ref: false }).catch(() => {});
  },
  random: () => Math.random(),
};

/** How long to wait before try number `attempt` (1 is the first repetition). */
export interface BackOff {
  readonly firstMs: number;
  readonly maxMs: number;
}

/**
 * Doubles from try to try and is spread over half of itself, so that desks that lost the API together do not all come
 * back together. Never less than what the server asked for.
 */
export function backOffMs(backOff: BackOff, attempt: number, random: number, atLeastMs = 0): number {
  const full = Math.min(backOff.maxMs, backOff.firstMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(Math.max(full * (0.5 + random / 2), atLeastMs * (1 + random / 10)));
}
