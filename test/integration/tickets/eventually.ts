import { vi } from 'vitest';

/** Waits until the assertion holds. A busy machine is slow, not wrong: it is given long. */
export async function eventually(assertion: () => void): Promise<void> {
  await vi.waitFor(assertion, { timeout: 20_000, interval: 20 });
}
