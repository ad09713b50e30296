import type { ReadLetter } from '#main/mailbox/frame-lines.ts';
import { ParsePool } from '#main/mailbox/parse/parse-pool.ts';
import type { Figure, FigureOptions, FigureReport, PositiveControl } from '../figure.ts';
import { describePlan, planFaults, plannedFaults } from './fault-plan.ts';
import { plantedBugs, type PlantedBug } from './planted-bugs.ts';
import { runPlan, type PlanResult } from './run-plan.ts';

/** Each planned fault with so many seeds. */
const seedsPerFault = 24;
/** A run mostly waits for short times to pass; more at once would wait for each other. */
const atOnce = 4;
/** A planted bug need not be hurt by every plan; it is looked for in so many. */
const controlTries = 12;
/** Long for one that is expected to find nothing wrong, and short for one that is to fail. */
const patienceMs = { run: 20_000, control: 2_500 } as const;

export const imapFigure: Figure = {
  name: 'imap',
  title: `IMAP: ${plannedFaults.length} faults x ${seedsPerFault} seeds`,
  goal: '0 differences at the end',
  run: runImapFigure,
};

async function runImapFigure({ seed, runs, onProgress }: FigureOptions): Promise<FigureReport> {
  const count = runs ?? plannedFaults.length * seedsPerFault;
  await using parser = new Parser();
  const failures: string[] = [];
  let done = 0;
  let unused = 0;
  await eachOf(count, async (index) => {
    const plan = planFaults(seed + index);
    const result = await runPlan(plan, parser.pool, patienceMs.run);
    if (result.differences.length > 0) failures.push(`${describePlan(plan)}\n${described(result)}`);
    unused += result.unused;
    done += 1;
    onProgress(done, count);
  });
  return {
    runs: count,
    result: `${failures.length} with differences; ${unused} armed faults found no occasion`,
    failures,
    controls: await Promise.all(plantedBugs.map((bug) => lookFor(bug, seed, parser.pool))),
  };
}

/** Whether a desk with that bug is caught. */
async function lookFor(
  bug: PlantedBug,
  seed: number,
  parser: ParsePool<ReadLetter>,
): Promise<PositiveControl> {
  const turn = plannedFaults.indexOf(bug.shownBy);
  const first = Math.ceil((seed - turn) / plannedFaults.length) * plannedFaults.length + turn;
  for (let tries = 0; tries < controlTries; tries += 1) {
    const plan = planFaults(first + tries * plannedFaults.length);
    const { differences } = await runPlan(plan, parser, patienceMs.control, bug.plant());
    if (differences.length > 0) return { planted: bug.name, found: true };
  }
  return { planted: bug.name, found: false };
}

function described({ differences, events, tookMs }: PlanResult): string {
  const shown = differences.slice(0, 8).map((difference) => `    - ${difference}`);
  const more = differences.length - shown.length;
  return [
    ...shown,
    ...(more > 0 ? [`    and ${more} more`] : []),
    `    after ${tookMs} ms; log: ${JSON.stringify(Object.fromEntries(events))}`,
  ].join('\n');
}

/** One parser's thread for all desks: it is not what is tried here, and each would take a second to start. */
class Parser implements AsyncDisposable {
  readonly pool = new ParsePool<ReadLetter>({
    workerUrl: new URL('../../../src-main/mailbox/letter-json-worker.ts', import.meta.url),
    size: 1,
  });

  async [Symbol.asyncDispose](): Promise<void> {
    await this.pool.close();
  }
}

async function eachOf(count: number, run: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      await run(next - 1);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}
