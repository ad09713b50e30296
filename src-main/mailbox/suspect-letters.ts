import { UidSet } from '#shared/mail/uid-set.ts';

/** After that many failures, the last ones alone, a letter is given up. */
const hopelessAfter = 4;
const groupSize = 20;

/**
 * Narrows down which letter breaks a FETCH or the connection: all of a failed batch are tried again in small groups,
 * those of a failed group one by one.
 */
export class SuspectLetters {
  readonly #strikes = new Map<number, number>();

  /** They were asked for and did not come, or broke the FETCH. */
  blame(uids: UidSet): void {
    // A group of one has named its letter already.
    const least = uids.size === 1 ? 2 : 1;
    for (const uid of uids.ascending()) {
      const strikes = this.#strikes.get(uid);
      this.#strikes.set(uid, Math.max(least, (strikes ?? 0) + 1));
    }
  }

  all(): UidSet {
    return UidSet.of(this.#strikes.keys());
  }

  /** How to ask for those of `uids` that are suspect: newest first, together after the first failure, then alone. */
  *groups(uids: UidSet): Generator<UidSet, void> {
    const suspects = [...uids.ascending()].filter((uid) => this.#strikes.has(uid));
    const fresh = UidSet.of(suspects.filter((uid) => this.#strikes.get(uid) === 1));
    const alone = UidSet.of(suspects).difference(fresh);
    yield* fresh.newestFirst(groupSize);
    yield* alone.newestFirst(1);
  }

  /** Gives a letter that was given up one more chance. */
  pardon(uids: UidSet): void {
    for (const uid of uids.ascending()) this.#strikes.set(uid, hopelessAfter - 1);
  }

  isHopeless(uid: number): boolean {
    return (this.#strikes.get(uid) ?? 0) >= hopelessAfter;
  }

  clear(uid: number): void {
    this.#strikes.delete(uid);
  }

  clearAll(): void {
    this.#strikes.clear();
  }
}
