import type { Figure, FigureOptions, FigureReport, PositiveControl } from '../figure.ts';
import { apiCases, planCase } from './api-cases.ts';
import type { ApiWorld } from './api-world.ts';
import { Lanes } from './lanes.ts';
import { plantedBugs } from './planted-bugs.ts';
import { describeFailure, runSchedule, type PlantedBug } from './run-schedule.ts';

const seedsPerCase = 3;
const atOnce = 4;
const patienceMs = { run: 10_000, control: 1_500 } as const;

export const apiFigure: Figure = {
  name: 'api',
  title: `API and network: ${apiCases.length} faults x ${seedsPerCase} seeds`,
  goal: '0 lost, 0 twice, the right status',
  run: runApiFigure,
};

async function runApiFigure({ seed, runs, onProgress }: FigureOptions): Promise<FigureReport> {
  const count = runs ?? apiCases.length * seedsPerCase;
  await using lanes = await Lanes.open(Math.min(atOnce, count));
  const failures: string[] = [];
  let done = 0;
  await lanes.each(count, async (index, world) => {
    const { name, plan } = caseOf(seed + index);
    const result = await runSchedule(world, plan, null, patienceMs.run);
    if (result.differences.length > 0) failures.push(`${name}: ${describeFailure(plan, result)}`);
    done += 1;
    onProgress(done, count);
  });
  const controls: PositiveControl[] = [];
  for (const bug of plantedBugs) controls.push(await lookFor(bug, seed, lanes.first));
  return { runs: count, result: `${failures.length} wrong`, failures, controls };
}

/** Whether a service or a desk with that bug is caught by any of the cases. */
async function lookFor(bug: PlantedBug, seed: number, world: ApiWorld): Promise<PositiveControl> {
  for (let tries = 0; tries < apiCases.length; tries += 1) {
    const { differences } = await runSchedule(world, caseOf(seed + tries).plan, bug, patienceMs.control);
    if (differences.length > 0) return { planted: bug.name, found: true };
  }
  return { planted: bug.name, found: false };
}

/** Each seed is one case; the next seed is the next one. */
function caseOf(seed: number): {
  readonly name: string;
  readonly plan: ReturnType<typeof planCase>;
} {
  const found = apiCases[(seed - 1 + apiCases.length) % apiCases.length];
  if (found === undefined) throw new RangeError(`no case for seed ${seed}`);
  return { name: found.name, plan: planCase(found, seed) };
}
