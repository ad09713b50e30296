import { expect, it } from 'vitest';
import { judge } from '#test/faults/network/network-figure.ts';
import { runCuts } from '#test/faults/network/run-cuts.ts';

/* The whole of it is the row `network` of `npm run faults`. */

const ways = ['api', 'imap', 'smtp'] as const;

it('a desk is back at work within seconds after its network is', async () => {
  const done = await runCuts({
    cuts: [
      { trouble: 'refused', ways, lastsMs: 6_000 },
      { trouble: 'stalled', ways, lastsMs: 1_000 },
      { trouble: 'refused', ways: ['smtp'], lastsMs: 4_000 },
    ],
    desks: 1,
    lateMs: 0,
  });
  expect(judge(done)).toEqual([]);
}, 120_000);
