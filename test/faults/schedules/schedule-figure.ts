import type { Figure, FigureOptions, FigureReport, PositiveControl } from '../figure.ts';
import { deskCount, type ApiWorld } from './api-world.ts';
import { Lanes } from './lanes.ts';
import { plantedBugs } from './planted-bugs.ts';
import { describeFailure, runSchedule, type PlantedBug, type ScheduleResult } from './run-schedule.ts';
import { planSchedule, type SchedulePlan } from './schedule-plan.ts';
import { shortenPlan } from './shorten-plan.ts';

const schedules = 300;
/** A schedule mostly waits: for the database, and for caches that gather what they store. */
const atOnce = 4;
/** A planted bug need not be hurt by every schedule; it is looked for in so many. */
const controlTries = 25;
/** Long for one that is expected to find nothing wrong, and short for one that is to fail. */
const patienceMs = { run: 10_000, control: 1_500 } as const;
/** Only so many failures are made shorter: the first ones are read. */
const mostShortened = 2;

export const scheduleFigure: Figure = {
  name: 'schedules',
  title: `random schedules: ${deskCount} desks, API on PostgreSQL`,
  goal: '0 divergent, 0 vanished, 0 twice',
  run: runScheduleFigure,
};

async function runScheduleFigure({ seed, runs, onProgress }: FigureOptions): Promise<FigureReport> {
  const count = runs ?? schedules;
  await using lanes = await Lanes.open(Math.min(atOnce, count));
  const failed: { readonly plan: SchedulePlan; readonly result: ScheduleResult }[] = [];
  const sum = { operations: 0, rejected: 0, letters: 0 };
  let done = 0;
  await lanes.each(count, async (index, world) => {
    const plan = planSchedule(seed + index, deskCount);
    const result = await runSchedule(world, plan, null, patienceMs.run);
    sum.operations += result.counts.operations;
    sum.rejected += result.counts.rejected;
    sum.letters += result.counts.letters;
    if (result.differences.length > 0) {
      failed.push({ plan, result });
      // Told at once: thousands of runs take hours.
      process.stderr.write(`\nschedules: seed ${seed + index}: ${result.differences[0]}\n`);
    }
    done += 1;
    onProgress(done, count);
  });
  const failures: string[] = [];
  for (const [index, { plan, result }] of failed.entries()) {
    const isFirst = index < mostShortened;
    failures.push(isFirst ? await shortestFailure(lanes.first, plan, result) : describeFailure(plan, result));
  }
  const controls: PositiveControl[] = [];
  for (const bug of plantedBugs) controls.push(await lookFor(bug, seed, lanes.first));
  const did = `${sum.operations} operations (${sum.rejected} refused), ${sum.letters} letters`;
  return { runs: count, result: `${failures.length} divergent; ${did}`, failures, controls };
}

/** Whether a service or a desk with that bug is caught. */
async function lookFor(bug: PlantedBug, seed: number, world: ApiWorld): Promise<PositiveControl> {
  for (let tries = 0; tries < controlTries; tries += 1) {
    const plan = planSchedule(seed + tries, deskCount);
    const { differences } = await runSchedule(world, plan, bug, patienceMs.control);
    if (differences.length > 0) return { planted: bug.name, found: true };
  }
  return { planted: bug.name, found: false };
}

async function shortestFailure(world: ApiWorld, plan: SchedulePlan, result: ScheduleResult): Promise<string> {
  const fails = async (shorter: SchedulePlan): Promise<boolean> =>
    (await runSchedule(world, shorter, null, patienceMs.control)).differences.length > 0;
  // Timing may have had a part in it: then the whole plan is told as it went.
  if (!(await fails(plan))) return `${describeFailure(plan, result)}\n  - and not when it was run again`;
  const shortest = await shortenPlan(plan, fails);
  return describeFailure(shortest, await runSchedule(world, shortest, null, patienceMs.control));
}
