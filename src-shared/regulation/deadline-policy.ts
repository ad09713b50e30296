import { Type, type Static } from 'typebox';

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
export const DeadlinePolicySchema = Type.Object(
  {
    /** The reading of the contractual deadline. */
    mode: Type.Union([Type.Literal('A'), Type.Literal('C'), Type.Literal('D')]),
    days: Type.Integer({ minimum: 1, maximum: 60 }),
    /** The reading of the internal target, which is never later than the deadline. */
    targetMode: Type.Union([Type.Literal('A'), Type.Literal('B'), Type.Literal('C'), Type.Literal('D')]),
    targetDays: Type.Integer({ minimum: 1, maximum: 60 }),
    /** Whether the last day ends when the desk closes (Civil Code art. 195) or at midnight. */
    dayEnds: Type.Union([Type.Literal('closing'), Type.Literal('midnight')]),
    /** How much earlier the desk closes on short pre-holiday days. */
    shortDayMinutes: Type.Union([Type.Literal(0), Type.Literal(60)]),
    /** A ticket is at risk when less working time than this is left, even before its target. */
    atRiskMs: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false },
);

/** See {@link DeadlinePolicySchema}. */
export type DeadlinePolicy = Static<typeof DeadlinePolicySchema>;

const HOUR_MS = 3_600_000;

/** The regulation to the letter: three days, counted from the day after receipt, 9-18 also before holidays. */
export const defaultDeadlinePolicy: DeadlinePolicy = {
  mode: 'A',
  days: 3,
  targetMode: 'B',
  targetDays: 3,
  dayEnds: 'closing',
  shortDayMinutes: 0,
  atRiskMs: 3 * HOUR_MS,
};
