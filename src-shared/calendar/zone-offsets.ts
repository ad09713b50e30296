import { IANAZone } from 'luxon';

const MINUTE_MS = 60_000;
const SAMPLE_MS = 28 * 24 * 60 * MINUTE_MS;

/**
 * A zone's distance from UTC between two moments, as a sorted table of its changes.
 *
 * The zone database is asked once, when the table is made; look-ups after that are a binary search and touch
 * neither Intl nor the zone of the machine. Changes within four weeks of each other may be missed; no zone of ours has such.
 */
export class ZoneOffsets {
  readonly #changesAt: readonly number[];
  readonly #offsetsMs: readonly number[];
  readonly #lastChangeAt: number;
  readonly #lastOffsetMs: number;

  /** Covers `[from, to]`, epoch milliseconds; outside it the nearest known offset holds. */
  constructor(zoneName: string, from: number, to: number) {
    const zone = IANAZone.create(zoneName);
    const changesAt = [from];
    const offsetsMs = [zone.offset(from) * MINUTE_MS];
    let known = offsetsMs[0] ?? 0;
    for (let before = from; before < to; before += SAMPLE_MS) {
      const after = Math.min(before + SAMPLE_MS, to);
      const offset = zone.offset(after) * MINUTE_MS;
      if (offset === known) continue;
      changesAt.push(firstMomentWithout(zone, known, before, after));
      offsetsMs.push(offset);
      known = offset;
    }
    this.#changesAt = changesAt;
    this.#offsetsMs = offsetsMs;
    this.#lastChangeAt = changesAt.at(-1) ?? from;
    this.#lastOffsetMs = known;
  }

  /** Local time minus UTC at a moment, in milliseconds. */
  at(moment: number): number {
    // Nearly every moment that is asked for lies after the zone's last change (Minsk: March 2011).
    if (moment >= this.#lastChangeAt) return this.#lastOffsetMs;
    let low = 0;
    let high = this.#changesAt.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#changesAt[middle] ?? 0) <= moment) low = middle;
      else high = middle - 1;
    }
    return this.#offsetsMs[low] ?? 0;
  }

  /** The moment at which the wall clock shows `localMs` (milliseconds of local time since 1970-01-01 00:00). */
  momentOf(localMs: number): number {
    const guess = localMs - this.at(localMs);
    return localMs - this.at(guess);
  }
}

function firstMomentWithout(zone: IANAZone, offsetMs: number, before: number, after: number): number {
  let low = before;
  let high = after;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zone.offset(middle) * MINUTE_MS === offsetMs) low = middle;
    else high = middle;
  }
  return high;
}
