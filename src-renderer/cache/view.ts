import type { PendingOperation } from '#shared/bridge/pending.ts';
import type { CompiledCalendar } from '#shared/calendar/compile-calendar.ts';
import type { Clock } from '#shared/clock.ts';
import type { AgentId, LetterId, TicketId } from '#shared/ids.ts';
import type { LetterContent } from '#shared/mail/letter-content.ts';
import type { Article } from '#shared/protocol/article.ts';
import type { DeadlinePolicy } from '#shared/regulation/deadline-policy.ts';
import { computeDeadline } from '#shared/sla/deadline.ts';
import type { QueueSection } from '#shared/protocol/queue.ts';
import { searchArticles } from './article-search.ts';
import type { Base, VersionedTicket } from './base.ts';
import type {
  DirectoryView,
  OutboxView,
  QueueRange,
  QueueRow,
  QueueView,
  TicketView,
} from './cache-views.ts';
import type { LetterStore } from './letter-store.ts';
import { foldPending, isShown, type PendingPart } from './pending-part.ts';
import { idAt, isInSection, mergeColumns, type TicketChange } from './queue-columns.ts';

const sections: readonly QueueSection[] = ['all', 'to-answer', 'mine', 'critical', 'waiting', 'closed'];

/** What a view is made of. */
export interface ViewParts {
  readonly base: Base;
  readonly letters: LetterStore;
  readonly pending: PendingPart;
  readonly agentId: AgentId;
  readonly clock: Clock;
  readonly calendar: CompiledCalendar;
  readonly policy: DeadlinePolicy;
}

/** Base and pending, folded: everything that windows see. Makes it anew for each question. */
export class View {
  readonly #parts: ViewParts;

  constructor(parts: ViewParts) {
    this.#parts = parts;
  }

  async queue({ section, first, count }: QueueRange): Promise<QueueView> {
    const { agentId, base, clock } = this.#parts;
    const pending = await this.#pending();
    const columns = mergeColumns(base.columns, [...pending.values()].flatMap(folded));
    const counts = { all: 0, 'to-answer': 0, mine: 0, critical: 0, waiting: 0, closed: 0 };
    const ids: TicketId[] = [];
    const now = clock.now();
    for (const name of sections) {
      const view = { section: name, agentId, now };
      for (let place = 0; place < columns.size; place++) {
        if (!isInSection(columns, place, view)) continue;
        const row = counts[name]++;
        if (name === section && row >= first && row < first + count) ids.push(idAt(columns, place));
      }
    }
    const tickets = await base.tickets(ids);
    const rows = tickets.flatMap((found) =>
      found === null ? [] : [this.#row(found, pending.get(found.ticket.id)?.operations ?? [])],
    );
    return { rows, total: counts[section], counts };
  }

  async ticket(ticketId: TicketId): Promise<TicketView | null> {
    const { base, letters, pending } = this.#parts;
    const [found] = await base.tickets([ticketId]);
    if (found === null || found === undefined) return null;
    const facts = await base.lettersOf(ticketId);
    const contents = await letters.contents(facts.map((letter) => letter.id));
    const pendingOperations = (await this.#pending()).get(ticketId)?.operations ?? [];
    return {
      ticket: foldPending(found.ticket, pendingOperations),
      version: found.version,
      letters: facts.map((letter, index) => ({ ...letter, content: contents[index] ?? null })),
      pendingOperations,
      drafts: [...pending.drafts.values()].filter((draft) => draft.ticketId === ticketId),
      outgoing: [...pending.outgoing.values()].filter((outgoing) => outgoing.ticketId === ticketId),
    };
  }

  async outbox(): Promise<OutboxView> {
    const { drafts, outgoing } = this.#parts.pending;
    const pending = await this.#pending();
    return {
      operations: [...pending.values()].flatMap(({ operations }) => operations),
      drafts: [...drafts.values()],
      outgoing: [...outgoing.values()],
    };
  }

  directory(): DirectoryView {
    const { agents, articles, templates, blockedSenders, settings } = this.#parts.base;
    return {
      agents: [...agents.values()],
      articles: [...articles.values()],
      templates: [...templates.values()],
      blockedSenders: [...blockedSenders.values()],
      settings,
    };
  }

  searchArticles(text: string, limit: number): Article[] {
    return searchArticles([...this.#parts.base.articles.values()], text, limit);
  }

  async letterContent(letterId: LetterId): Promise<LetterContent | null> {
    const [content] = await this.#parts.letters.contents([letterId]);
    return content ?? null;
  }

  #row({ version, ticket }: VersionedTicket, operations: readonly PendingOperation[]): QueueRow {
    const { calendar, policy } = this.#parts;
    const now = foldPending(ticket, operations);
    const start = now.reactionStartedAt;
    const due = start === null ? null : computeDeadline(start, calendar, policy);
    return {
      ticket: now,
      version,
      pending: operations.some(({ state }) => state.kind !== 'rejected'),
      deadlineAt: due?.deadlineAt ?? null,
      targetAt: due?.targetAt ?? null,
    };
  }

  /** Tickets with operations that the base does not show yet. */
  async #pending(): Promise<Map<TicketId, PendingTicket>> {
    const { base, pending } = this.#parts;
    const byTicket = Map.groupBy(pending.operations.values(), ({ operation }) => operation.ticketId);
    const tickets = await base.tickets([...byTicket.keys()]);
    const unshown = new Map<TicketId, PendingTicket>();
    for (const [index, [ticketId, all]] of [...byTicket].entries()) {
      const found = tickets[index] ?? null;
      const operations = all.filter((one) => !isShown(one, found?.version ?? null, base.position));
      if (operations.length > 0) unshown.set(ticketId, { found, operations });
    }
    return unshown;
  }
}

interface PendingTicket {
  /** Null while the base does not know the ticket. */
  readonly found: VersionedTicket | null;
  readonly operations: readonly PendingOperation[];
}

function folded({ found, operations }: PendingTicket): TicketChange[] {
  if (found === null) return [];
  return [{ id: found.ticket.id, ticket: foldPending(found.ticket, operations) }];
}
