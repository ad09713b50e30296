import { expect, test } from 'vitest';
import { discardingDraft } from '#main/journal/discarding-draft.ts';
import { foldJournal } from '#main/journal/fold-journal.ts';
import type { JournalRecord } from '#main/journal/journal-record.ts';
import { countJournal, emptyJournalState } from '#main/journal/journal-state.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import { addNote, submitted, testDraft, testNote } from './journal-arbitraries.ts';

const { id, ticketId, madeAt } = addNote(1, '');
const made: Operation = {
  id,
  ticketId,
  madeAt,
  kind: 'create-ticket',
  token: 'ABCD1234',
  channel: 'mail',
  subject: 'Работы',
  client: { name: '', address: 'ivan@example.by', phone: '' },
};
const letter = { ...testDraft(5, 'Здравствуйте!'), purpose: 'letter' as const };
const begun: JournalRecord[] = [submitted(made), { v: 2, at: 1, kind: 'draft-saved', draft: letter }];

/** What is left after the letter was thrown away. */
function leftOf(records: readonly JournalRecord[]): { operations: number; drafts: number } {
  const state = foldJournal(emptyJournalState, records);
  const { operations, drafts } = foldJournal(state, discardingDraft(state, letter));
  return { operations: operations.size, drafts: drafts.size };
}

test('with a first letter the ticket goes that was to be made for it', () => {
  expect(leftOf(begun)).toEqual({ operations: 0, drafts: 0 });
});

test('a ticket that the API may know, or that holds anything else, stays', () => {
  const version = { outcome: 'applied', version: 3, epoch: 'e1' } as const;
  expect(leftOf([...begun, { v: 2, at: 2, kind: 'operation-answered', id, answer: version }])).toEqual({
    operations: 1,
    drafts: 0,
  });
  expect(leftOf([...begun, submitted(addNote(2, 'Звонили'))])).toEqual({ operations: 2, drafts: 0 });
  const note = testNote(3, 'Зв');
  expect(leftOf([...begun, { v: 2, at: 2, kind: 'note-saved', note }])).toEqual({ operations: 1, drafts: 0 });
});

test('a ticket of which nobody is to be told yet waits for nothing', () => {
  expect(countJournal(foldJournal(emptyJournalState, begun)).pendingOperations).toBe(0);
});
