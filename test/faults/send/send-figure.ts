import { availableParallelism } from 'node:os';
import { ok } from '#shared/result.ts';
import type { Figure, FigureOptions, FigureReport, PositiveControl } from '../figure.ts';
import { runSend, type SendPlant, type SendResult } from './run-send.ts';
import { allPlans, describePlan, planSend, type SendPlan } from './send-plan.ts';

/** Runs wait for stalled servers more than they compute. */
const atOnce = availableParallelism() * 3;

/** A run that takes longer hangs. */
const patienceMs = 120_000;

/** Bugs that the runs must see; each shows in the plans whose desk dies there, and the mail server took the letter. */
const plants: readonly { readonly planted: string; readonly plant: SendPlant; readonly dies: string }[] = [
  {
    planted: 'a journal without sync',
    // Says that it has synced, and has not.
    plant: {
      disk: (disk) => ({
        read: (path) => disk.read(path),
        create: (path) => disk.create(path),
        rename: (from, to) => disk.rename(from, to),
        remove: (path) => disk.remove(path),
        openForWriting: async (path) => {
          const file = await disk.openForWriting(path);
          return { ...file, sync: () => Promise.resolve() };
        },
      }),
    },
    dies: 'dot',
  },
  {
    planted: 'no look into Sent',
    plant: {
      sentFolder: (world) => ({
        sentCopies: () => Promise.resolve(ok(0)),
        fileSentCopy: (messageId, source) => {
          world.append(messageId, source);
          return Promise.resolve(ok('filed' as const));
        },
      }),
    },
    dies: 'appended',
  },
];

/** Exactly-once sending: each place of death with each fate of the letter at the mail server, and more by the seed. */
export const sendFigure: Figure = {
  name: 'send',
  title: 'send faults: kill points x SMTP outcomes x seeds',
  goal: '>= 490 runs: 0 lost, 0 twice, uncertain only between FLUSHED and ACCEPTED',
  run: runSendFigure,
};

async function runSendFigure({ seed, runs, onProgress }: FigureOptions): Promise<FigureReport> {
  const plans = Array.from({ length: runs ?? allPlans }, (_, index) => planSend(seed + index));
  const failures: string[] = [];
  const states = new Map<string, number>();
  let died = 0;
  let killed = 0;
  let done = 0;
  await runAll(plans, {}, (plan, result) => {
    done += 1;
    onProgress(done, plans.length);
    if (result.diedAt !== null) died += 1;
    if (result.diedAt !== null && plan.death === 'killed') killed += 1;
    states.set(result.state, (states.get(result.state) ?? 0) + 1);
    if (result.differences.length > 0) failures.push(describeFailure(plan, result));
  });
  const shown = [...states].map(([state, count]) => `${String(count)} ${state}`).join(', ');
  return {
    runs: plans.length,
    result: `${String(failures.length)} otherwise; ${String(died)} died (${String(killed)} by SIGKILL); ${shown}`,
    failures,
    controls: await runSendControls(seed),
  };
}

/** Looks whether planted bugs are seen. */
export async function runSendControls(seed: number): Promise<PositiveControl[]> {
  const controls: PositiveControl[] = [];
  for (const { planted, plant, dies } of plants) {
    const plans = Array.from({ length: allPlans }, (_, index) => planSend(seed + index)).filter(
      (plan) => plan.dies === dies && plan.death === 'power-cut',
    );
    let found = 0;
    await runAll(plans.slice(0, 12), plant, (_plan, { differences }) => {
      found += Number(differences.length > 0);
    });
    controls.push({ planted, found: found > 0 });
  }
  return controls;
}

/** Runs plans side by side, some at once. */
export async function runAll(
  plans: readonly SendPlan[],
  plant: SendPlant,
  onResult: (plan: SendPlan, result: SendResult) => void,
): Promise<void> {
  const waiting = [...plans];
  const worker = async (): Promise<void> => {
    for (let plan = waiting.shift(); plan !== undefined; plan = waiting.shift()) {
      onResult(plan, await withPatience(plan, plant));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

async function withPatience(plan: SendPlan, plant: SendPlant): Promise<SendResult> {
  const { promise, resolve } = Promise.withResolvers<SendResult>();
  const timer = setTimeout(() => {
    resolve({ differences: ['hangs'], diedAt: null, state: 'hanging' });
  }, patienceMs);
  const failed = (error: unknown): SendResult => ({
    differences: [error instanceof Error ? error.message : String(error)],
    diedAt: null,
    state: 'broken',
  });
  try {
    return await Promise.race([runSend(plan, plant).catch(failed), promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** What a failed run says of itself. */
export function describeFailure(plan: SendPlan, { differences, diedAt, state }: SendResult): string {
  return `seed ${String(plan.seed)}: ${differences.join('; ')} (${state}, died at ${diedAt ?? 'no moment'}) ${describePlan(plan)}`;
}
