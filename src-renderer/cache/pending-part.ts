import type { Draft, Outgoing } from '#shared/bridge/draft.ts';
import type { NoteDraft } from '#shared/bridge/note-draft.ts';
import type { PendingChange, PendingOperation } from '#shared/bridge/pending.ts';
import type { PendingFrame } from '#shared/bridge/streams.ts';
import type { DraftId, OperationId, OutgoingId, TicketId } from '#shared/ids.ts';
import type { RuleBook } from '#shared/regulation/rule-book.ts';
import { reduceTicket } from '#shared/ticket/reduce.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';

/**
 * What agents did that the base does not show yet. Lives in memory only: its home is the journal, which tells all of it
 * anew whenever the stream begins.
 */
export class PendingPart {
  readonly operations = new Map<OperationId, PendingOperation>();
  readonly drafts = new Map<DraftId, Draft>();
  readonly notes = new Map<OperationId, NoteDraft>();
  readonly outgoing = new Map<OutgoingId, Outgoing>();

  /** Answers the tickets that look different now. */
  apply(frames: readonly PendingFrame[]): Set<TicketId> {
    const touched = new Set<TicketId>();
    for (const frame of frames) {
      if (frame.type === 'change') {
        this.#change(frame.change, touched);
        continue;
      }
      for (const id of this.#ticketIds()) touched.add(id);
      this.#clear();
      for (const change of frame.changes) this.#change(change, touched);
    }
    return touched;
  }

  /** Tickets whose operations the base may begin to show with any step of the feed. */
  confirmedTickets(): Set<TicketId> {
    const confirmed = [...this.operations.values()].filter(({ state }) => state.kind === 'confirmed');
    return new Set(confirmed.map(({ operation }) => operation.ticketId));
  }

  #change(change: PendingChange, touched: Set<TicketId>): void {
    switch (change.kind) {
      case 'operation':
        touched.add(change.operation.operation.ticketId);
        this.operations.set(change.operation.operation.id, change.operation);
        break;
      case 'operation-removed':
        touch(touched, this.operations.get(change.id)?.operation);
        this.operations.delete(change.id);
        break;
      case 'draft':
        touched.add(change.draft.ticketId);
        this.drafts.set(change.draft.id, change.draft);
        break;
      case 'draft-removed':
        touch(touched, this.drafts.get(change.id));
        this.drafts.delete(change.id);
        break;
      case 'note':
        touched.add(change.note.ticketId);
        this.notes.set(change.note.id, change.note);
        break;
      case 'note-removed':
        touch(touched, this.notes.get(change.id));
        this.notes.delete(change.id);
        break;
      case 'outgoing':
        touched.add(change.outgoing.ticketId);
        this.outgoing.set(change.outgoing.id, change.outgoing);
        break;
      case 'outgoing-removed':
        touch(touched, this.outgoing.get(change.id));
        this.outgoing.delete(change.id);
        break;
    }
  }

  *#ticketIds(): Generator<TicketId> {
    for (const { operation } of this.operations.values()) yield operation.ticketId;
    for (const { ticketId } of this.drafts.values()) yield ticketId;
    for (const { ticketId } of this.notes.values()) yield ticketId;
    for (const { ticketId } of this.outgoing.values()) yield ticketId;
  }

  #clear(): void {
    this.operations.clear();
    this.drafts.clear();
    this.notes.clear();
    this.outgoing.clear();
  }
}

/**
 * Whether the base shows an operation's outcome.
 *
 * The ticket's own version says so. Only where it cannot, because the operation left the ticket as it was, the feed's
 * position does, and only once all of the feed is here: a page may end between an operation and the ticket's later state.
 */
export function isShown(
  { state }: PendingOperation,
  ticketVersion: number | null,
  position: { readonly after: number; readonly caughtUp: boolean },
): boolean {
  if (state.kind !== 'confirmed') return false;
  return (ticketVersion ?? 0) >= state.version || (position.caughtUp && position.after >= state.version);
}

/**
 * The ticket as it will be once these operations are confirmed; rejected and impossible ones change nothing.
 *
 * From null one comes only where the first of them opens a ticket.
 */
export function foldPending<T extends Ticket | null>(
  ticket: T,
  operations: readonly PendingOperation[],
  rules: RuleBook,
): T | Ticket {
  let folded: T | Ticket = ticket;
  for (const { operation, author, state } of operations) {
    if (state.kind === 'rejected') continue;
    const reduced = reduceTicket(folded, operation, author, rules);
    if (reduced.ok) folded = reduced.value;
  }
  return folded;
}

function touch(touched: Set<TicketId>, item: { readonly ticketId: TicketId } | undefined): void {
  if (item !== undefined) touched.add(item.ticketId);
}
