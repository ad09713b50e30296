import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldJournal, recordsOf } from '#main/journal/fold-journal.ts';
import { parseRecords } from '#main/journal/journal-record.ts';
import { countJournal, emptyJournalState, referencedAttachments } from '#main/journal/journal-state.ts';
import { pendingChanges, pendingSnapshot } from '#main/journal/pending-changes.ts';
import type { PendingChange } from '#shared/bridge/pending.ts';
import {
  addNote,
  claim,
  journalRecord,
  queued,
  submitted,
  testDraft,
  testId,
  testNote,
} from './journal-arbitraries.ts';

const records = fc.array(journalRecord, { maxLength: 60 });

/** What a reader of the pending stream knows after these changes. */
function shown(changes: readonly PendingChange[]): Map<string, unknown> {
  const known = new Map<string, unknown>();
  for (const change of changes) {
    switch (change.kind) {
      case 'operation':
        known.set(`operation ${change.operation.operation.id}`, change.operation);
        break;
      case 'operation-removed':
        known.delete(`operation ${change.id}`);
        break;
      case 'draft':
        known.set(`draft ${change.draft.id}`, change.draft);
        break;
      case 'draft-removed':
        known.delete(`draft ${change.id}`);
        break;
      case 'note':
        known.set(`note ${change.note.id}`, change.note);
        break;
      case 'note-removed':
        known.delete(`note ${change.id}`);
        break;
      case 'outgoing':
        known.set(`outgoing ${change.outgoing.id}`, change.outgoing);
        break;
      case 'outgoing-removed':
        known.delete(`outgoing ${change.id}`);
    }
  }
  return known;
}

describe('the fold of the journal', () => {
  test('does not care how records are grouped', () => {
    fc.assert(
      fc.property(records, fc.nat(60), (all, cut) => {
        const once = foldJournal(emptyJournalState, all);
        const twice = foldJournal(foldJournal(emptyJournalState, all.slice(0, cut)), all.slice(cut));
        expect(twice).toEqual(once);
      }),
    );
  });

  test('comes out the same from a compacted journal, order of operations and drafts included', () => {
    fc.assert(
      fc.property(records, (all) => {
        const state = foldJournal(emptyJournalState, all);
        const compacted = parseRecords(JSON.stringify(recordsOf(state)));
        const again = foldJournal(emptyJournalState, compacted ?? []);
        expect(again).toEqual(state);
        expect([...again.operations.keys()]).toEqual([...state.operations.keys()]);
        expect([...again.drafts.keys()]).toEqual([...state.drafts.keys()]);
        expect([...again.notes.keys()]).toEqual([...state.notes.keys()]);
        expect([...again.outgoing.keys()]).toEqual([...state.outgoing.keys()]);
      }),
    );
  });

  test('leaves the state that it was given as it was', () => {
    fc.assert(
      fc.property(records, records, (before, after) => {
        const state = foldJournal(emptyJournalState, before);
        const copy = structuredClone(state);
        foldJournal(state, after);
        expect(state).toEqual(copy);
      }),
    );
  });

  test('tells changes that lead a reader to the same picture as a new snapshot', () => {
    fc.assert(
      fc.property(fc.array(fc.array(journalRecord, { maxLength: 8 }), { maxLength: 12 }), (groups) => {
        let state = emptyJournalState;
        const told: PendingChange[] = [];
        for (const group of groups) {
          // What shares a sync is folded first and told then.
          state = foldJournal(state, group);
          for (const record of group) told.push(...pendingChanges(record, state));
        }
        expect(shown(told)).toEqual(shown(pendingSnapshot(state)));
      }),
    );
  });

  test('freezing a draft takes the draft away in the same record', () => {
    const draft = testDraft(5, 'Здравствуйте!', [0x21]);
    const state = foldJournal(emptyJournalState, [
      { v: 2, at: 1, kind: 'draft-saved', draft },
      queued(6, draft),
    ]);
    expect(state.drafts.size).toBe(0);
    expect([...state.outgoing.keys()]).toEqual([testId(6)]);
  });

  test('submitting a note takes what was written of it away in the same record, and of no other', () => {
    const saved = (number: number, text: string) =>
      ({ v: 2, at: 1, kind: 'note-saved', note: testNote(number, text) }) as const;
    const state = foldJournal(emptyJournalState, [
      saved(1, 'Звонили'),
      saved(2, 'Перезвонить'),
      submitted(addNote(1, 'Звонили дважды')),
    ]);
    expect([...state.notes.values()]).toEqual([testNote(2, 'Перезвонить')]);
    expect([...state.operations.keys()]).toEqual([testId(1)]);
  });

  test('an operation that is submitted twice is the first one', () => {
    const state = foldJournal(emptyJournalState, [
      submitted(claim(1, 1), 10),
      submitted({ ...claim(1, 1), madeAt: 99 }, 20),
    ]);
    expect([...state.operations.values()].map(({ submittedAt }) => submittedAt)).toEqual([10]);
  });

  test('files of drafts, of frozen drafts and frozen letters are needed, others are not', () => {
    const draft = testDraft(5, 'a', [0x21]);
    const state = foldJournal(emptyJournalState, [
      { v: 2, at: 1, kind: 'draft-saved', draft: testDraft(6, 'b', [0x31, 0x32]) },
      queued(7, draft),
    ]);
    expect(referencedAttachments(state)).toEqual(
      new Set([testId(0x31), testId(0x32), testId(0x107), testId(0x21)]),
    );
  });

  test('counts what the status bar shows', () => {
    const state = foldJournal(emptyJournalState, [
      submitted(claim(1)),
      submitted(claim(2)),
      submitted(claim(3)),
      {
        v: 2,
        at: 2,
        kind: 'operation-answered',
        id: claim(2).id,
        answer: { outcome: 'rejected', rejection: { kind: 'closed' } },
      },
      {
        v: 2,
        at: 2,
        kind: 'operation-answered',
        id: claim(3).id,
        answer: { outcome: 'applied', version: 4, epoch: 'e' },
      },
      queued(7, testDraft(5, 'a')),
    ]);
    expect(countJournal(state)).toEqual({
      pendingOperations: 1,
      rejectedOperations: 1,
      outgoing: 1,
      uncertain: 0,
    });
  });

  test('a record that a newer desk wrote is told from one that can be read', () => {
    expect(parseRecords('[{"v":2,"at":1,"kind":"draft-discarded"}]')).toBeNull();
    expect(parseRecords('[{"v":1,"at":1,"kind":"shout"}]')).toBeNull();
    expect(parseRecords('[')).toBeNull();
    expect(parseRecords(JSON.stringify([submitted(claim(1))]))).toHaveLength(1);
  });
});
