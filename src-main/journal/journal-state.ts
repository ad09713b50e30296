import type { Draft, Outgoing } from '#shared/bridge/draft.ts';
import type { NoteDraft } from '#shared/bridge/note-draft.ts';
import type { AttachmentId, DraftId, OperationId, OutgoingId, TicketId } from '#shared/ids.ts';
import type { Author } from '#shared/ticket/author.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import type { Rejection } from '#shared/ticket/rejection.ts';
import type { RecordOf } from './journal-record.ts';

/** An operation and what the API said of it. */
export interface JournalOperation {
  readonly operation: Operation;
  readonly author: Author;
  readonly submittedAt: number;
  readonly answer:
    | null
    | {
        readonly outcome: 'applied';
        readonly version: number;
        readonly epoch: string | null;
        readonly at: number;
      }
    | { readonly outcome: 'rejected'; readonly rejection: Rejection; readonly at: number };
}

/** A frozen letter on its way. */
export interface JournalOutgoing {
  readonly outgoing: Outgoing;
  readonly envelope: RecordOf<'outgoing-queued'>['envelope'];
  readonly mimeFile: AttachmentId;
  readonly check: RecordOf<'outgoing-released'>['check'];
  readonly serverWords: string | null;
  /** When it came into its present state. */
  readonly movedAt: number;
}

/** Everything an agent did that is not yet confirmed, and what was confirmed lately. Maps keep the order of making. */
export interface JournalState {
  readonly operations: ReadonlyMap<OperationId, JournalOperation>;
  readonly drafts: ReadonlyMap<DraftId, Draft>;
  readonly notes: ReadonlyMap<OperationId, NoteDraft>;
  readonly outgoing: ReadonlyMap<OutgoingId, JournalOutgoing>;
}

export const emptyJournalState: JournalState = {
  operations: new Map(),
  drafts: new Map(),
  notes: new Map(),
  outgoing: new Map(),
};

/**
 * The operations that make tickets for letters which are still being written, by ticket: nobody is told of such a ticket
 * before its letter is sent, or something else is done to it.
 */
export function ticketsToCome({
  operations,
  drafts,
  outgoing,
}: JournalState): ReadonlyMap<TicketId, OperationId> {
  const letters = [...drafts.values()].filter(({ purpose }) => purpose === 'letter');
  const wanted = new Set(letters.map(({ ticketId }) => ticketId));
  for (const { outgoing: letter } of outgoing.values()) wanted.delete(letter.ticketId);
  const toCome = new Map<TicketId, OperationId>();
  if (wanted.size === 0) return toCome;
  for (const { operation, answer } of operations.values()) {
    const { id, kind, ticketId } = operation;
    if (!wanted.has(ticketId)) continue;
    if (kind === 'create-ticket' && answer === null) toCome.set(ticketId, id);
    else toCome.delete(ticketId);
  }
  return toCome;
}

/** The numbers that the status bar shows. */
export interface JournalCounts {
  readonly pendingOperations: number;
  readonly rejectedOperations: number;
  /** Letters that have not left yet, the uncertain ones apart. */
  readonly outgoing: number;
  readonly uncertain: number;
}

export function countJournal(state: JournalState): JournalCounts {
  let pendingOperations = 0;
  let rejectedOperations = 0;
  const toCome = ticketsToCome(state);
  for (const { operation, answer } of state.operations.values()) {
    if (answer === null) pendingOperations += Number(!toCome.has(operation.ticketId));
    else if (answer.outcome === 'rejected') rejectedOperations += 1;
  }
  let outgoing = 0;
  let uncertain = 0;
  for (const { outgoing: letter } of state.outgoing.values()) {
    if (letter.state === 'uncertain') uncertain += 1;
    else if (!isOver(letter)) outgoing += 1;
  }
  return { pendingOperations, rejectedOperations, outgoing, uncertain };
}

/** Whether nothing of the letter will be sent any more. */
function isOver({ state, recipients }: Outgoing): boolean {
  if (state !== 'partial') return state === 'sent';
  return recipients.every((recipient) => recipient.state === 'accepted' || recipient.state === 'refused');
}

/** Every file of the attachment store that the journal still needs. */
export function referencedAttachments(state: JournalState): ReadonlySet<AttachmentId> {
  const ids = new Set<AttachmentId>();
  for (const draft of state.drafts.values()) for (const { id } of draft.attachments) ids.add(id);
  for (const { outgoing, mimeFile } of state.outgoing.values()) {
    ids.add(mimeFile);
    for (const { id } of outgoing.draft.attachments) ids.add(id);
  }
  return ids;
}
