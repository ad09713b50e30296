import { Equal as isEqual } from 'typebox/value';
import type { PendingOperation } from '#shared/bridge/pending.ts';
import type { Clock } from '#shared/clock.ts';
import type { AgentId, LetterId, TicketId } from '#shared/ids.ts';
import type { LetterContent } from '#shared/mail/letter-content.ts';
import { computeDeadline } from '#shared/sla/deadline.ts';
import type { Activity } from '#shared/ticket/activity.ts';
import { closesBySilenceAt } from '#shared/ticket/closes-by-silence-at.ts';
import type { Overtook } from '#shared/ticket/overtook.ts';
import type { Letter } from '#shared/ticket/letter.ts';
import type { VersionedTicket } from './base-rows.ts';
import type { Base } from './base.ts';
import type {
  DirectoryView,
  Neighbours,
  OutboxView,
  QueueRange,
  QueueRow,
  QueueView,
  TicketActivity,
  TicketView,
} from './cache-views.ts';
import { compareActivities } from './compare-activities.ts';
import type { LetterStore } from './letter-store.ts';
import { foldPending, isShown, type PendingPart } from './pending-part.ts';
import { idAt, mergeColumns, tagsInUse, type QueueColumns, type TicketChange } from './queue-columns.ts';
import { needsTexts, QueueLists } from './queue-lists.ts';
import type { QueueListing } from './queue-listing.ts';
import { aheadOf, nextInTurn } from './queue-turn.ts';

/** What a view is made of. */
export interface ViewParts {
  readonly base: Base;
  readonly letters: LetterStore;
  readonly pending: PendingPart;
  readonly agentId: AgentId;
  readonly clock: Clock;
}

/** The queue's columns with what is pending folded in, and what they were made of. */
interface Folded {
  readonly base: QueueColumns;
  readonly changes: readonly TicketChange[];
  readonly columns: QueueColumns;
}

/** Base and pending, folded: everything that windows see. */
export class View {
  readonly #parts: ViewParts;
  readonly #lists: QueueLists;
  #folded: Folded | null = null;

  constructor(parts: ViewParts) {
    this.#parts = parts;
    this.#lists = new QueueLists(parts.agentId, () => parts.base.directory.rules.current);
  }

  async queue({ first, count, ...listing }: QueueRange): Promise<QueueView> {
    const { base, clock } = this.#parts;
    if (needsTexts(listing)) await base.readTexts();
    const { columns, pending } = await this.#queue();
    const now = clock.now();
    const { counts } = this.#lists.sections(columns, now);
    const places = this.#lists.places(columns, listing, now);
    const ids = Array.from(places.subarray(first, first + count), (place) => idAt(columns, place));
    const tickets = await base.tickets(ids);
    const rows = ids.flatMap((id, index) => {
      const row = this.#row(tickets[index] ?? null, pending.get(id)?.operations ?? []);
      return row === null ? [] : [row];
    });
    return { rows, total: places.length, counts, hasNext: nextInTurn(columns, now) !== null };
  }

  async neighbours(ticketId: TicketId, listing: QueueListing): Promise<Neighbours> {
    const { base, clock } = this.#parts;
    if (needsTexts(listing)) await base.readTexts();
    const { columns } = await this.#queue();
    return this.#lists.neighbours(columns, ticketId, listing, clock.now());
  }

  /** See `aheadOf`. */
  async ahead(ticketId: TicketId, asCritical: boolean): Promise<Overtook | null> {
    const { columns } = await this.#queue();
    return aheadOf(columns, ticketId, this.#parts.clock.now(), asCritical);
  }

  /** See `nextInTurn`. */
  async next(): Promise<TicketId | null> {
    const { columns } = await this.#queue();
    return nextInTurn(columns, this.#parts.clock.now());
  }

  /** See `tagsInUse`. */
  async tags(): Promise<readonly string[]> {
    const { columns } = await this.#queue();
    return tagsInUse(columns);
  }

  /** When the queue looks different without any change of data: a deadline, a claim, a snooze or the day ends. */
  get queueChangesAt(): number {
    return this.#lists.changesAt;
  }

  async ticket(ticketId: TicketId): Promise<TicketView | null> {
    const { base, letters, pending } = this.#parts;
    const [found = null] = await base.tickets([ticketId]);
    const operations = (await this.#pending()).get(ticketId)?.operations ?? [];
    const ticket = foldPending(found?.ticket ?? null, operations, base.directory.rules);
    if (ticket === null) return null;
    const facts = await base.lettersOf(ticketId);
    const contents = await letters.contents(facts.map((letter) => letter.id));
    return {
      ticket,
      version: found?.version ?? 0,
      closesAt: closesBySilenceAt(ticket, base.directory.rules.current),
      letters: facts.map((letter, index) => ({ ...letter, content: contents[index] ?? null })),
      activities: withPending(await base.activitiesOf(ticketId), operations),
      pendingOperations: operations,
      drafts: [...pending.drafts.values()].filter((draft) => draft.ticketId === ticketId),
      notes: [...pending.notes.values()].filter((note) => note.ticketId === ticketId),
      outgoing: [...pending.outgoing.values()].filter((outgoing) => outgoing.ticketId === ticketId),
    };
  }

  async outbox(): Promise<OutboxView> {
    const { base } = this.#parts;
    const { drafts, notes, outgoing } = this.#parts.pending;
    const pending = await this.#pending();
    const lines = [...drafts.values(), ...notes.values(), ...outgoing.values()];
    const ids = new Set(lines.map(({ ticketId }) => ticketId)).difference(pending);
    const found = await base.tickets([...ids]);
    return {
      operations: [...pending.values()].flatMap(({ operations }) => operations),
      drafts: [...drafts.values()],
      notes: [...notes.values()],
      outgoing: [...outgoing.values()],
      tickets: [
        ...[...pending.values()].flatMap((waiting) => {
          const ticket = foldPending(waiting.found?.ticket ?? null, waiting.operations, base.directory.rules);
          return ticket === null ? [] : [ticket];
        }),
        ...found.flatMap((each) => (each === null ? [] : [each.ticket])),
      ],
    };
  }

  /** Letters that nobody could read and nobody has looked at, oldest first. */
  async quarantine(): Promise<readonly Letter[]> {
    return await this.#parts.base.quarantined();
  }

  directory(): DirectoryView {
    return this.#parts.base.directory.view();
  }

  async letterContent(letterId: LetterId): Promise<LetterContent | null> {
    const [content] = await this.#parts.letters.contents([letterId]);
    return content ?? null;
  }

  /** The columns that a listing is made from, and the tickets among them with pending operations. */
  async #queue(): Promise<{
    readonly columns: QueueColumns;
    readonly pending: ReadonlyMap<TicketId, PendingTicket>;
  }> {
    const { base } = this.#parts;
    const pending = await this.#pending();
    const changes = [...pending].flatMap(([id, { found, operations }]) => {
      const ticket = foldPending(found?.ticket ?? null, operations, base.directory.rules);
      return ticket === null ? [] : [{ id, ticket }];
    });
    // Tickets are folded anew for each question: what they say decides, not which object they are.
    if (this.#folded?.base !== base.columns || !isEqual(this.#folded.changes, changes)) {
      const columns = mergeColumns(base.columns, changes);
      this.#folded = { base: base.columns, changes, columns };
    }
    return { columns: this.#folded.columns, pending };
  }

  #row(found: VersionedTicket | null, operations: readonly PendingOperation[]): QueueRow | null {
    const { base } = this.#parts;
    const ticket = foldPending(found?.ticket ?? null, operations, base.directory.rules);
    if (ticket === null) return null;
    const start = ticket.reactionStartedAt;
    const { calendar, deadline } = base.directory.rules.current;
    const due = start === null ? null : computeDeadline(start, calendar, deadline);
    return {
      ticket,
      version: found?.version ?? 0,
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

/** A history with the lines that pending operations will add to it. */
function withPending(
  confirmed: readonly Activity[],
  operations: readonly PendingOperation[],
): TicketActivity[] {
  const known = new Set(confirmed.map(({ id }) => id));
  const expected = operations.flatMap(({ operation, author, state }) => {
    // Letters that left stand in the conversation themselves.
    const isLetter = operation.kind === 'record-answer' || operation.kind === 'record-forward';
    if (isLetter || state.kind === 'rejected' || known.has(operation.id)) return [];
    const { id, ticketId } = operation;
    return [{ activity: { id, ticketId, agentId: author.agentId, operation }, pending: true }];
  });
  return [...confirmed.map((activity) => ({ activity, pending: false })), ...expected].toSorted((a, b) =>
    compareActivities(a.activity, b.activity),
  );
}
