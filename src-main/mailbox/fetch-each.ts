import { UidSet } from '#shared/mail/uid-set.ts';
import { ConnectionLost } from './mail-session.ts';
import type { SuspectLetters } from './suspect-letters.ts';

export interface FetchOutcome {
  /** Did not come this time; to be asked for again a little later. */
  readonly left: UidSet;
  /** Did not come however often they were asked for alone. */
  readonly hopeless: UidSet;
}

/**
 * Asks for all of these in such a way that a letter that breaks the FETCH or the connection, or is left out of one
 * that ends with OK, costs nobody but itself.
 *
 * Which letter it is, is narrowed down by smaller groups; over a lost connection the next call goes on with that, for
 * the suspects remember. A call is one strike for a letter, however often it was asked for in it: a server that
 * refuses everything for a moment says nothing about letters.
 *
 * @param fetch Answers which came.
 * @throws ConnectionLost
 */
export async function fetchEach(
  uids: UidSet,
  suspects: SuspectLetters,
  fetch: (uids: UidSet) => Promise<UidSet>,
): Promise<FetchOutcome> {
  const hopeless = UidSet.of([...uids.ascending()].filter((uid) => suspects.isHopeless(uid)));
  let unblamed = uids.difference(hopeless);
  /** Answers what did not come. */
  const attempt = async (some: UidSet): Promise<UidSet> => {
    // Before, so that whoever takes the connection down is remembered.
    suspects.blame(some.intersection(unblamed));
    unblamed = unblamed.difference(some);
    let came: UidSet;
    try {
      came = await fetch(some);
    } catch (error) {
      if (error instanceof ConnectionLost) throw error;
      return some;
    }
    for (const uid of came.ascending()) suspects.clear(uid);
    return some.difference(came);
  };
  const fresh = unblamed.difference(suspects.all());
  let suspected = unblamed.difference(fresh);
  if (fresh.size > 0) suspected = suspected.union(await attempt(fresh));
  let left = UidSet.empty;
  for (const group of suspects.groups(suspected)) {
    const missed = await attempt(group);
    if (group.size === 1) left = left.union(missed);
    else for (const uid of missed.ascending()) left = left.union(await attempt(UidSet.of([uid])));
  }
  return { left, hopeless };
}
