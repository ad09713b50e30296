type Range = readonly [first: number, last: number];

/**
 * An immutable set of UIDs as sorted, disjoint, non-touching ranges: a mailbox of 100,000 letters without gaps is one
 * range, and its text is RFC 3501 §9 sequence-set syntax (`1:5,9`).
 */
export class UidSet {
  static readonly empty = new UidSet([]);
  /** How many UIDs are in it. */
  readonly size: number;
  readonly #ranges: readonly Range[];

  private constructor(ranges: readonly Range[]) {
    this.#ranges = ranges;
    this.size = ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  }

  /** The set of these UIDs, in any order, with or without repetitions. */
  static of(uids: Iterable<number>): UidSet {
    return UidSet.#normalise(Array.from(uids, (uid): Range => [uid, uid]));
  }

  /** All UIDs from `first` to `last`; empty if `last` is less. */
  static range(first: number, last: number): UidSet {
    return last < first ? UidSet.empty : new UidSet([[first, last]]);
  }

  /**
   * Reads sequence-set syntax without `*`; ranges may be reversed and overlap, as servers write them.
   *
   * @throws RangeError for anything else.
   */
  static parse(text: string): UidSet {
    if (text === '') return UidSet.empty;
    return UidSet.#normalise(
      text.split(',').map((item): Range => {
        const match = /^(\d{1,10})(?::(\d{1,10}))?$/u.exec(item);
        if (match === null) throw new RangeError('Not a set of UIDs.');
        const first = Number(match[1]);
        const last = match[2] === undefined ? first : Number(match[2]);
        return first <= last ? [first, last] : [last, first];
      }),
    );
  }

  /** Sequence-set syntax; empty text for the empty set. */
  format(): string {
    return this.#ranges.map(([first, last]) => (first === last ? `${first}` : `${first}:${last}`)).join(',');
  }

  has(uid: number): boolean {
    let low = 0;
    let high = this.#ranges.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const [first, last] = this.#ranges[middle] ?? [0, 0];
      if (uid < first) high = middle - 1;
      else if (uid > last) low = middle + 1;
      else return true;
    }
    return false;
  }

  /** The least UID, 0 for the empty set. */
  least(): number {
    return this.#ranges[0]?.[0] ?? 0;
  }

  /** The greatest UID, 0 for the empty set. */
  greatest(): number {
    return this.#ranges.at(-1)?.[1] ?? 0;
  }

  /** All UIDs from the least to the greatest: as a search's bounds it is short, however many gaps the set has. */
  hull(): UidSet {
    return UidSet.range(this.#ranges[0]?.[0] ?? 1, this.greatest());
  }

  union(other: UidSet): UidSet {
    if (other.size === 0) return this;
    return this.size === 0 ? other : UidSet.#normalise([...this.#ranges, ...other.#ranges]);
  }

  /** What is here and not in `other`. */
  difference(other: UidSet): UidSet {
    if (other.size === 0 || this.size === 0) return this;
    const left: Range[] = [];
    let index = 0;
    for (const [first, last] of this.#ranges) {
      let from = first;
      while (index < other.#ranges.length && (other.#ranges[index]?.[1] ?? 0) < from) index += 1;
      for (let at = index; at < other.#ranges.length; at += 1) {
        const [otherFirst, otherLast] = other.#ranges[at] ?? [0, 0];
        if (otherFirst > last) break;
        if (otherFirst > from) left.push([from, otherFirst - 1]);
        from = otherLast + 1;
        if (from > last) break;
      }
      if (from <= last) left.push([from, last]);
    }
    return new UidSet(left);
  }

  /** What is in both. */
  intersection(other: UidSet): UidSet {
    return this.difference(this.difference(other));
  }

  *ascending(): Generator<number, void> {
    for (const [first, last] of this.#ranges) for (let uid = first; uid <= last; uid += 1) yield uid;
  }

  /**
   * Cuts the set into sets of at most `size` UIDs, those with the greatest UIDs first; the very first may have its
   * own size.
   */
  *newestFirst(size: number, firstSize = size): Generator<UidSet, void> {
    let open: Range[] = [];
    let room = firstSize;
    for (const [first, end] of this.#ranges.toReversed()) {
      let last = end;
      while (last >= first) {
        const from = Math.max(first, last - room + 1);
        open.unshift([from, last]);
        room -= last - from + 1;
        last = from - 1;
        if (room === 0) {
          yield new UidSet(open);
          open = [];
          room = size;
        }
      }
    }
    if (open.length > 0) yield new UidSet(open);
  }

  static #normalise(ranges: Range[]): UidSet {
    const merged: [number, number][] = [];
    for (const [first, last] of ranges.sort((a, b) => a[0] - b[0])) {
      const open = merged.at(-1);
      if (open !== undefined && first <= open[1] + 1) open[1] = Math.max(open[1], last);
      else merged.push([first, last]);
    }
    return new UidSet(merged);
  }
}
