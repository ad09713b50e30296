import type { WorkingTime } from '../calendar/working-time.ts';
import type { Deadline } from './deadline.ts';

/** How a waiting ticket stands: in time, to be looked at, too late. In order of urgency. */
export const DUE_STATES = ['ok', 'at-risk', 'overdue'] as const;
export type DueState = (typeof DUE_STATES)[number];

/**
 * How a deadline stands at a moment.
 *
 * Overdue from the first millisecond after the deadline. At risk when the target has passed, or when less than
 * `atRiskMs` of working time is left until the deadline.
 */
export function dueState(
  now: number,
  { deadlineAt, targetAt }: Pick<Deadline, 'deadlineAt' | 'targetAt'>,
  time: WorkingTime,
  atRiskMs: number,
): DueState {
  return DUE_STATES[codeOf(now, deadlineAt, targetAt, time.afterWorkingMs(now, atRiskMs))] ?? 'ok';
}

/** The due moments of many tickets in columns: as objects a hundred thousand cost five times as much to look at. */
export interface DueColumns {
  readonly deadlinesAt: Float64Array;
  readonly targetsAt: Float64Array;
}

/**
 * {@link dueState} of many tickets at one moment, as indices into {@link DUE_STATES}, into `states`.
 *
 * The working calendar is asked once, for the moment until which a deadline is too near; after that a ticket costs
 * three comparisons.
 */
export function judgeDueStates(
  now: number,
  { deadlinesAt, targetsAt }: DueColumns,
  time: WorkingTime,
  atRiskMs: number,
  states: Uint8Array,
): void {
  const tooNearUntil = time.afterWorkingMs(now, atRiskMs);
  for (let i = 0; i < deadlinesAt.length; i++) {
    states[i] = codeOf(now, deadlinesAt[i] ?? Infinity, targetsAt[i] ?? Infinity, tooNearUntil);
  }
}

/** Less than the margin of working time is left exactly where the deadline lies before `tooNearUntil`. */
function codeOf(now: number, deadlineAt: number, targetAt: number, tooNearUntil: number): 0 | 1 | 2 {
  if (now > deadlineAt) return 2;
  return now > targetAt || deadlineAt < tooNearUntil ? 1 : 0;
}
