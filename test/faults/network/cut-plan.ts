import { Random } from '../../demo/random.ts';
import type { Trouble } from './chaos-way.ts';

export type WayName = 'api' | 'imap' | 'smtp';

/** What happens to the network, for how long. */
export interface Cut {
  readonly trouble: Trouble;
  readonly ways: readonly WayName[];
  readonly lastsMs: number;
}

const everything: readonly WayName[] = ['api', 'imap', 'smtp'];

/** The same for the same seed: mostly the whole network, mostly some seconds, now and then long enough for tries to grow rare. */
export function planCut(seed: number): Cut {
  const random = new Random(seed);
  const trouble: Trouble = random.chance(0.6) ? 'refused' : random.chance(0.75) ? 'stalled' : 'slow';
  const ways = random.chance(0.6)
    ? everything
    : random.pick([['api'], ['imap', 'smtp'], ['imap'], ['smtp']] as const);
  const longestMs = random.chance(0.2) ? 25_000 : 8_000;
  return { trouble, ways, lastsMs: random.integer(300, longestMs) };
}
