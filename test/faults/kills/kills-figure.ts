import { fileURLToPath } from 'node:url';
import type { Figure, FigureOptions, FigureReport, PositiveControl } from '../figure.ts';
import { appIsStale, buildApp } from '../../build-app.ts';
import { describeKill, planKill, type KillPlan } from './kill-plan.ts';
import { KillWorld } from './kill-world.ts';
import { KilledDesk, type KillResult } from './run-kill.ts';
import { SmallDisk } from './small-disk.ts';

const kills = 50;
/** Room for the desk and its Chromium, and not much more: it takes no time to fill. */
const diskMegabytes = 48;
/** A life of a desk has so many kills; then a new one arrives. */
const killsInLife = 10;
/** A planted bug need not be hurt by every plan. */
const controlTries = 3;

const plantedBugs: readonly {
  readonly name: string;
  readonly module: string;
  readonly shownBy: Partial<KillPlan>;
}[] = [
  { name: 'journal without sync', module: 'late-disk.ts', shownBy: { fullFrom: null } },
  { name: 'full disk taken for written', module: 'deaf-disk.ts', shownBy: { fullFrom: 2 } },
];

/** Everything else than what a planted bug is shown by goes well. */
const calm: Partial<KillPlan> = {
  types: false,
  unanswered: 0,
  killAfterMs: 0,
  death: 'main',
  cache: 'kept',
  accident: 'none',
  start: 'roomy',
};

/** The built desk in Chromium, killed on a full disk, its cache wiped; starts with what it had promised to keep. */
export const killsFigure: Figure = {
  name: 'kills',
  title: 'disk full + SIGKILL + wiped cache, in Chromium',
  goal: `${String(kills)} kills on a tmpfs: 100 % of unsent work back`,
  run: runKillsFigure,
};

async function runKillsFigure({ seed, runs, onProgress }: FigureOptions): Promise<FigureReport> {
  const count = runs ?? kills;
  const failures: string[] = [];
  let promised = 0;
  let refused = 0;
  const prepared = await KillGround.prepare().catch((error: unknown) => error);
  if (!(prepared instanceof KillGround)) {
    const why = prepared instanceof Error ? prepared.message : String(prepared);
    return { runs: 0, result: 'not run', failures: [why], controls: [] };
  }
  await using ground = prepared;
  await ground.killAll(
    Array.from({ length: count }, (_, index) => planKill(seed + index)),
    (plan, result, done) => {
      promised += result.promised;
      refused += result.refused;
      if (result.differences.length > 0) failures.push(describeFailure(plan, result));
      onProgress(done, count);
    },
  );
  const back = (100 * (count - failures.length)) / count;
  return {
    runs: count,
    result: `${back.toFixed(1)} % with all of ${String(promised)} things kept; ${String(refused)} deeds refused and said so`,
    failures,
    controls: await ground.runControls(seed),
  };
}

/** Where desks are killed: one service, one small disk. Throws with words where no disk can be mounted. */
export class KillGround implements AsyncDisposable {
  readonly #world: KillWorld;
  readonly #disk: SmallDisk;

  private constructor(world: KillWorld, disk: SmallDisk) {
    this.#world = world;
    this.#disk = disk;
  }

  static async prepare(): Promise<KillGround> {
    const disk = await SmallDisk.mount(diskMegabytes);
    try {
      if (appIsStale()) await buildApp();
      return new KillGround(await KillWorld.start(), disk);
    } catch (error) {
      await disk.unmount();
      throw error;
    }
  }

  /** One plan after the other, a few of them at the same desk. */
  async killAll(
    plans: readonly KillPlan[],
    onDone: (plan: KillPlan, result: KillResult, done: number) => void,
    module: string | null = null,
  ): Promise<void> {
    let desk: KilledDesk | null = null;
    for (const [index, plan] of plans.entries()) {
      if (index % killsInLife === 0) {
        await desk?.kill();
        desk = null;
      }
      let result: KillResult;
      try {
        desk ??= await KilledDesk.arrive(this.#world, this.#disk, module);
        result = await desk.run(plan);
      } catch (error) {
        const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
        result = { differences: [`does not go on: ${why}`], promised: 0, refused: 0 };
      }
      onDone(plan, result, index + 1);
      if (result.differences.length === 0) continue;
      // What one kill has spoilt is not counted at the next.
      await desk?.kill();
      desk = null;
      this.#disk.free();
      this.#disk.unlock();
      await this.#world.heal();
    }
    await desk?.kill();
  }

  /** Whether desks with a bug are found out. */
  async runControls(seed: number): Promise<PositiveControl[]> {
    const controls: PositiveControl[] = [];
    for (const { name, module, shownBy } of plantedBugs) {
      const path = fileURLToPath(new URL(module, import.meta.url));
      const plans = Array.from({ length: controlTries }, (_, index) => ({
        ...planKill(seed + index),
        ...calm,
        ...shownBy,
      }));
      const lost: string[] = [];
      const collect = (_: KillPlan, { differences }: KillResult): void => {
        lost.push(...differences.filter((difference) => difference.startsWith('lost: ')));
      };
      for (const plan of plans) if (lost.length === 0) await this.killAll([plan], collect, path);
      controls.push({ planted: name, found: lost.length > 0 });
    }
    return controls;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#world[Symbol.asyncDispose]();
    await this.#disk.unmount();
  }
}

export function describeFailure(plan: KillPlan, { differences }: KillResult): string {
  const shown = differences.slice(0, 8).map((difference) => `    - ${difference}`);
  const more = differences.length - shown.length;
  return [describeKill(plan), ...shown, ...(more > 0 ? [`    and ${String(more)} more`] : [])].join('\n');
}
