import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiCases, planCase } from '#test/faults/schedules/api-cases.ts';
import { deskCount } from '#test/faults/schedules/api-world.ts';
import { Lanes } from '#test/faults/schedules/lanes.ts';
import { plantedBugs } from '#test/faults/schedules/planted-bugs.ts';
import { runSchedule, type PlantedBug } from '#test/faults/schedules/run-schedule.ts';
import { planSchedule } from '#test/faults/schedules/schedule-plan.ts';

/*
 * Three desks and the API on PostgreSQL, whatever the network does. `npm run faults` tries more of it, `npm run soak`
 * thousands.
 */

let lanes: Lanes;
beforeAll(async () => {
  lanes = await Lanes.open(1);
}, 120_000);
afterAll(async () => {
  await lanes[Symbol.asyncDispose]();
}, 60_000);

const patienceMs = 20_000;

describe('desks and API end the same, nothing lost and nothing twice, after', () => {
  it.each(apiCases.map((each) => [each.name, each] as const))(
    '%s',
    async (_name, each) => {
      const { differences } = await runSchedule(lanes.first, planCase(each, 1), null, patienceMs);
      expect(differences).toEqual([]);
    },
    60_000,
  );

  it.each([1, 2, 3, 4, 5, 6])(
    'the random schedule %i',
    async (seed) => {
      const { differences } = await runSchedule(lanes.first, planSchedule(seed, deskCount), null, patienceMs);
      expect(differences).toEqual([]);
    },
    60_000,
  );
});

describe('what a schedule finds', () => {
  it.each(plantedBugs.map((bug) => [bug.name, bug] as const))(
    '%s',
    async (_name, bug) => {
      expect(await isFound(bug)).toBe(true);
    },
    120_000,
  );
});

/** In one of the cases at least. */
async function isFound(bug: PlantedBug): Promise<boolean> {
  for (const each of apiCases) {
    const { differences } = await runSchedule(lanes.first, planCase(each, 1), bug, 500);
    if (differences.length > 0) return true;
  }
  return false;
}
