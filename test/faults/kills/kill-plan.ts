import { Random } from '../../demo/random.ts';

/** What is killed; everything else of the desk dies of it, or is killed right after. */
export const deaths = ['main', 'browser', 'windows', 'services'] as const;
export const caches = ['kept', 'deleted', 'damaged'] as const;
export const accidents = ['none', 'torn-record', 'second-instance', 'key-store-lost'] as const;
/** What the desk finds at its next start; what it cannot mend by itself is mended after it was looked at. */
export const starts = ['roomy', 'still-full', 'read-only'] as const;

export type DeedKind =
  'claim' | 'classify' | 'note' | 'begin-note' | 'draft' | 'draft-again' | 'draft-with-file' | 'send';

/** One deed of the agent. */
export interface PlannedDeed {
  readonly kind: DeedKind;
  /** Which ticket, from 0. */
  readonly ticket: number;
  /** Length of what is written: short ones may find room in the last page of a full disk. */
  readonly chars: number;
}

/** All that happens between two starts of a desk, from one seed. */
export interface KillPlan {
  readonly seed: number;
  readonly deeds: readonly PlannedDeed[];
  /** The disk is full from this deed on; null: it never is. */
  readonly fullFrom: number | null;
  /** Whether a note is typed by the keyboard before the end. */
  readonly types: boolean;
  /** So many of the last deeds wait for no answer; so long after them the desk is killed. */
  readonly unanswered: number;
  readonly killAfterMs: number;
  readonly death: (typeof deaths)[number];
  readonly cache: (typeof caches)[number];
  readonly accident: (typeof accidents)[number];
  readonly start: (typeof starts)[number];
}

const kinds: readonly DeedKind[] = [
  'claim',
  'classify',
  'note',
  'begin-note',
  'draft',
  'draft-again',
  'draft-again',
  'draft-with-file',
  'send',
  'send',
];

/** Twelve seeds in a row meet every death with every fate of the cache. */
export function planKill(seed: number): KillPlan {
  const random = new Random(seed);
  const count = random.integer(8, 16);
  const unanswered = random.integer(0, 4);
  return {
    seed,
    deeds: Array.from({ length: count }, () => ({
      kind: random.pick(kinds),
      ticket: random.integer(0, 3),
      chars: random.pick([20, 300, 5_000, 40_000]),
    })),
    fullFrom: random.chance(0.75) ? random.integer(Math.floor(count / 3), count - 1) : null,
    types: random.chance(0.4),
    unanswered,
    killAfterMs: unanswered === 0 ? 0 : random.integer(0, 25),
    death: deaths[seed % deaths.length] ?? 'main',
    cache: caches[seed % caches.length] ?? 'kept',
    accident: random.chance(0.5) ? 'none' : random.pick(accidents),
    start: random.pick(['roomy', 'roomy', 'roomy', 'roomy', 'still-full', 'read-only']),
  };
}

/** For a failure's report. */
export function describeKill(plan: KillPlan): string {
  const { seed, deeds, fullFrom, unanswered, killAfterMs, death, cache, accident, start } = plan;
  const full = fullFrom === null ? 'never full' : `full from deed ${String(fullFrom)}`;
  return [
    `seed ${String(seed)}: ${String(deeds.length)} deeds, ${full}`,
    `the last ${String(unanswered)} unanswered, ${death} killed ${String(killAfterMs)} ms later`,
    `cache ${cache}, accident ${accident}, start ${start}`,
  ].join(', ');
}
