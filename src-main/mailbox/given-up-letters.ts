import type { Clock } from '#shared/clock.ts';
import { UidSet } from '#shared/mail/uid-set.ts';

/** Letters that nobody could read so far, and when the next try is due: after a while, then after twice as long. */
export class GivenUpLetters {
  readonly #againMs: number;
  readonly #clock: Clock;
  #uids = UidSet.empty;
  #retries = 0;
  #triedAt = 0;

  constructor(againMs: number, clock: Clock) {
    this.#againMs = againMs;
    this.#clock = clock;
  }

  get uids(): UidSet {
    return this.#uids;
  }

  /** How long until the next try; infinite when there is nothing to try. */
  waitMs(): number {
    if (this.#uids.size === 0) return Number.POSITIVE_INFINITY;
    // The computer's clock may have been set back as well.
    const sinceMs = Math.abs(this.#clock.now() - this.#triedAt);
    return Math.max(0, this.#againMs * 2 ** Math.min(this.#retries, 10) - sinceMs);
  }

  add(uids: UidSet): void {
    this.#uids = this.#uids.union(uids);
    this.#triedAt = this.#clock.now();
  }

  /** They were read, or are gone. */
  remove(uids: UidSet): void {
    this.#uids = this.#uids.difference(uids);
    if (this.#uids.size === 0) this.#retries = 0;
  }

  /** All of them are tried again now; answers which. */
  retry(): UidSet {
    this.#retries += 1;
    this.#triedAt = this.#clock.now();
    return this.#uids;
  }
}
