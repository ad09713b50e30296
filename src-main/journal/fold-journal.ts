import type { Draft } from '#shared/bridge/draft.ts';
import type { NoteDraft } from '#shared/bridge/note-draft.ts';
import type { DraftId, OperationId, OutgoingId } from '#shared/ids.ts';
import type { JournalRecord } from './journal-record.ts';
import type { JournalOperation, JournalOutgoing, JournalState } from './journal-state.ts';

/**
 * Folds records into a state, in order; the only place that says what a record means.
 *
 * Pure: `state` stays as it was. Total: a record about something that is not there changes nothing, so that what is
 * left of a damaged journal still folds.
 */
export function foldJournal(state: JournalState, records: Iterable<JournalRecord>): JournalState {
  const next: MutableState = {
    operations: new Map(state.operations),
    drafts: new Map(state.drafts),
    notes: new Map(state.notes),
    outgoing: new Map(state.outgoing),
  };
  for (const record of records) apply(next, record);
  return next;
}

interface MutableState {
  readonly operations: Map<OperationId, JournalOperation>;
  readonly drafts: Map<DraftId, Draft>;
  readonly notes: Map<OperationId, NoteDraft>;
  readonly outgoing: Map<OutgoingId, JournalOutgoing>;
}

function apply(state: MutableState, record: JournalRecord): void {
  switch (record.kind) {
    case 'operation-submitted': {
      if (record.operation.kind === 'add-note') state.notes.delete(record.operation.id);
      // Operations are idempotent for ever: the first one with an id is the one.
      if (state.operations.has(record.operation.id)) return;
      const { operation, author, at } = record;
      state.operations.set(operation.id, { operation, author, submittedAt: at, answer: null });
      return;
    }
    case 'operation-answered':
      change(state.operations, record.id, (known) => ({
        ...known,
        answer: { ...record.answer, at: record.at },
      }));
      return;
    case 'operation-reoffered':
      change(state.operations, record.id, (known) => ({ ...known, answer: null }));
      return;
    case 'operation-removed':
      state.operations.delete(record.id);
      return;
    case 'draft-saved':
      state.drafts.set(record.draft.id, record.draft);
      return;
    case 'draft-discarded':
      state.drafts.delete(record.id);
      return;
    case 'note-saved':
      state.notes.set(record.note.id, record.note);
      return;
    case 'note-discarded':
      state.notes.delete(record.id);
      return;
    case 'outgoing-queued': {
      const { outgoing, envelope, mimeFile, at } = record;
      state.drafts.delete(outgoing.draft.id);
      state.outgoing.set(outgoing.id, {
        outgoing,
        envelope,
        mimeFile,
        check: 'full',
        serverWords: null,
        movedAt: at,
      });
      return;
    }
    case 'outgoing-moved': {
      const { state: moved, reason, recipients, filed, serverWords, at } = record;
      change(state.outgoing, record.id, (known) => ({
        ...known,
        outgoing: { ...known.outgoing, state: moved, reason, recipients, filed },
        serverWords,
        movedAt: at,
      }));
      return;
    }
    case 'outgoing-released':
      change(state.outgoing, record.id, (known) => ({ ...known, check: record.check }));
      return;
    case 'outgoing-removed':
      state.outgoing.delete(record.id);
  }
}

function change<Id, Item>(items: Map<Id, Item>, id: Id, next: (known: Item) => Item): void {
  const known = items.get(id);
  if (known !== undefined) items.set(id, next(known));
}

/** The shortest records that fold into `state` from nothing: what a compacted journal holds. */
export function recordsOf(state: JournalState): JournalRecord[] {
  return [
    ...[...state.operations.values()].flatMap(recordsOfOperation),
    // Letters come before drafts: queueing a letter takes its draft away, also one that came back by editing.
    ...[...state.outgoing.values()].flatMap(recordsOfOutgoing),
    ...[...state.drafts.values()].map((draft): JournalRecord => ({
      v: 2,
      at: draft.updatedAt,
      kind: 'draft-saved',
      draft,
    })),
    // After the operations, which take their notes away.
    ...[...state.notes.values()].map((note): JournalRecord => ({
      v: 2,
      at: note.updatedAt,
      kind: 'note-saved',
      note,
    })),
  ];
}

function recordsOfOperation({ operation, author, submittedAt, answer }: JournalOperation): JournalRecord[] {
  const submitted: JournalRecord = {
    v: 2,
    at: submittedAt,
    kind: 'operation-submitted',
    operation,
    author: { ...author },
  };
  if (answer === null) return [submitted];
  const { at, ...said } = answer;
  return [submitted, { v: 2, at, kind: 'operation-answered', id: operation.id, answer: said }];
}

function recordsOfOutgoing(item: JournalOutgoing): JournalRecord[] {
  const { outgoing, envelope, mimeFile, check, serverWords, movedAt } = item;
  const { id, state, reason, recipients, filed } = outgoing;
  return [
    { v: 2, at: movedAt, kind: 'outgoing-queued', outgoing, envelope, mimeFile },
    { v: 2, at: movedAt, kind: 'outgoing-moved', id, state, reason, recipients, filed, serverWords },
    { v: 2, at: movedAt, kind: 'outgoing-released', id, check },
  ];
}
