import type { CompiledCalendar } from '#shared/calendar/compile-calendar.ts';
import type { DeadlinePolicy } from '#shared/regulation/deadline-policy.ts';
import { computeDeadline } from '#shared/sla/deadline.ts';
import { dueState, type DueState } from '#shared/sla/due-state.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** What a row says of a deadline; `unit` and `count` measure working time, rounded down. */
export interface Due {
  readonly state: DueState;
  readonly deadlineAt: number;
  /** True when the date rests on a calendar without official source and may still move. */
  readonly mayMove: boolean;
  readonly unit: 'minutes' | 'hours' | 'days';
  readonly count: number;
}

/**
 * How the reaction to a ticket stands; null while nothing awaits a reaction.
 *
 * A working day is counted as nine hours, as the desk's day has; less than a day is told in hours, less than two hours
 * in minutes.
 */
export function describeDue(
  { reactionStartedAt }: Pick<Ticket, 'reactionStartedAt'>,
  now: number,
  calendar: CompiledCalendar,
  policy: DeadlinePolicy,
): Due | null {
  if (reactionStartedAt === null) return null;
  const time = calendar.workingTime(policy.shortDayMinutes);
  const deadline = computeDeadline(reactionStartedAt, calendar, policy);
  const leftMs = Math.abs(time.workingMsBetween(now, deadline.deadlineAt));
  return {
    state: dueState(now, deadline, time, policy.atRiskMs),
    deadlineAt: deadline.deadlineAt,
    mayMove: deadline.crossesUnconfirmed,
    ...inWords(leftMs),
  };
}

function inWords(ms: number): Pick<Due, 'unit' | 'count'> {
  if (ms < 2 * HOUR_MS) return { unit: 'minutes', count: Math.floor(ms / MINUTE_MS) };
  if (ms < 9 * HOUR_MS) return { unit: 'hours', count: Math.floor(ms / HOUR_MS) };
  return { unit: 'days', count: Math.floor(ms / (9 * HOUR_MS)) };
}
