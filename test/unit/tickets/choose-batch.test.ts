import { describe, expect, test } from 'vitest';
import { foldJournal } from '#main/journal/fold-journal.ts';
import type { JournalRecord } from '#main/journal/journal-record.ts';
import { emptyJournalState } from '#main/journal/journal-state.ts';
import { chooseBatch } from '#main/tickets/choose-batch.ts';
import type { AgentId, OperationId, TicketId } from '#shared/ids.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import { queued, testDraft } from '#test/unit/journal/journal-arbitraries.ts';

function id(number: number): string {
  return `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

const anna = id(100) as AgentId;

function release(number: number, ticket: number): Operation {
  return {
    kind: 'release-ticket',
    id: id(number) as OperationId,
    ticketId: id(ticket) as TicketId,
    madeAt: 1,
  };
}

function answered(number: number, ticket: number): Operation {
  return {
    ...release(number, ticket),
    kind: 'record-answer',
    messageId: '<a@b>',
    answerKind: 'solution',
    answeredAt: 1,
    from: { name: '', address: 'a@b' },
    to: [],
    cc: [],
    subject: '',
    references: [],
  };
}

function forwarded(number: number, ticket: number): Operation {
  return {
    ...release(number, ticket),
    kind: 'record-forward',
    messageId: '<f@b>',
    forwardedAt: 1,
    from: { name: '', address: 'a@b' },
    to: [],
    cc: [],
    subject: '',
  };
}

function submit(operation: Operation, agentId: AgentId = anna): JournalRecord {
  return {
    v: 2,
    at: 1,
    kind: 'operation-submitted',
    operation,
    author: { agentId, role: 'agent' },
  };
}

function reject(number: number): JournalRecord {
  return {
    v: 2,
    at: 1,
    kind: 'operation-answered',
    id: id(number) as OperationId,
    answer: { outcome: 'rejected', rejection: { kind: 'closed' } },
  };
}

function chosen(
  records: readonly JournalRecord[],
  stuck: readonly number[] = [],
  limits = { operations: 500, bytes: 100_000 },
): number[] {
  const state = foldJournal(emptyJournalState, records);
  const batch = chooseBatch(state, anna, new Set(stuck.map((number) => id(number) as OperationId)), limits);
  return batch.map((operation) => Number(operation.id.slice(-12)));
}

describe('the next batch', () => {
  test('is what waits, in the order of making', () => {
    expect(chosen([submit(release(3, 1)), submit(release(1, 2)), submit(release(2, 1))])).toEqual([3, 1, 2]);
  });

  test('leaves a ticket out that is made for a letter, until that is sent or something else is done to it', () => {
    const made: Operation = {
      ...release(1, 1),
      kind: 'create-ticket',
      token: 'ABCD1234',
      channel: 'mail',
      subject: 'Работы',
      client: { name: '', address: 'a@b', phone: '' },
    };
    const draft = { ...testDraft(9, ''), ticketId: id(1) as TicketId, purpose: 'letter' as const };
    const begun: JournalRecord[] = [submit(made), { v: 2, at: 1, kind: 'draft-saved', draft }];
    expect(chosen([...begun, submit(release(2, 2))])).toEqual([2]);
    expect(chosen([...begun, queued(8, draft)])).toEqual([1]);
    expect(chosen([...begun, submit(release(2, 1))])).toEqual([1, 2]);
    const answer = { ...testDraft(7, 'Ещё одно'), ticketId: id(1) as TicketId };
    expect(chosen([...begun, queued(8, answer)])).toEqual([1]);
    expect(chosen([...begun, { v: 2, at: 2, kind: 'draft-discarded', id: draft.id }])).toEqual([1]);
  });

  test('leaves out what has an answer', () => {
    const confirmed: JournalRecord = {
      v: 2,
      at: 1,
      kind: 'operation-answered',
      id: id(1) as OperationId,
      answer: { outcome: 'applied', version: 1, epoch: null },
    };
    expect(chosen([submit(release(1, 1)), submit(release(2, 1)), confirmed])).toEqual([2]);
  });

  test('waits behind a refused operation on its ticket only', () => {
    const records = [submit(release(1, 1)), submit(release(2, 1)), submit(release(3, 2)), reject(1)];
    expect(chosen(records)).toEqual([3]);
    expect(
      chosen([...records, { v: 2, at: 1, kind: 'operation-removed', id: id(1) as OperationId }]),
    ).toEqual([2, 3]);
  });

  test('lets letters that have left pass a refused operation', () => {
    const sent = [submit(answered(3, 1)), submit(forwarded(4, 1))];
    expect(chosen([submit(release(1, 1)), submit(release(2, 1)), ...sent, reject(1)])).toEqual([3, 4]);
  });

  test('passes by what the API cannot read, and what stands behind it', () => {
    expect(chosen([submit(release(1, 1)), submit(release(2, 1)), submit(release(3, 2))], [1])).toEqual([3]);
  });

  test('is never pushed under another agent’s token', () => {
    expect(chosen([submit(release(1, 1), id(200) as AgentId), submit(release(2, 2))])).toEqual([2]);
  });

  test('is limited in number and size, but never empty for size', () => {
    const records = [1, 2, 3, 4].map((number) => submit(release(number, number)));
    expect(chosen(records, [], { operations: 3, bytes: 100_000 })).toEqual([1, 2, 3]);
    expect(chosen(records, [], { operations: 3, bytes: 300 })).toEqual([1, 2]);
    expect(chosen(records, [], { operations: 3, bytes: 1 })).toEqual([1]);
  });
});
