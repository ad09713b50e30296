import type { News } from '#shared/bridge/attention.ts';
import type { AgentId, TicketId } from '#shared/ids.ts';
import type { DueState } from '#shared/sla/due-state.ts';
import { isAnswerLost } from '#shared/ticket/is-answer-lost.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import type { QueueRow } from '../cache/cache-views.ts';

/** The lists in which news show up first; each may hold only the top of a longer one. */
export interface WatchedLists {
  /** Of all tickets, the newest letter first. */
  readonly letters: readonly QueueRow[];
  /** Of those that somebody has to act on, the newest letter first. */
  readonly answers: readonly QueueRow[];
  /** Of those that wait for an answer, the part around the first deadline that is still to come. */
  readonly deadlines: readonly QueueRow[];
  readonly critical: readonly QueueRow[];
  /** Of the desk's agent. */
  readonly mine: readonly QueueRow[];
}
export type WatchedList = keyof WatchedLists;

export interface NewsContext {
  readonly agentId: AgentId;
  readonly now: number;
  /** How a ticket's deadline stands at this moment; null without one. */
  readonly dueState: (row: QueueRow) => DueState | null;
}

/** What is remembered of a ticket in a list. */
interface Seen {
  readonly lastLetterAt: number;
  readonly lastClientLetterAt: number | null;
  readonly assigneeId: AgentId | null;
  readonly due: DueState | null;
  readonly isAnswerLost: boolean;
}

/**
 * Tells what happened to tickets from how lists of them looked before and look now.
 *
 * The first look at a list tells nothing. What the desk's own agent did is no news: his operations show up as pending
 * first. A ticket that nobody saw before is news only where it cannot have slid up from below the part that is watched.
 */
export class NewsFinder {
  readonly #seen = new Map<WatchedList, ReadonlyMap<TicketId, Seen>>();

  /** Begins anew: the next look at each list tells nothing. */
  reset(): void {
    this.#seen.clear();
  }

  /** `limit` is how many rows the list holds at most. */
  look(list: WatchedList, rows: readonly QueueRow[], limit: number, context: NewsContext): readonly News[] {
    const before = this.#seen.get(list);
    const now = new Map(rows.map((row) => [row.ticket.id, seenOf(row, context)]));
    this.#seen.set(list, now);
    if (before === undefined) return [];
    const isWhole = before.size < limit;
    return rows.flatMap((row) => {
      const why = reasons[list](row, before, isWhole, context);
      return why === null ? [] : [newsOf(row.ticket, why)];
    });
  }
}

type Reason = (
  row: QueueRow,
  before: ReadonlyMap<TicketId, Seen>,
  isWhole: boolean,
  context: NewsContext,
) => News['why'] | null;

const reasons: Readonly<Record<WatchedList, Reason>> = {
  letters({ ticket }, before, isWhole, { agentId }) {
    const { receivedAt, lastLetterAt, lastClientLetterAt } = ticket;
    // An answer moves a ticket up as well.
    if (lastClientLetterAt === null || lastClientLetterAt < lastLetterAt) return null;
    const known = before.get(ticket.id);
    if (known === undefined) {
      const since = isWhole ? Number.NEGATIVE_INFINITY : oldest(before);
      if (receivedAt >= since) return 'new';
      if (lastClientLetterAt < since) return null;
    } else if (lastClientLetterAt <= (known.lastClientLetterAt ?? 0)) {
      return null;
    }
    return isOf(ticket, agentId) ? 'client-wrote' : null;
  },

  answers({ ticket }, before, isWhole, { agentId }) {
    if (!isAnswerLost(ticket) || before.get(ticket.id)?.isAnswerLost === true) return null;
    // It was not to be answered until now, unless it stood below the watched part.
    if (!before.has(ticket.id) && !isWhole && ticket.lastLetterAt < oldest(before)) return null;
    return isOf(ticket, agentId) ? 'not-delivered' : null;
  },

  deadlines(row, before, _isWhole, context) {
    const known = before.get(row.ticket.id);
    const due = context.dueState(row);
    if (known === undefined || due === known.due || (due !== 'at-risk' && due !== 'overdue')) return null;
    // A deadline that was moved away and back is no news twice.
    if (known.due === 'overdue') return null;
    return isForAgent(row.ticket, context) ? due : null;
  },

  critical({ ticket, pending }, before, isWhole, { agentId }) {
    if (pending || !isWhole || before.has(ticket.id)) return null;
    return ticket.critical === null || ticket.critical.agentId === agentId ? null : 'critical';
  },

  mine({ ticket, pending }, before, isWhole, { agentId }) {
    if (pending || !isWhole || ticket.assigneeId !== agentId) return null;
    return before.get(ticket.id)?.assigneeId === agentId ? null : 'assigned';
  },
};

function seenOf(row: QueueRow, { dueState }: NewsContext): Seen {
  const { lastLetterAt, lastClientLetterAt, assigneeId } = row.ticket;
  return {
    lastLetterAt,
    lastClientLetterAt,
    assigneeId,
    due: dueState(row),
    isAnswerLost: isAnswerLost(row.ticket),
  };
}

function oldest(before: ReadonlyMap<TicketId, Seen>): number {
  return Math.min(...Array.from(before.values(), ({ lastLetterAt }) => lastLetterAt));
}

/** Whose job a ticket is: its assignee's or holder's; without either, the last one's who answered. */
function isOf(ticket: Ticket, agentId: AgentId): boolean {
  const { assigneeId, holder } = ticket;
  if (assigneeId === agentId || holder?.agentId === agentId) return true;
  if (assigneeId !== null || holder !== null) return false;
  const answer = ticket.events.findLast((event) => event.kind === 'answer');
  return answer?.agentId === agentId;
}

/** A deadline is the affair of whoever has the ticket, and of everybody while nobody has. */
function isForAgent(ticket: Ticket, { agentId, now }: NewsContext): boolean {
  const isHeld = ticket.holder !== null && ticket.holder.until > now;
  return (ticket.assigneeId === null && !isHeld) || isOf(ticket, agentId);
}

function newsOf({ id, number, client, subject }: Ticket, why: News['why']): News {
  return { ticketId: id, number, client: client.name === '' ? client.address : client.name, subject, why };
}
