/** How many measurements count; an old one must not hold back a corrected clock for long. */
const kept = 7;

/** Measures how far the API's clock is ahead of this computer's, as NTP does: the answer was made half-way. */
export class ClockOffset {
  readonly #samples: number[] = [];

  /** Median of the last few measurements, whole milliseconds; 0 before the first. */
  get ms(): number {
    const sorted = this.#samples.toSorted((a, b) => a - b);
    return Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);
  }

  add(sentAt: number, receivedAt: number, serverAt: number): void {
    // A clock that was set between the two moments measures nothing.
    if (receivedAt < sentAt) return;
    this.#samples.push(serverAt - (sentAt + receivedAt) / 2);
    if (this.#samples.length > kept) this.#samples.shift();
  }
}
