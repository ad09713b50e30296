import type { AgentId } from '#shared/ids.ts';
import type { DueThresholds } from './due-thresholds.ts';
import { ticketFlags, type QueueColumns } from './queue-columns.ts';
import { deskSections, type DeskSection } from './queue-listing.ts';

/** Which sections each ticket belongs to, at one moment. */
export interface SectionBits {
  /** A bit for each section, see {@link bitOf}, by place in the queue. */
  readonly bits: Uint16Array;
  readonly counts: Readonly<Record<DeskSection, number>>;
  /** The first later moment at which a ticket may change its sections by the clock alone. */
  readonly changesAt: number;
}

/** Who looks, and when. */
export interface SectionView {
  readonly agentId: AgentId;
  readonly now: number;
  readonly due: DueThresholds;
  /** The deadline of a reaction that started then. */
  readonly deadlineOf: (startedAt: number) => number;
}

export function bitOf(section: DeskSection): number {
  return 1 << deskSections.indexOf(section);
}

const bit = {
  toAnswer: bitOf('to-answer'),
  overdue: bitOf('overdue'),
  dueToday: bitOf('due-today'),
  critical: bitOf('critical'),
  mine: bitOf('mine'),
  waiting: bitOf('waiting'),
  developers: bitOf('developers'),
  snoozed: bitOf('snoozed'),
  all: bitOf('all'),
  closed: bitOf('closed'),
} as const;

/** Sorts every ticket into its sections: one pass, about a nanosecond's worth of arithmetic for each section and ticket. */
export function sectionBits(
  columns: QueueColumns,
  { agentId, now, due, deadlineOf }: SectionView,
): SectionBits {
  const { size, flags, startedAt, snoozedUntil, heldUntil, holders, assignees } = columns;
  const me = columns.agents.indexOf(agentId) + 1;
  const bits = new Uint16Array(size);
  const totals = new Uint32Array(deskSections.length);
  let firstToBeLate = Number.POSITIVE_INFINITY;
  let changesAt = due.dayEndsAt;
  for (let place = 0; place < size; place++) {
    const flag = flags[place] ?? 0;
    if (flag & ticketFlags.closed) {
      bits[place] = bit.closed;
      continue;
    }
    let own = bit.all;
    const snoozed = snoozedUntil[place] ?? 0;
    const isSnoozed = snoozed > now;
    if (isSnoozed) {
      own |= bit.snoozed;
      changesAt = Math.min(changesAt, snoozed);
    }
    if (flag & ticketFlags.waits) {
      const start = startedAt[place] ?? 0;
      if (!isSnoozed) own |= bit.toAnswer;
      if (start < due.overdueBefore) own |= bit.overdue;
      else {
        if (start < due.todayBefore) own |= bit.dueToday;
        firstToBeLate = Math.min(firstToBeLate, start);
      }
    } else if (!isSnoozed && isForDesk(flag)) own |= bit.toAnswer;
    if (flag & ticketFlags.critical) own |= bit.critical;
    if (flag & ticketFlags.escalated) own |= bit.developers;
    else if (flag & ticketFlags.waiting && !isSnoozed) own |= bit.waiting;
    if (me !== 0) {
      const held = heldUntil[place] ?? 0;
      const isMine = holders[place] === me && held > now;
      if (isMine || assignees[place] === me) own |= bit.mine;
      if (isMine) changesAt = Math.min(changesAt, held);
    }
    bits[place] = own;
  }
  for (let place = 0; place < size; place++) {
    for (let own = bits[place] ?? 0; own !== 0; own &= own - 1) {
      const section = 31 - Math.clz32(own & -own);
      totals[section] = (totals[section] ?? 0) + 1;
    }
  }
  // In time to the last millisecond of the deadline, overdue from the next.
  if (firstToBeLate < Number.POSITIVE_INFINITY)
    changesAt = Math.min(changesAt, deadlineOf(firstToBeLate) + 1);
  const counts = Object.fromEntries(deskSections.map((section, index) => [section, totals[index] ?? 0]));
  return { bits, counts: counts as Record<DeskSection, number>, changesAt };
}

/** Nobody waits for a reaction, and yet the desk has to act. */
function isForDesk(flag: number): boolean {
  if (flag & ticketFlags.waiting) return false;
  return !(flag & ticketFlags.escalated) || (flag & ticketFlags.answerLost) !== 0;
}
