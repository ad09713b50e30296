import type { CompiledCalendar } from '../calendar/compile-calendar.ts';
import type { ClosingPolicy } from '../regulation/closing-policy.ts';
import type { ReactionEvent } from './reaction.ts';

/**
 * When a ticket closes by itself if its client stays silent (epoch milliseconds); null if silence closes nothing.
 *
 * The last human answer decides. One that arms, with no word of the client after it, closes the ticket when the
 * policy's time has passed since it was sent: plain hours, at the very millisecond. A letter or call of the client
 * cancels that, the next answer counts anew. An answer that asks or puts off cancels it too, since the matter is not
 * done; notices and automatic letters are no answers and change nothing. Nor does a ticket that an agent closed.
 *
 * Events may come in any order; those of one and the same moment keep the order they are given in, as in
 * `reactionPeriods`. The moment says when closing is allowed, not that it may happen: whoever closes has to know
 * that every letter up to this moment has been seen. An answer that bounced for good arms nothing.
 */
export function closesAt(
  events: readonly ReactionEvent[],
  policy: ClosingPolicy,
  calendar: CompiledCalendar,
): number | null {
  const decisive = events
    .filter(({ kind }) => kind !== 'bounce')
    .toSorted((a, b) => a.at - b.at)
    .findLast((event) => event.kind !== 'answer' || (event.human && event.answerKind !== 'notice'));
  if (decisive?.kind !== 'answer' || !policy.arming.has(decisive.answerKind)) return null;
  if (events.some((event) => isLossOf(decisive.messageId, event))) return null;
  const afterHours = decisive.at + policy.afterMs;
  if (!policy.notBeforeEndOfNextWorkingDay) return afterHours;
  const time = calendar.workingTime(policy.shortDayMinutes);
  const nextWorkingDay = time.nthWorkingDayAfter(time.dayOf(decisive.at), 1);
  return Math.max(afterHours, time.closingOf(nextWorkingDay) ?? time.endOfDay(nextWorkingDay));
}

function isLossOf(messageId: string | undefined, event: ReactionEvent): boolean {
  return (
    event.kind === 'bounce' &&
    event.messageId === messageId &&
    event.recipients.some(({ permanent }) => permanent)
  );
}
