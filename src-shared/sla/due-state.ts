import type { WorkingTime } from '../calendar/working-time.ts';
import type { Deadline } from './deadline.ts';

/** How a waiting ticket stands: in time, to be looked at, too late. */
export type DueState = 'ok' | 'at-risk' | 'overdue';

/** What the state of a ticket hangs on. */
export type DueMoments = Pick<Deadline, 'deadlineAt' | 'targetAt'>;

/**
 * One look at many deadlines at the same moment.
 *
 * The working calendar is asked once, for the moment until which a deadline is too near; after that a ticket costs
 * three comparisons.
 */
export class DueTick {
  readonly #now: number;
  readonly #tooNearUntil: number;

  /** `atRiskMs` is working time; 0 leaves the target as the only warning. */
  constructor(now: number, time: WorkingTime, atRiskMs: number) {
    this.#now = now;
    this.#tooNearUntil = time.afterWorkingMs(now, atRiskMs);
  }

  /**
   * How a deadline stands. Overdue from the first millisecond after the deadline; at risk when the target has passed,
   * or when less than `atRiskMs` of working time is left until the deadline.
   */
  stateOf({ deadlineAt, targetAt }: DueMoments): DueState {
    if (this.#now > deadlineAt) return 'overdue';
    return this.#now > targetAt || deadlineAt < this.#tooNearUntil ? 'at-risk' : 'ok';
  }
}

/** How one deadline stands at a moment; see {@link DueTick}. */
export function dueState(now: number, due: DueMoments, time: WorkingTime, atRiskMs: number): DueState {
  return new DueTick(now, time, atRiskMs).stateOf(due);
}
