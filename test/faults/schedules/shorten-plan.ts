import type { SchedulePlan } from './schedule-plan.ts';

/** More tries make traces little shorter. */
const mostTries = 60;

/** Leaves out as many steps as it can while the rest still fails: halves first, single steps at last. */
export async function shortenPlan(
  plan: SchedulePlan,
  fails: (plan: SchedulePlan) => Promise<boolean>,
): Promise<SchedulePlan> {
  let { steps } = plan;
  let tries = 0;
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < steps.length && tries < mostTries;) {
      const without = steps.toSpliced(from, size);
      tries += 1;
      if (await fails({ ...plan, steps: without })) steps = without;
      else from += size;
    }
  }
  return { ...plan, steps };
}
