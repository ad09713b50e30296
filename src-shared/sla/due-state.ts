import type { WorkingTime } from '../calendar/working-time.ts';
import type { Deadline } from './deadline.ts';

/** How a waiting ticket stands: in time, to be looked at, too late. */
export type DueState = 'ok' | 'at-risk' | 'overdue';

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
  if (now > deadlineAt) return 'overdue';
  return now > targetAt || time.workingMsBetween(now, deadlineAt) < atRiskMs ? 'at-risk' : 'ok';
}
