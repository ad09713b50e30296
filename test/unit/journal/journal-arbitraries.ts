import fc from 'fast-check';
import type { Draft, Outgoing } from '#shared/bridge/draft.ts';
import type { NoteDraft } from '#shared/bridge/note-draft.ts';
import type { AgentId, AttachmentId, DraftId, OperationId, OutgoingId, TicketId } from '#shared/ids.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import type { JournalRecord } from '#main/journal/journal-record.ts';

/** The id that ends in `number`: few different ones, so that records meet. */
export function testId(number: number): string {
  return `01900000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

export const testAuthor = { agentId: testId(0xa) as AgentId, role: 'agent' } as const;

export function claim(number: number, ticket = 1): Operation {
  return {
    kind: 'claim-ticket',
    id: testId(number) as OperationId,
    ticketId: testId(ticket) as TicketId,
    madeAt: 1_000,
    until: 2_000,
  };
}

export function addNote(number: number, text: string): Operation {
  return {
    kind: 'add-note',
    id: testId(number) as OperationId,
    ticketId: testId(1) as TicketId,
    madeAt: 1_000,
    text,
  };
}

export function testNote(number: number, text: string): NoteDraft {
  return {
    id: testId(number) as OperationId,
    ticketId: testId(1) as TicketId,
    text,
    updatedAt: 1_550,
  };
}

export function submitted(operation: Operation, at = 1_000): JournalRecord {
  return { v: 2, at, kind: 'operation-submitted', operation, author: { ...testAuthor } };
}

export function testDraft(number: number, text: string, attachments: readonly number[] = []): Draft {
  return {
    id: testId(number) as DraftId,
    ticketId: testId(1) as TicketId,
    ticketToken: 'ABCD1234',
    to: [{ name: 'Иван Петров', address: 'ivan@example.by' }],
    cc: [],
    subject: 'Re: Не открывается расписание',
    text,
    html: '',
    purpose: 'answer',
    fromName: '',
    answerKind: 'solution',
    attachments: attachments.map((file) => ({
      id: testId(file) as AttachmentId,
      name: 'снимок.png',
      type: 'image/png',
      size: 10,
    })),
    inReplyTo: '<a@example.by>',
    references: ['<a@example.by>'],
    ticketVersion: 7,
    updatedAt: 1_500,
  };
}

export function testOutgoing(number: number, draft: Draft): Outgoing {
  return {
    id: testId(number) as OutgoingId,
    ticketId: draft.ticketId,
    draft,
    state: 'queued',
    messageId: `<${String(number)}@example.by>`,
    queuedAt: 1_600,
    releaseAt: 1_600,
    reason: null,
    recipients: [{ address: 'ivan@example.by', state: 'waiting' }],
    filed: false,
  };
}

export function queued(number: number, draft: Draft): JournalRecord {
  return {
    v: 2,
    at: 1_600,
    kind: 'outgoing-queued',
    outgoing: testOutgoing(number, draft),
    envelope: { from: 'help@example.by', to: ['ivan@example.by'] },
    mimeFile: testId(number + 0x100) as AttachmentId,
  };
}

const small = fc.integer({ min: 1, max: 6 });
const at = fc.integer({ min: 1, max: 1_000_000 });

/** Any record, over so few ids that most of them are about something that is there. */
export const journalRecord: fc.Arbitrary<JournalRecord> = fc.oneof(
  fc.tuple(small, small, at).map(([id, ticket, when]) => submitted(claim(id, ticket), when)),
  fc
    .tuple(small, at, fc.integer({ min: 1, max: 99 }), fc.constantFrom('e1', 'e2', null))
    .map(([id, when, version, epoch]): JournalRecord => ({
      v: 2,
      at: when,
      kind: 'operation-answered',
      id: testId(id) as OperationId,
      answer: { outcome: 'applied', version, epoch },
    })),
  fc.tuple(small, at).map(([id, when]): JournalRecord => ({
    v: 2,
    at: when,
    kind: 'operation-answered',
    id: testId(id) as OperationId,
    answer: { outcome: 'rejected', rejection: { kind: 'closed' } },
  })),
  fc
    .tuple(fc.constantFrom('operation-reoffered', 'operation-removed'), small, at)
    .map(([kind, id, when]): JournalRecord => ({ v: 2, at: when, kind, id: testId(id) as OperationId })),
  fc.tuple(small, fc.string()).map(([id, text]): JournalRecord => ({
    v: 2,
    at: 1_500,
    kind: 'draft-saved',
    draft: testDraft(id, text),
  })),
  small.map((id): JournalRecord => ({ v: 2, at: 1, kind: 'draft-discarded', id: testId(id) as DraftId })),
  fc.tuple(small, at).map(([id, when]) => submitted(addNote(id, 'a'), when)),
  fc.tuple(small, fc.string({ minLength: 1 })).map(([id, text]): JournalRecord => ({
    v: 2,
    at: 1_550,
    kind: 'note-saved',
    note: testNote(id, text),
  })),
  small.map((id): JournalRecord => ({ v: 2, at: 1, kind: 'note-discarded', id: testId(id) as OperationId })),
  fc.tuple(small, small, fc.string()).map(([id, draft, text]) => queued(id, testDraft(draft, text))),
  fc
    .tuple(small, at, fc.constantFrom('sending', 'sent', 'failed', 'uncertain'), fc.boolean())
    .map(([id, when, state, filed]): JournalRecord => ({
      v: 2,
      at: when,
      kind: 'outgoing-moved',
      id: testId(id) as OutgoingId,
      state,
      reason: state === 'failed' ? 'smtp-refused-letter' : null,
      recipients: [{ address: 'ivan@example.by', state: 'accepted' }],
      filed,
      serverWords: '250 2.0.0 Ok',
    })),
  fc
    .tuple(small, fc.constantFrom('full', 'ignore-changes', 'ignore-removals', 'none'))
    .map(([id, check]): JournalRecord => ({
      v: 2,
      at: 1,
      kind: 'outgoing-released',
      id: testId(id) as OutgoingId,
      check,
    })),
  small.map((id): JournalRecord => ({ v: 2, at: 1, kind: 'outgoing-removed', id: testId(id) as OutgoingId })),
);
