import { Random } from '#test/demo/random.ts';
import type { WayFault } from './faulty-way.ts';
import type { Draws, SchedulePlan, Step } from './schedule-plan.ts';

type Problem = Extract<Step, { do: 'expect' }>['problem'];

/** One thing that network or API do, and what the desk has to show meanwhile. */
export interface ApiCase {
  readonly name: string;
  readonly steps: (random: Random) => readonly Step[];
}

const minuteMs = 60_000;
const [near, far, other] = [0, 1, 2] as const;

export const apiCases: readonly ApiCase[] = [
  pushMeets('a time-out before the commit', 'refuse', 'unreachable'),
  pushMeets('a time-out after the commit', 'lost', 'unreachable'),
  pushMeets('a request that arrives after its time-out', 'late', 'unreachable'),
  pushMeets('an answer 200 that a proxy loses', 'lost-502', 'server-failed'),
  pushMeets('409', 'conflict-409', null),
  pushMeets('422', 'strange-422', 'unexpected-answer'),
  pushMeets('502 with a page', 'html-502', 'server-failed'),
  pushMeets('503', 'busy-503', 'server-failed'),
  pushMeets('an answer that breaks off', 'cut-body', 'unreachable'),
  pushMeets('an answer that ends too early', 'half-json', 'unexpected-answer'),
  pushMeets('an answer of an older or newer schema', 'other-shape', 'unexpected-answer'),
  {
    name: '500: its operations wait, those of other tickets go on',
    steps: (random) => [
      arm('push', 'status-500'),
      { do: 'work', desk: near, draws: [note(random, 0)] },
      shows('server-failed', 1),
      { do: 'work', desk: near, draws: [note(random, 0.5)] },
      shows(null, 1),
      { do: 'time', ms: minuteMs },
      shows(null, 0),
    ],
  },
  {
    name: 'a request that arrives twice',
    steps: (random) => [arm('push', 'twice'), notes(random, 2), shows(null, 0)],
  },
  {
    name: '429 with Retry-After',
    steps: (random) => [
      arm('push', 'limited-429'),
      notes(random, 2),
      shows('server-failed', 2),
      { do: 'time', ms: minuteMs / 3 },
      shows(null, 2),
      { do: 'time', ms: minuteMs },
      shows(null, 0),
    ],
  },
  {
    name: '401 in the middle',
    steps: (random) => [notes(random, 1), arm('push', 'expired-401'), notes(random, 2), shows(null, 0)],
  },
  {
    name: '401, and the renewal is lost',
    steps: (random) => [
      arm('push', 'expired-401'),
      arm('other', 'lost'),
      notes(random, 2),
      shows('unreachable', 2),
      { do: 'time', ms: minuteMs },
      shows(null, 0),
    ],
  },
  {
    name: '401 for good: logged in again, the queue kept',
    steps: (random) => [
      arm('push', 'expired-401'),
      arm('other', 'expired-401'),
      notes(random, 2),
      shows('signed-out', 2),
      { do: 'time', ms: minuteMs },
      shows(null, 0),
    ],
  },
  {
    name: 'an API that is newer',
    steps: (random) => [
      arm('push', 'newer-426'),
      notes(random, 2),
      shows('upgrade-required', 2),
      { do: 'time', ms: minuteMs },
      shows(null, 2),
      { do: 'time', ms: 6 * minuteMs },
      shows(null, 0),
    ],
  },
  {
    name: 'an operation that the API cannot read',
    steps: (random) => [
      { do: 'poison', desk: near },
      { do: 'work', desk: near, draws: [note(random, 0), note(random, 0), note(random, 0.5)] },
      // It is refused; what is behind it on the same ticket waits until the agent has decided.
      shows(null, 1),
      { do: 'drop', desk: near },
      { do: 'retry', desk: near },
      shows(null, 0),
    ],
  },
  ...(['double', 'reverse', 'drop', 'cut'] as const).map((fate): ApiCase => ({
    name: `live events: ${fate}`,
    steps: (random) => [
      { do: 'rush', draws: [[note(random, 0)], [note(random, 0.5)], [note(random, 0.9)]] },
      { do: 'work', desk: far, draws: [anything(random), anything(random)] },
      { do: 'hints', desk: near, fate },
      { do: 'work', desk: other, draws: [anything(random)] },
      { do: 'hints', desk: near, fate },
      { do: 'time', ms: 2 * minuteMs },
      shows(null, 0),
    ],
  })),
  ...(['refuse', 'cut-body', 'half-json', 'other-shape', 'status-500'] as const).map((fault): ApiCase => ({
    name: `a page of the feed meets ${fault}`,
    steps: (random) => [
      { do: 'work', desk: far, draws: [note(random, 0), anything(random)] },
      arm('pull', fault),
      { do: 'pull', desk: near },
      { do: 'work', desk: far, draws: [note(random, 0.5), anything(random)] },
      { do: 'time', ms: 2 * minuteMs },
      shows(null, 0),
    ],
  })),
  {
    name: 'a restored backup',
    steps: (random) => [
      { do: 'back-up' },
      { do: 'rush', draws: [[note(random, 0)], [note(random, 0.5)], [note(random, 0.9)]] },
      { do: 'restore' },
      { do: 'time', ms: 6 * minuteMs },
      { do: 'time', ms: 6 * minuteMs },
      shows(null, 0),
    ],
  },
  {
    name: 'a restored backup, and a desk that was away with its work',
    steps: (random) => [
      { do: 'back-up' },
      notes(random, 2),
      { do: 'cut', desk: near },
      notes(random, 2),
      shows('unreachable', 2),
      { do: 'crash', desk: near, wipe: true, pushing: false },
      { do: 'restore' },
      { do: 'mend', desk: near },
      { do: 'time', ms: 6 * minuteMs },
      { do: 'time', ms: 6 * minuteMs },
      shows(null, 0),
    ],
  },
];

/** The plan of a case; the same for the same seed. */
export function planCase({ steps }: ApiCase, seed: number): SchedulePlan {
  const random = new Random(seed);
  const fresh = (): Draws => [0.9, ...numbers(random)];
  const before: readonly Step[] = [
    { do: 'letters', desks: [near], draws: [fresh(), fresh(), fresh()] },
    { do: 'pull', desk: near },
    { do: 'pull', desk: far },
    { do: 'pull', desk: other },
  ];
  return { seed, steps: [...before, ...steps(random)] };
}

/** Nothing is lost, the status says why, and time mends it. */
function pushMeets(name: string, fault: WayFault, problem: Problem): ApiCase {
  return {
    name,
    steps: (random) => [
      arm('push', fault),
      notes(random, 3),
      shows(problem, 3),
      { do: 'time', ms: minuteMs },
      shows(null, 0),
    ],
  };
}

function arm(route: 'push' | 'pull' | 'other', fault: WayFault): Step {
  return { do: 'arm', desk: near, route, fault, times: 1 };
}

function shows(problem: Problem, waiting: number): Step {
  return { do: 'expect', desk: near, problem, waiting };
}

function notes(random: Random, count: number): Step {
  return { do: 'work', desk: near, draws: Array.from({ length: count }, () => note(random, random.next())) };
}

/** A note, which nothing can refuse, on the ticket at `place` in [0, 1). */
function note(random: Random, place: number): Draws {
  return [0, place, ...numbers(random)];
}

function anything(random: Random): Draws {
  return [random.next(), ...numbers(random)];
}

function numbers(random: Random): Draws {
  return Array.from({ length: 7 }, () => random.next());
}
