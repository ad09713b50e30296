import type { AgentId, OperationId } from '#shared/ids.ts';
import { loginOf, ScheduleClock, type ApiWorld, type ScheduleService } from './api-world.ts';
import type { Meddler } from './faulty-way.ts';
import { judgeSchedule, type Intent } from './judge-schedule.ts';
import { makeOperation } from './make-operation.ts';
import { ScheduleDesk, type DeskApi } from './schedule-desk.ts';
import { describePlan, type Draws, type SchedulePlan, type Step } from './schedule-plan.ts';
import { ScheduleMailbox } from './schedule-mailbox.ts';

/** A bug that a schedule is run with, to see that it is found. */
export interface PlantedBug {
  readonly name: string;
  /** In every desk. */
  readonly inDesk?: (api: DeskApi) => DeskApi;
  /** On the ways, in front of the API. */
  readonly onWay?: () => Meddler;
}

export interface ScheduleResult {
  readonly differences: readonly string[];
  /** What was done, and what came of it. */
  readonly trace: readonly string[];
  readonly counts: { readonly operations: number; readonly rejected: number; readonly letters: number };
}

const healRounds = 30;
/** The cache gathers frames for a moment before it stores them. */
const settleMs = 10_000;

/** Lets a plan happen to a new service with its desks, heals everything, and says what is wrong then. */
export async function runSchedule(
  world: ApiWorld,
  plan: SchedulePlan,
  bug: PlantedBug | null = null,
  patienceMs = settleMs,
): Promise<ScheduleResult> {
  const clock = new ScheduleClock();
  const service = await world.begin(clock);
  const run = new ScheduleRun(service, clock, plan, bug);
  try {
    return await run.run(patienceMs);
  } catch (error) {
    return { differences: [`broke: ${error instanceof Error ? (error.stack ?? '') : ''}`], ...run.said };
  } finally {
    await run.close();
    await service.close();
  }
}

class ScheduleRun {
  readonly #service: ScheduleService;
  readonly #clock: ScheduleClock;
  readonly #plan: SchedulePlan;
  readonly #desks: readonly ScheduleDesk[];
  readonly #mailbox: ScheduleMailbox;
  readonly #intents: Intent[] = [];
  readonly #trace: string[] = [];
  readonly #unexpected: string[] = [];
  readonly #poisoned = new Set<number>();
  #agentIds: readonly AgentId[] = [];
  #rejected = 0;

  constructor(service: ScheduleService, clock: ScheduleClock, plan: SchedulePlan, bug: PlantedBug | null) {
    this.#service = service;
    this.#clock = clock;
    this.#plan = plan;
    this.#mailbox = new ScheduleMailbox(clock);
    this.#desks = service.ways.map((way, index) => {
      way.meddle(bug?.onWay?.() ?? null);
      way.holdHints();
      return new ScheduleDesk({
        index,
        login: loginOf(index),
        userData: service.folders[index] ?? '',
        way,
        clock,
        name: service.name,
        bug: bug?.inDesk,
      });
    });
  }

  get said(): Pick<ScheduleResult, 'trace' | 'counts'> {
    const { length: operations } = this.#intents;
    const { length: letters } = this.#mailbox.letters;
    return { trace: this.#trace, counts: { operations, rejected: this.#rejected, letters } };
  }

  async run(patienceMs: number): Promise<ScheduleResult> {
    for (const desk of this.#desks) await desk.start();
    this.#agentIds = this.#desks.flatMap(({ life }) => life?.author.agentId ?? []);
    for (const [index, step] of this.#plan.steps.entries()) await this.#do(step, index);
    const healed = await this.#heal();
    const differences = await judgeSchedule({
      service: this.#service,
      desks: this.#desks,
      intents: this.#intents,
      letters: this.#mailbox.letters,
      patienceMs,
    });
    return { differences: [...this.#unexpected, ...healed, ...differences], ...this.said };
  }

  async close(): Promise<void> {
    for (const desk of this.#desks) await desk.end();
  }

  async #do(step: Step, index: number): Promise<void> {
    // Every moment of a schedule is its own: it names what was done then.
    this.#clock.advance(1_000);
    const say = (what: string): void => void this.#trace.push(`${String(index)}: ${what}`);
    switch (step.do) {
      case 'work':
        await this.#work(this.#desk(step.desk), step.draws, say);
        return;
      case 'rush':
        await Promise.all(this.#desks.map((desk) => this.#work(desk, step.draws[desk.index] ?? [], say)));
        return;
      case 'arm':
        this.#desk(step.desk).way.arm(step.route, step.fault, step.times);
        return;
      case 'cut':
        this.#desk(step.desk).way.cut();
        return;
      case 'mend':
        this.#desk(step.desk).way.mend();
        return;
      case 'late':
        await this.#desk(step.desk).way.deliverLate();
        return;
      case 'hints': {
        const desk = this.#desk(step.desk);
        if (desk.way.hints(step.fate)) await desk.afterHints();
        return;
      }
      case 'pull':
        await this.#desk(step.desk).pull();
        return;
      case 'retry':
        await this.#retry(this.#desk(step.desk));
        return;
      case 'drop':
        await this.#dropOldest(this.#desk(step.desk), say);
        return;
      case 'letters':
        this.#mailbox.receive(step.draws);
        await Promise.all(step.desks.map((desk) => this.#mailbox.tell(this.#desk(desk))));
        return;
      case 'crash':
        await this.#crash(this.#desk(step.desk), step);
        return;
      case 'restart-api':
        await this.#service.stop();
        await this.#service.start();
        return;
      case 'back-up':
        await this.#service.backUp();
        return;
      case 'restore':
        if (this.#service.hasBackup) await this.#service.restore();
        return;
      case 'jobs':
        await this.#service.api.jobs.run();
        return;
      case 'expect':
        this.#expect(this.#desk(step.desk), step, index);
        return;
      case 'poison':
        this.#poisoned.add(step.desk);
        return;
      case 'time':
        this.#clock.advance(step.ms);
        for (const desk of this.#desks) {
          await desk.way.deliverLate();
          await desk.start();
          await desk.pass(step.ms);
          await desk.pull();
        }
    }
  }

  #desk(index: number): ScheduleDesk {
    const desk = this.#desks[index];
    if (desk === undefined) throw new RangeError(`no desk ${String(index)}`);
    return desk;
  }

  /** Makes operations and lets the desk push them, as far as its way allows. */
  async #work(desk: ScheduleDesk, draws: readonly Draws[], say: (what: string) => void): Promise<void> {
    if (!(await desk.start())) return;
    for (const each of draws) await this.#submit(desk, each, say);
    await desk.life?.outbox.afterPush();
  }

  async #submit(desk: ScheduleDesk, draws: Draws, say: (what: string) => void): Promise<void> {
    const { life } = desk;
    if (life === null) return;
    this.#clock.advance(1);
    const operation = makeOperation(draws, {
      known: desk.known,
      author: life.author,
      agentIds: this.#agentIds,
      madeAt: this.#clock.now(),
    });
    if (this.#poisoned.delete(desk.index)) desk.way.poison(operation.id);
    if (!(await desk.submit(operation))) return;
    say(`desk ${String(desk.index)} ${operation.kind} ${operation.ticketId.slice(-6)}`);
    this.#intents.push({ operation, desk: desk.index, dropped: false });
  }

  #expect(desk: ScheduleDesk, expected: Extract<Step, { do: 'expect' }>, index: number): void {
    const { waiting, problem } = desk;
    if (waiting.length === expected.waiting && problem === expected.problem) return;
    this.#unexpected.push(
      `at step ${String(index)} desk ${String(desk.index)} shows ${problem ?? 'no problem'}, ${String(waiting.length)} waiting`,
    );
  }

  async #retry(desk: ScheduleDesk): Promise<void> {
    await desk.start();
    desk.life?.outbox.retryNow();
    await desk.pull();
  }

  async #crash(desk: ScheduleDesk, { wipe, pushing }: { wipe: boolean; pushing: boolean }): Promise<void> {
    if (pushing && desk.life !== null) {
      const before = desk.way.requests;
      desk.life.outbox.retryNow();
      const end = Date.now() + 50;
      while (desk.waiting.length > 0 && desk.way.requests === before && Date.now() < end) await turn();
    }
    await desk.crash();
    if (wipe) await desk.wipeCache();
    await desk.start();
  }

  async #dropOldest(desk: ScheduleDesk, say: (what: string) => void): Promise<void> {
    const [id] = desk.rejected;
    if (id !== undefined) await this.#drop(desk, id, say);
  }

  async #drop(desk: ScheduleDesk, id: OperationId, say: (what: string) => void): Promise<void> {
    const dropped = await desk.life?.outbox.drop(id);
    if (dropped?.ok !== true) return;
    this.#rejected += 1;
    say(`desk ${String(desk.index)} drops a refused operation`);
    for (const intent of this.#intents) if (intent.operation.id === id) intent.dropped = true;
  }

  /** Takes away every fault and lets time pass, until nothing moves; says what goes on for ever. */
  async #heal(): Promise<readonly string[]> {
    const say = (what: string): void => void this.#trace.push(`heal: ${what}`);
    await this.#service.start();
    for (const { way } of this.#desks) await way.heal();
    let before = '';
    for (let round = 0; round < healRounds; round += 1) {
      this.#clock.advance(6 * 60_000);
      for (const desk of this.#desks) {
        await desk.start();
        await desk.pass(Number.MAX_SAFE_INTEGER);
        await desk.pull();
        for (const id of desk.rejected) await this.#drop(desk, id, say);
      }
      await this.#mailbox.tell(this.#desk(0));
      const now = JSON.stringify([await this.#head(), this.#desks.map(({ waiting }) => waiting)]);
      const isDone = this.#desks.every(({ waiting, rejected }) => waiting.length + rejected.length === 0);
      if (isDone && now === before) return [];
      before = now;
    }
    return this.#desks.flatMap(({ index, waiting, rejected, life }) => {
      const state = life?.session.state.state ?? 'off';
      const left = `${String(waiting.length)} waiting, ${String(rejected.length)} refused`;
      return waiting.length + rejected.length > 0
        ? [`desk ${String(index)} (${state}) still has ${left}`]
        : [];
    });
  }

  async #head(): Promise<unknown> {
    return await this.#service.api.database.query('select version, epoch from feed_head');
  }
}

/** A failed run in words: what happened, what is wrong. */
export function describeFailure(plan: SchedulePlan, { differences, trace }: ScheduleResult): string {
  const shown = differences.slice(0, 10).map((difference) => `  - ${difference}`);
  const more = differences.length > 10 ? [`  - and ${String(differences.length - 10)} more`] : [];
  const done = trace.map((line) => `    ${line}`);
  return [describePlan(plan), '  what came of it:', ...done, ...shown, ...more].join('\n');
}

async function turn(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}
