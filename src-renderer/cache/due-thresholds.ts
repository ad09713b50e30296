import type { CompiledCalendar } from '#shared/calendar/compile-calendar.ts';
import type { DeadlinePolicy } from '#shared/regulation/deadline-policy.ts';
import { computeDeadline } from '#shared/sla/deadline.ts';

/**
 * Between which starts of a reaction it is overdue, due today or due later, at one moment.
 *
 * A later start never has an earlier deadline, so that 100,000 tickets need two searches over the calendar and no
 * arithmetic with dates each.
 */
export interface DueThresholds {
  /** A reaction that started earlier is overdue. */
  readonly overdueBefore: number;
  /** One that started earlier, but is not overdue, is due on the moment's own day. */
  readonly todayBefore: number;
  /** The end of the moment's day by the desk's calendar. */
  readonly dayEndsAt: number;
}

/** The thresholds at a moment. */
export function dueThresholds(
  now: number,
  calendar: CompiledCalendar,
  policy: DeadlinePolicy,
): DueThresholds {
  const time = calendar.workingTime(policy.shortDayMinutes);
  const dayEndsAt = time.endOfDay(time.dayOf(now));
  const startedBefore = (isAfter: (deadlineAt: number) => boolean) =>
    firstStart(dayEndsAt, (start) => isAfter(computeDeadline(start, calendar, policy).deadlineAt));
  return {
    overdueBefore: startedBefore((deadlineAt) => deadlineAt >= now),
    // A day that ends at midnight is over at the first millisecond of the next.
    todayBefore: startedBefore((deadlineAt) => deadlineAt > dayEndsAt),
    dayEndsAt,
  };
}

/** The first millisecond for which something holds that holds from then on; `limit` if for none before. */
function firstStart(limit: number, holds: (start: number) => boolean): number {
  let low = 0;
  let high = limit;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
