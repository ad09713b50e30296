import { setPriority } from 'node:os';

/**
 * Lets everything else go first: a thread that reads thousands of letters must not be felt by whoever works meanwhile.
 *
 * On Linux niceness is a thread's own, and 0 names the calling one (setpriority(2), "C library/kernel differences").
 * Elsewhere it is the whole process's, so it stays as it is.
 */
export function yieldToOthers(niceness: number): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(0, niceness);
  } catch {
    // Not allowed in some sandboxes; the work is the same, only less polite.
  }
}
