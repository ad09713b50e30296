import { describe, expect, it } from 'vitest';
import { fetchEach } from '#main/mailbox/fetch-each.ts';
import { ConnectionLost } from '#main/mailbox/mail-session.ts';
import { SuspectLetters } from '#main/mailbox/suspect-letters.ts';
import { UidSet } from '#shared/mail/uid-set.ts';

type Fetch = Parameters<typeof fetchEach>[2];

/** Repeats the call as a round does, over lost connections too, until each letter came or was given up. */
async function rounds(
  uids: UidSet,
  fetch: Fetch,
): Promise<{ hopeless: string; calls: number; lost: number }> {
  const suspects = new SuspectLetters();
  const came = new Set<number>();
  let hopeless = UidSet.empty;
  let lost = 0;
  for (let calls = 1; calls < 50; calls += 1) {
    const open = uids.difference(UidSet.of(came)).difference(hopeless);
    if (open.size === 0) return { hopeless: hopeless.format(), calls: calls - 1, lost };
    try {
      const outcome = await fetchEach(open, suspects, async (some) => {
        const got = await fetch(some);
        for (const uid of got.ascending()) came.add(uid);
        return got;
      });
      hopeless = hopeless.union(outcome.hopeless);
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error;
      lost += 1;
    }
  }
  throw new Error('It never ends.');
}

const all = UidSet.range(1, 100);

describe('letters are fetched each', () => {
  it('in one call where nothing goes wrong', async () => {
    expect(await rounds(all, (uids) => Promise.resolve(uids))).toEqual({ hopeless: '', calls: 1, lost: 0 });
  });

  it('but one that is always left out, which is given up after some rounds', async () => {
    const fetch: Fetch = (uids) => Promise.resolve(uids.difference(UidSet.of([42])));
    expect(await rounds(all, fetch)).toEqual({ hopeless: '42', calls: 5, lost: 0 });
  });

  it('but two with which the server refuses', async () => {
    const fetch: Fetch = (uids) =>
      uids.has(7) || uids.has(8) ? Promise.reject(new Error('NO')) : Promise.resolve(uids);
    expect(await rounds(all, fetch)).toMatchObject({ hopeless: '7:8' });
  });

  it('but one that takes the connection down, a few times only', async () => {
    const fetch: Fetch = (uids) =>
      uids.has(33) ? Promise.reject(new ConnectionLost()) : Promise.resolve(uids);
    expect(await rounds(all, fetch)).toEqual({ hopeless: '33', calls: 5, lost: 4 });
  });

  it('when a server refuses everything twice, and none is given up for it', async () => {
    let refusals = 0;
    const fetch: Fetch = (uids) => {
      refusals += 1;
      return refusals <= 200 ? Promise.reject(new Error('NO')) : Promise.resolve(uids);
    };
    expect(await rounds(all, fetch)).toMatchObject({ hopeless: '' });
  });
});
