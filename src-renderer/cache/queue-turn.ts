import type { TicketId } from '#shared/ids.ts';
import type { Overtook } from '#shared/ticket/overtook.ts';
import { idAt, placeOf, ticketFlags, type QueueColumns } from './queue-columns.ts';

/** So many of those that were overtaken are named. */
const mostNamed = 20;

/**
 * The first ticket to answer that nobody has in hand; null when there is none.
 *
 * The regulation's order: critical first, then whoever has waited longest (section 3). Where no client waits, those whose
 * answer did not arrive are next.
 */
export function nextInTurn(columns: QueueColumns, now: number): TicketId | null {
  for (let place = 0; place < columns.size; place++) {
    if (awaitsItsTurn(columns, place, now)) return idAt(columns, place);
  }
  for (let place = 0; place < columns.size; place++) {
    if (isToBeSentAgain(columns, place, now)) return idAt(columns, place);
  }
  return null;
}

/**
 * Whom one overtakes who serves this ticket now, in the queue's order; null where it is nobody.
 *
 * These are the tickets that {@link nextInTurn} would give before it: who takes what that gives overtakes nobody. Nor does
 * who opens a ticket whose client awaits no reaction. `asCritical` asks whom it overtakes by becoming critical instead:
 * critical tickets that have waited longer stay before it.
 */
export function aheadOf(
  columns: QueueColumns,
  id: TicketId,
  now: number,
  asCritical = false,
): Overtook | null {
  const own = placeOf(columns, id);
  if (own === -1 || !has(columns, own, ticketFlags.waits)) return null;
  const ticketIds: TicketId[] = [];
  let count = 0;
  for (let place = 0; place < own; place++) {
    if (!awaitsItsTurn(columns, place, now)) continue;
    if (asCritical && has(columns, place, ticketFlags.critical) && waitsLonger(columns, place, own)) continue;
    count += 1;
    if (count <= mostNamed) ticketIds.push(idAt(columns, place));
  }
  return count === 0 ? null : { ticketIds, count };
}

/** Open, its client waits, nobody holds it and it is not put off. */
function awaitsItsTurn(columns: QueueColumns, place: number, now: number): boolean {
  const state = (columns.flags[place] ?? 0) & (ticketFlags.waits | ticketFlags.waiting | ticketFlags.closed);
  return state === ticketFlags.waits && isFree(columns, place, now);
}

/** Open, its last answer did not arrive, nobody holds it and it is not put off. */
function isToBeSentAgain(columns: QueueColumns, place: number, now: number): boolean {
  const { answerLost, waiting, closed } = ticketFlags;
  const state = (columns.flags[place] ?? 0) & (answerLost | waiting | closed);
  return state === answerLost && isFree(columns, place, now);
}

function isFree(columns: QueueColumns, place: number, now: number): boolean {
  return (columns.heldUntil[place] ?? 0) <= now && (columns.snoozedUntil[place] ?? 0) <= now;
}

function has(columns: QueueColumns, place: number, flag: number): boolean {
  return ((columns.flags[place] ?? 0) & flag) !== 0;
}

/** Of two tickets that wait since one moment the one with the lower id counts as the longer waiting, as in the queue. */
function waitsLonger(columns: QueueColumns, place: number, other: number): boolean {
  const difference = (columns.startedAt[place] ?? 0) - (columns.startedAt[other] ?? 0);
  return difference < 0 || (difference === 0 && idAt(columns, place) < idAt(columns, other));
}
