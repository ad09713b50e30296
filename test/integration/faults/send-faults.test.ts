import { describe, expect, it } from 'vitest';
import { judgeRaces } from '#test/faults/send/claims-figure.ts';
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

describe('two desks with one Message-ID', () => {
  it('let one of them send, once', async () => {
    expect(await judgeRaces(1, 12, 'asked')).toEqual([]);
  });

  it('both send where nobody claims', async () => {
    expect(await judgeRaces(1, 2, 'always granted')).not.toEqual([]);
  });
});
