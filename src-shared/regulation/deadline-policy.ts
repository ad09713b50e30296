import { defaultProfile } from './default-profile.ts';
import type { Profile } from './profile.ts';

/**
 * How the operator reads "the time of reaction cannot be more than three working days" (regulation section 3).
 *
 * Readings, from the strictest to the most lenient; for the same number of days D <= B <= A <= C always holds:
 * - D: the first, possibly partial, working day is day 1; due at the close of the last day
 * - B: the same time of day on the last day after receipt; a letter that came out of hours counts from the next
 *   opening, that day being day 1
 * - A: the day of receipt is day 0 whatever the hour (Civil Code art. 192); due at the close of the last day
 * - C: a letter that came out of hours is registered on the next working day, and that is day 0
 */
export interface DeadlinePolicy {
  /** The reading of the contractual deadline. */
  readonly mode: 'A' | 'C' | 'D';
  /** Working days until the deadline, at least 1. */
  readonly days: number;
  /** The reading of the internal target, which is never later than the deadline. */
  readonly targetMode: 'A' | 'B' | 'C' | 'D';
  readonly targetDays: number;
  /** Whether the last day ends when the desk closes (Civil Code art. 195) or at midnight. */
  readonly dayEnds: 'closing' | 'midnight';
  /** How much earlier the desk closes on short pre-holiday days. */
  readonly shortDayMinutes: 0 | 60;
  /** A ticket is at risk when less working time than this is left, even before its target. */
  readonly atRiskMs: number;
}

const MINUTE_MS = 60_000;

/** How a profile reads the deadline. */
export function deadlinePolicyOf({ deadline: { atRiskMinutes, ...reading } }: Profile): DeadlinePolicy {
  return { ...reading, atRiskMs: atRiskMinutes * MINUTE_MS };
}

/** The regulation to the letter: three days, counted from the day after receipt, 9-18 also before holidays. */
export const defaultDeadlinePolicy: DeadlinePolicy = deadlinePolicyOf(defaultProfile);
