import type { Connection } from '#shared/bridge/desk-status.ts';
import { Random } from '#test/demo/random.ts';
import { wayFaults, type HintsFate, type WayFault, type WayRoute } from './faulty-way.ts';

/** Numbers in [0, 1) that an operation is made of, whatever the desk knows by then. */
export type Draws = readonly number[];

/** One thing that happens; everything that chance decides is in it, so that a step means the same without the others. */
export type Step =
  /** An agent does something; then it is pushed, as far as the way lets it. */
  | { readonly do: 'work'; readonly desk: number; readonly draws: readonly Draws[] }
  /** All agents do something at the same time. */
  | { readonly do: 'rush'; readonly draws: readonly (readonly Draws[])[] }
  | {
      readonly do: 'arm';
      readonly desk: number;
      readonly route: WayRoute;
      readonly fault: WayFault;
      readonly times: number;
    }
  | { readonly do: 'cut' | 'mend' | 'pull' | 'retry' | 'drop' | 'late'; readonly desk: number }
  | { readonly do: 'hints'; readonly desk: number; readonly fate: HintsFate }
  /** Letters come into the mailbox, and these desks tell the API. */
  | { readonly do: 'letters'; readonly desks: readonly number[]; readonly draws: readonly Draws[] }
  /** In the middle of a push, or at rest. */
  | { readonly do: 'crash'; readonly desk: number; readonly wipe: boolean; readonly pushing: boolean }
  | { readonly do: 'restart-api' | 'back-up' | 'restore' | 'jobs' }
  | { readonly do: 'time'; readonly ms: number }
  /** What the desk shows now; plans of chance say nothing of it. */
  | {
      readonly do: 'expect';
      readonly desk: number;
      readonly problem: Connection['problem'];
      readonly waiting: number;
    }
  /** The API cannot read the operation that this desk makes next. */
  | { readonly do: 'poison'; readonly desk: number };

export interface SchedulePlan {
  readonly seed: number;
  readonly steps: readonly Step[];
}

const minuteMs = 60_000;

/** The same plan for the same seed. */
export function planSchedule(seed: number, desks: number): SchedulePlan {
  const random = new Random(seed);
  const draws = (): Draws => Array.from({ length: 8 }, () => random.next());
  const some = (most: number): readonly Draws[] => Array.from({ length: random.integer(1, most) }, draws);
  const desk = (): number => random.integer(0, desks - 1);
  const step = (): Step => {
    const choice = random.next();
    if (choice < 0.34) return { do: 'work', desk: desk(), draws: some(3) };
    if (choice < 0.42) return { do: 'rush', draws: Array.from({ length: desks }, () => some(2)) };
    if (choice < 0.58) {
      const route = random.pick<WayRoute>(['push', 'push', 'pull', 'any', 'other']);
      return { do: 'arm', desk: desk(), route, fault: random.pick(wayFaults), times: random.integer(1, 2) };
    }
    if (choice < 0.62) return { do: random.pick(['cut', 'mend', 'mend', 'late']), desk: desk() };
    if (choice < 0.68) {
      const fate = random.pick<HintsFate>(['pass', 'pass', 'drop', 'double', 'reverse', 'cut']);
      return { do: 'hints', desk: desk(), fate };
    }
    if (choice < 0.75) return { do: 'pull', desk: desk() };
    if (choice < 0.83) {
      const first = desk();
      const both = random.chance(0.3) ? [first, (first + 1) % desks] : [first];
      return { do: 'letters', desks: both, draws: some(3) };
    }
    if (choice < 0.87)
      return { do: 'crash', desk: desk(), wipe: random.chance(0.3), pushing: random.chance(0.5) };
    if (choice < 0.89) return { do: random.pick(['restart-api', 'back-up', 'restore']) };
    if (choice < 0.91) return { do: 'jobs' };
    if (choice < 0.95) return { do: random.pick(['retry', 'drop']), desk: desk() };
    const ms = random.pick([2_000, minuteMs, 10 * minuteMs, 3 * 60 * minuteMs, 20 * 60 * minuteMs]);
    return { do: 'time', ms };
  };
  const first: Step = { do: 'letters', desks: [0], draws: [draws(), draws(), draws()] };
  const pulls = Array.from({ length: desks }, (_, index): Step => ({ do: 'pull', desk: index }));
  // In every third a backup is made early, so that there is something to lose.
  const backUp: readonly Step[] = random.chance(0.34) ? [{ do: 'back-up' }] : [];
  const rest = Array.from({ length: random.integer(14, 30) }, step);
  return { seed, steps: [first, ...pulls, ...backUp, ...rest] };
}

/** A plan in words, one line a step. */
export function describePlan({ seed, steps }: SchedulePlan): string {
  return [
    `seed ${String(seed)}`,
    ...steps.map((step, index) => `  ${String(index)}: ${describeStep(step)}`),
  ].join('\n');
}

function describeStep(step: Step): string {
  switch (step.do) {
    case 'work':
      return `desk ${String(step.desk)} does ${String(step.draws.length)}`;
    case 'rush':
      return `all desks at once do ${step.draws.map((each) => String(each.length)).join(', ')}`;
    case 'arm':
      return `way ${String(step.desk)}: the next ${String(step.times)} of ${step.route} meet ${step.fault}`;
    case 'hints':
      return `way ${String(step.desk)}: live events ${step.fate}`;
    case 'letters':
      return `${String(step.draws.length)} letters, told by desks ${step.desks.join(', ')}`;
    case 'crash':
      return `desk ${String(step.desk)} is killed${step.pushing ? ' while it pushes' : ''}${step.wipe ? ', its cache lost' : ''}`;
    case 'time':
      return `${String(step.ms / 1_000)} s pass`;
    case 'expect':
      return `desk ${String(step.desk)} shows ${step.problem ?? 'no problem'}, ${String(step.waiting)} waiting`;
    case 'poison':
    case 'cut':
    case 'mend':
    case 'pull':
    case 'retry':
    case 'drop':
    case 'late':
      return `${step.do} ${String(step.desk)}`;
    case 'restart-api':
    case 'back-up':
    case 'restore':
    case 'jobs':
      return step.do;
  }
}
