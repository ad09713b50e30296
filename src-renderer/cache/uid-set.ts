/**
 * UIDs as sorted ranges, so that a folder of 20,000 letters read in order is one range.
 *
 * Written in IMAP's sequence-set syntax (RFC 3501 §9), `1:5,9`.
 */
export class UidSet {
  /** Starts at even places, ends (inclusive) at odd ones. */
  #bounds: number[];

  private constructor(bounds: number[]) {
    this.#bounds = bounds;
  }

  static parse(text: string): UidSet {
    const set = new UidSet([]);
    if (text === '') return set;
    for (const range of text.split(',')) {
      const [first, last = first] = range.split(':').map(Number);
      if (first !== undefined && last !== undefined)
        set.addRange(Math.min(first, last), Math.max(first, last));
    }
    return set;
  }

  has(uid: number): boolean {
    const place = this.#place(uid);
    return place % 2 === 1 || this.#bounds[place] === uid;
  }

  add(uid: number): void {
    this.addRange(uid, uid);
  }

  /** Both ends belong to it. Ranges that touch become one. */
  addRange(first: number, last: number): void {
    let from = this.#place(first);
    let to = this.#placeAfter(last);
    if (from % 2 === 1) from--;
    else if (from > 0 && this.#bounds[from - 1] === first - 1) from -= 2;
    if (to % 2 === 1) to++;
    else if (this.#bounds[to] === last + 1) to += 2;
    const start = Math.min(first, this.#bounds[from] ?? first);
    const end = to === 0 ? last : Math.max(last, this.#bounds[to - 1] ?? last);
    this.#bounds.splice(from, to - from, start, end);
  }

  /** Both ends are taken out. */
  deleteRange(first: number, last: number): void {
    const bounds: number[] = [];
    for (let place = 0; place < this.#bounds.length; place += 2) {
      const start = this.#bounds[place] ?? 0;
      const end = this.#bounds[place + 1] ?? 0;
      if (start < first) bounds.push(start, Math.min(end, first - 1));
      if (end > last) bounds.push(Math.max(start, last + 1), end);
    }
    this.#bounds = bounds;
  }

  /** Takes out all UIDs of a set. */
  deleteAll(other: UidSet): void {
    for (const [first, last] of other.ranges()) this.deleteRange(first, last);
  }

  *ranges(): Generator<readonly [number, number]> {
    for (let place = 0; place < this.#bounds.length; place += 2) {
      yield [this.#bounds[place] ?? 0, this.#bounds[place + 1] ?? 0];
    }
  }

  get size(): number {
    let size = 0;
    for (const [first, last] of this.ranges()) size += last - first + 1;
    return size;
  }

  toString(): string {
    return Array.from(this.ranges(), ([first, last]) =>
      first === last ? `${first}` : `${first}:${last}`,
    ).join();
  }

  /** How many bounds are smaller than `uid`: odd inside a range (past its start). */
  #place(uid: number): number {
    return this.#search((bound) => bound < uid);
  }

  #placeAfter(uid: number): number {
    return this.#search((bound) => bound <= uid);
  }

  #search(isBefore: (bound: number) => boolean): number {
    let low = 0;
    let high = this.#bounds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(this.#bounds[middle] ?? 0)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
