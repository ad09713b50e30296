import type { PendingChange, PendingOperation } from '#shared/bridge/pending.ts';
import type { JournalRecord } from './journal-record.ts';
import type { JournalOperation, JournalState } from './journal-state.ts';

/** What the desk shows of an operation. */
export function pendingOperation(item: JournalOperation): PendingOperation {
  const { operation, author, answer } = item;
  const by = { agentId: author.agentId, role: author.role };
  if (answer === null) return { operation, author: by, state: { kind: 'waiting' } };
  return answer.outcome === 'applied'
    ? { operation, author: by, state: { kind: 'confirmed', version: answer.version } }
    : { operation, author: by, state: { kind: 'rejected', rejection: answer.rejection } };
}

/** Everything of a state, as the first frame of the pending stream. */
export function pendingSnapshot(state: JournalState): PendingChange[] {
  return [
    ...[...state.operations.values()].map((item): PendingChange => ({
      kind: 'operation',
      operation: pendingOperation(item),
    })),
    ...[...state.drafts.values()].map((draft): PendingChange => ({ kind: 'draft', draft })),
    ...[...state.notes.values()].map((note): PendingChange => ({ kind: 'note', note })),
    ...[...state.outgoing.values()].map(({ outgoing }): PendingChange => ({ kind: 'outgoing', outgoing })),
  ];
}

/** How `record` changed what the desk shows; `state` is the one with the record in it. */
export function pendingChanges(record: JournalRecord, state: JournalState): PendingChange[] {
  switch (record.kind) {
    case 'operation-submitted': {
      const { id, kind } = record.operation;
      const submitted = operationChange(state.operations.get(id));
      return kind === 'add-note' ? [...submitted, { kind: 'note-removed', id }] : submitted;
    }
    case 'operation-answered':
    case 'operation-reoffered':
      return operationChange(state.operations.get(record.id));
    case 'operation-removed':
      return [{ kind: 'operation-removed', id: record.id }];
    case 'draft-saved':
      return [{ kind: 'draft', draft: record.draft }];
    case 'draft-discarded':
      return [{ kind: 'draft-removed', id: record.id }];
    case 'note-saved':
      return [{ kind: 'note', note: record.note }];
    case 'note-discarded':
      return [{ kind: 'note-removed', id: record.id }];
    case 'outgoing-queued':
      return [
        { kind: 'draft-removed', id: record.outgoing.draft.id },
        { kind: 'outgoing', outgoing: record.outgoing },
      ];
    case 'outgoing-moved':
    case 'outgoing-released': {
      const item = state.outgoing.get(record.id);
      return item === undefined ? [] : [{ kind: 'outgoing', outgoing: item.outgoing }];
    }
    case 'outgoing-removed':
      return [{ kind: 'outgoing-removed', id: record.id }];
  }
}

function operationChange(item: JournalOperation | undefined): PendingChange[] {
  return item === undefined ? [] : [{ kind: 'operation', operation: pendingOperation(item) }];
}
