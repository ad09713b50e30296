import type { CompiledCalendar } from '../calendar/compile-calendar.ts';
import type { EpochDay } from '../calendar/civil-date.ts';
import type { WorkingTime } from '../calendar/working-time.ts';
import type { DeadlinePolicy } from '../regulation/deadline-policy.ts';

/** A reading of "three working days"; see `DeadlinePolicy`. */
export type Reading = DeadlinePolicy['mode'] | DeadlinePolicy['targetMode'];

/** When a reaction is due. */
export interface Deadline {
  /** The contractual moment; a reaction at this very millisecond is still in time. */
  readonly deadlineAt: number;
  /** The internal moment, never after `deadlineAt`. */
  readonly targetAt: number;
  /** Whether a day from receipt to deadline rests on data without an official source: the date may still move. */
  readonly crossesUnconfirmed: boolean;
}

/**
 * When the reaction to a client contact is due.
 *
 * Pure in its three arguments: a changed calendar or policy gives the new deadline of any old receipt.
 * `receivedAt` is when the letter reached the mailbox (INTERNALDATE) or the call was taken.
 */
export function computeDeadline(
  receivedAt: number,
  calendar: CompiledCalendar,
  policy: DeadlinePolicy,
): Deadline {
  const time = calendar.workingTime(policy.shortDayMinutes);
  const lastDay = lastCountedDay(policy.mode, receivedAt, policy.days, time);
  const deadlineAt = endOf(lastDay, policy, time);
  const targetAt = dueAt(policy.targetMode, receivedAt, policy.targetDays, policy, time);
  return {
    deadlineAt,
    targetAt: Math.min(targetAt, deadlineAt),
    crossesUnconfirmed: !time.isConfirmed(time.dayOf(receivedAt), lastDay),
  };
}

/** The last of `days` working days by one of the readings that count whole days. */
export function lastCountedDay(
  reading: DeadlinePolicy['mode'],
  receivedAt: number,
  days: number,
  time: WorkingTime,
): EpochDay {
  if (reading === 'A') return time.nthWorkingDayAfter(time.dayOf(receivedAt), days);
  return time.nthWorkingDayAfter(time.servingDay(receivedAt), reading === 'C' ? days : days - 1);
}

function dueAt(
  reading: Reading,
  receivedAt: number,
  days: number,
  policy: DeadlinePolicy,
  time: WorkingTime,
): number {
  if (reading !== 'B') return endOf(lastCountedDay(reading, receivedAt, days, time), policy, time);
  const day = time.dayOf(receivedAt);
  const opensAt = time.openingOf(day) ?? Infinity;
  const closesAt = time.closingOf(day) ?? -Infinity;
  // Before the opening this very day is day 1; after the closing and on a day off it is the next working day.
  if (receivedAt >= closesAt) return endOf(time.nthWorkingDayAfter(day, days), policy, time);
  if (receivedAt < opensAt) return endOf(time.nthWorkingDayAfter(day, days - 1), policy, time);
  return time.sameClockTime(receivedAt, time.nthWorkingDayAfter(day, days));
}

function endOf(day: EpochDay, { dayEnds }: DeadlinePolicy, time: WorkingTime): number {
  const closesAt = dayEnds === 'closing' ? time.closingOf(day) : null;
  return closesAt ?? time.endOfDay(day);
}
