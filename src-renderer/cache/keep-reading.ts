const firstDelayMs = 250;
const longestDelayMs = 30_000;

/** What {@link keepReading} works with. */
export interface KeepReading {
  readonly signal: AbortSignal;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/**
 * Reads a stream again and again until the signal is aborted, after a break later and later, with jitter so that desks
 * do not come back all at once.
 *
 * `read` calls `progressed` for everything it got, which makes the next delay short again, and answers for errors
 * of the stream by rejecting. What must end the reading altogether it reports by itself and aborts the signal.
 */
export async function keepReading(
  read: (progressed: () => void) => Promise<void>,
  { signal, random }: KeepReading,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    try {
      await read(() => {
        failures = 0;
      });
    } catch {
      // A stream breaks whenever the main process restarts it: asking again is the whole cure.
    }
    const longest = Math.min(longestDelayMs, firstDelayMs * 2 ** failures++);
    await pause(longest * (0.5 + random() / 2), signal);
  }
}

async function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, delayMs);
  signal.addEventListener('abort', () => resolve(), { once: true });
  await promise;
  clearTimeout(timer);
}
