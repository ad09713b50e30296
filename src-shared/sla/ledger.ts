import type { CivilDate, EpochDay } from '../calendar/civil-date.ts';
import type { CompiledCalendar } from '../calendar/compile-calendar.ts';
import type { DayOffReason } from '../calendar/day-plan.ts';
import type { WorkingTime } from '../calendar/working-time.ts';
import type { Clause } from '../regulation/clause.ts';
import type { DeadlinePolicy } from '../regulation/deadline-policy.ts';
import { computeDeadline, lastCountedDay, type Deadline, type Reading } from './deadline.ts';

interface OnDay {
  readonly date: CivilDate;
  /** False if the calendar has no official source for this date. */
  readonly isConfirmed: boolean;
}

/**
 * One step of the proof of a deadline. A ledger is: rule, received, one step for each date from the day of
 * receipt to the last counted day, due, target.
 *
 * - day-zero: the date that starts the count and is not counted itself
 * - after-hours: a working day whose work was over when the letter came
 * - counted: working day number `number`; `insteadOf` is the date that a working Saturday is worked for
 * - weekend, holiday, moved-off, own-day-off, closure: not counted, and why
 */
export type LedgerStep =
  | {
      readonly kind: 'rule';
      readonly reading: DeadlinePolicy['mode'];
      readonly days: number;
      readonly clause: Clause;
      readonly calendarVersion: string;
    }
  | { readonly kind: 'received'; readonly at: number; readonly date: CivilDate; readonly isInHours: boolean }
  | ({ readonly kind: 'day-zero'; readonly clause: Clause } & OnDay)
  | ({ readonly kind: 'after-hours'; readonly clause: Clause } & OnDay)
  | ({
      readonly kind: 'counted';
      readonly number: number;
      readonly closesAt: number;
      readonly isShort: boolean;
      readonly insteadOf: CivilDate | null;
    } & OnDay)
  | (DayOffReason & OnDay)
  | { readonly kind: 'due'; readonly at: number; readonly date: CivilDate; readonly clause: Clause }
  | { readonly kind: 'target'; readonly at: number; readonly reading: Reading; readonly days: number };

/** A deadline with the steps that lead to it. */
export interface ExplainedDeadline extends Deadline {
  readonly ledger: readonly LedgerStep[];
}

/**
 * When the reaction is due, and the proof. The moments are those of {@link computeDeadline}; lists that show no
 * proof call that instead, since a ledger names every date on the way.
 */
export function explainDeadline(
  receivedAt: number,
  calendar: CompiledCalendar,
  policy: DeadlinePolicy,
): ExplainedDeadline {
  const time = calendar.workingTime(policy.shortDayMinutes);
  const deadline = computeDeadline(receivedAt, calendar, policy);
  const lastDay = lastCountedDay(policy.mode, receivedAt, policy.days, time);
  const firstDay = time.dayOf(receivedAt);
  const ledger: LedgerStep[] = [
    {
      kind: 'rule',
      reading: policy.mode,
      days: policy.days,
      clause: 'regulation-3-reaction',
      calendarVersion: calendar.version,
    },
    {
      kind: 'received',
      at: receivedAt,
      date: time.dateOf(firstDay),
      isInHours: time.workingIntervalAt(receivedAt) !== null,
    },
  ];
  const servingDay = time.servingDay(receivedAt);
  let number = 0;
  for (let day = firstDay; day <= lastDay; day++) {
    const step = uncounted(policy.mode, day, firstDay, servingDay, time) ?? counted(day, number + 1, time);
    if (step.kind === 'counted') number = step.number;
    ledger.push(step);
  }
  ledger.push(
    {
      kind: 'due',
      at: deadline.deadlineAt,
      date: time.dateOf(lastDay),
      clause: policy.dayEnds === 'closing' ? 'civil-code-195' : 'regulation-3-reaction',
    },
    { kind: 'target', at: deadline.targetAt, reading: policy.targetMode, days: policy.targetDays },
  );
  return { ...deadline, ledger };
}

function uncounted(
  reading: DeadlinePolicy['mode'],
  day: EpochDay,
  firstDay: EpochDay,
  servingDay: EpochDay,
  time: WorkingTime,
): LedgerStep | null {
  const on = { date: time.dateOf(day), isConfirmed: time.isConfirmed(day, day) };
  if (reading === 'A' && day === firstDay) return { kind: 'day-zero', clause: 'civil-code-192', ...on };
  if (reading === 'C' && day === servingDay) return { kind: 'day-zero', clause: 'civil-code-192', ...on };
  const reason = time.whyNotWorking(day);
  if (reason !== null) return { ...reason, ...on };
  return day < servingDay ? { kind: 'after-hours', clause: 'regulation-4-hours', ...on } : null;
}

function counted(day: EpochDay, number: number, time: WorkingTime): LedgerStep {
  const plan = time.planOf(day);
  return {
    kind: 'counted',
    number,
    date: time.dateOf(day),
    closesAt: time.closingOf(day) ?? time.endOfDay(day),
    isShort: plan.isShort,
    insteadOf: plan.insteadOf,
    isConfirmed: plan.isConfirmed,
  };
}
