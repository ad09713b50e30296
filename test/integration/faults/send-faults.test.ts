import { describe, expect, it } from 'vitest';
import { describeFailure, runAll, runSendControls } from '#test/faults/send/send-figure.ts';
import { allPlans, planSend } from '#test/faults/send/send-plan.ts';

/** A part of what `npm run faults -- --only send` does: every place of death, and every outcome, at least once. */
const seeds = Array.from({ length: 70 }, (_, index) => 1 + index * 47).map((seed) => seed % allPlans);

describe('a letter whose desk dies while its mail server fails', () => {
  it('is sent once, or shown as what it is', async () => {
    const failures: string[] = [];
    await runAll(seeds.map(planSend), {}, (plan, result) => {
      if (result.differences.length > 0) failures.push(describeFailure(plan, result));
    });
    expect(failures).toEqual([]);
  });

  it('shows planted bugs', async () => {
    for (const control of await runSendControls(1)) expect(control).toMatchObject({ found: true });
  });
});
