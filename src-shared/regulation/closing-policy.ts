import type { ShortDayMinutes } from '../calendar/compile-calendar.ts';
import type { AnswerKind } from './answer-kind.ts';
import { defaultProfile } from './default-profile.ts';
import { isAnswerKind } from './parse-profile.ts';
import type { Profile } from './profile.ts';

/** When silence of the client closes a ticket (regulation section 3: within 48 hours after the answer was sent). */
export interface ClosingPolicy {
  /** Plain time, nights and days off included. */
  readonly afterMs: number;
  /** The kinds of answer after which silence means that the matter is done. */
  readonly arming: ReadonlySet<AnswerKind>;
  /** Not before the end of the working day after the answer, so that an answer on Friday evening is seen. */
  readonly notBeforeEndOfNextWorkingDay: boolean;
  /** How much earlier that day ends before a holiday. */
  readonly shortDayMinutes: ShortDayMinutes;
}

const HOUR_MS = 3_600_000;

/** The closing rule of a profile. */
export function closingPolicyOf({ answerKinds, closing, deadline }: Profile): ClosingPolicy {
  return {
    afterMs: closing.afterHours * HOUR_MS,
    arming: new Set(
      answerKinds.flatMap(({ kind, armsClosing }) => (armsClosing && isAnswerKind(kind) ? [kind] : [])),
    ),
    notBeforeEndOfNextWorkingDay: closing.notBeforeEndOfNextWorkingDay,
    shortDayMinutes: deadline.shortDayMinutes,
  };
}

/** The regulation to the letter: 48 plain hours. */
export const defaultClosingPolicy: ClosingPolicy = closingPolicyOf(defaultProfile);
