import { describe, expect, it } from 'vitest';
import { SuspectLetters } from '#main/mailbox/suspect-letters.ts';
import { UidSet } from '#shared/mail/uid-set.ts';

/** Fetches a set with a letter that breaks every fetch it is part of; answers how many fetches it took. */
function narrowDown(
  count: number,
  culprit: number,
): { fetches: number; given: number[]; hopeless: number[] } {
  const suspects = new SuspectLetters();
  const given: number[] = [];
  const hopeless: number[] = [];
  let fetches = 0;
  const fetch = (uids: UidSet): void => {
    if (uids.size === 1 && suspects.isHopeless(uids.greatest())) {
      hopeless.push(uids.greatest());
      suspects.clear(uids.greatest());
      return;
    }
    fetches += 1;
    if (uids.has(culprit)) {
      suspects.blame(uids);
      return;
    }
    for (const uid of uids.ascending()) {
      given.push(uid);
      suspects.clear(uid);
    }
  };
  fetch(UidSet.range(1, count));
  while (suspects.all().size > 0) for (const group of suspects.groups(UidSet.range(1, count))) fetch(group);
  return { fetches, given: given.sort((a, b) => a - b), hopeless };
}

describe('SuspectLetters', () => {
  it.each([
    [400, 137],
    [20, 1],
    [1, 1],
  ])('of %i letters only number %i is given up', (count, culprit) => {
    const { fetches, given, hopeless } = narrowDown(count, culprit);
    expect(hopeless).toEqual([culprit]);
    expect(given).toEqual(
      Array.from({ length: count }, (_, index) => index + 1).filter((uid) => uid !== culprit),
    );
    expect(fetches).toBeLessThan(50);
  });

  it('asks newest first, in groups after one failure and alone after two', () => {
    const suspects = new SuspectLetters();
    suspects.blame(UidSet.range(1, 45));
    suspects.blame(UidSet.range(44, 45));
    const groups = [...suspects.groups(UidSet.range(1, 100))].map((group) => group.format());
    expect(groups).toEqual(['24:43', '4:23', '1:3', '45', '44']);
    expect([...suspects.groups(UidSet.of([3, 99]))].map((group) => group.format())).toEqual(['3']);
  });
});
