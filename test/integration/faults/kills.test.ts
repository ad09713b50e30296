import { expect, test } from 'vitest';
import { KillGround, describeFailure } from '#test/faults/kills/kills-figure.ts';
import { planKill } from '#test/faults/kills/kill-plan.ts';

/** Only root may mount a disk that can be filled; `npm run faults -- --only kills` says so where it cannot. */
const canMount = process.getuid?.() === 0;

/** A part of what `npm run faults -- --only kills` does: the browser and the main process, the cache wiped and damaged. */
test.runIf(canMount)(
  'a desk killed on a full disk has what it had promised to keep',
  { timeout: 240_000 },
  async () => {
    const failures: string[] = [];
    await using ground = await KillGround.prepare();
    const plans = [planKill(1), planKill(8)].map((plan) => ({ ...plan, start: 'roomy' as const }));
    await ground.killAll(plans, (plan, result) => {
      if (result.differences.length > 0) failures.push(describeFailure(plan, result));
    });
    expect(failures).toEqual([]);
  },
);
