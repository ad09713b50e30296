import { describe, expect, test } from 'vitest';
import {
  conversationEntries,
  openByThemselves,
  type ConversationEntry,
} from '#renderer/features/ticket/conversation-entries.ts';
import type { AgentId, OperationId } from '#shared/ids.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import { content, letter, outgoing, receivedAt, ticket } from './sample-ticket.ts';

type View = Parameters<typeof conversationEntries>[0];

const everything = { letters: true, notes: true, events: true };

function entriesOf(view: Partial<View>, filter = everything): readonly ConversationEntry[] {
  return conversationEntries({ letters: [], outgoing: [], activities: [], ...view }, filter);
}

function words(entry: ConversationEntry): string {
  switch (entry.kind) {
    case 'letter':
      return entry.letter.messageId ?? 'letter';
    case 'outgoing':
      return `outgoing ${entry.outgoing.state}`;
    case 'note':
      return `note ${entry.text}`;
    case 'events':
      return entry.events.map(({ activity }) => activity.operation.kind).join(' ');
  }
}

let made = 0;

function activity(kind: 'release-ticket' | 'reopen-ticket' | { readonly note: string }, madeAt: number) {
  const id = `018f0000-0000-7000-8000-${String(made++).padStart(12, '0')}` as OperationId;
  const head = { id, ticketId: ticket().id, madeAt };
  const operation: Operation =
    typeof kind === 'string' ? { ...head, kind } : { ...head, kind: 'add-note', text: kind.note };
  return {
    activity: { id, ticketId: head.ticketId, agentId: 'a' as AgentId, operation },
    pending: false,
  };
}

describe('a conversation', () => {
  test('is in order of time', () => {
    const entries = entriesOf({
      letters: [letter(2), letter(1)],
      outgoing: [outgoing(0, { queuedAt: receivedAt - 5 })],
      activities: [activity({ note: ' seen ' }, receivedAt - 10)],
    });
    expect(entries.map(words)).toEqual([
      'note seen',
      'outgoing queued',
      '<1@school.example>',
      '<2@school.example>',
    ]);
  });

  test('has our letter before one that came in the same second, for nobody answers so fast', () => {
    const ours = letter(1, { receivedAt, direction: 'out' });
    const theirs = letter(2, { receivedAt });
    for (const letters of [
      [ours, theirs],
      [theirs, ours],
    ]) {
      expect(entriesOf({ letters }).map(words)).toEqual([ours.messageId, theirs.messageId]);
    }
  });

  test('shows a sent answer once: as the letter, with our words until the copy is here', () => {
    const sent = outgoing(1, { state: 'sent' });
    const copy = letter(9, { direction: 'out', messageId: sent.messageId });
    const [, shown] = entriesOf({ letters: [letter(1), copy], outgoing: [sent] });
    expect(shown).toMatchObject({ kind: 'letter', letter: { content: null }, sent: sent.draft });
    const filed = { ...copy, content: content(9) };
    expect(entriesOf({ letters: [filed], outgoing: [sent] })).toHaveLength(1);
  });

  test('keeps an answer in sight that still needs a decision, even when its letter is known', () => {
    const partial = outgoing(1, { state: 'partial' });
    const copy = letter(9, { direction: 'out', messageId: partial.messageId });
    expect(entriesOf({ letters: [copy], outgoing: [partial] }).map(words)).toEqual([
      partial.messageId,
      'outgoing partial',
    ]);
  });

  test('lends its words to no letter without id', () => {
    const [shown] = entriesOf({ letters: [letter(1, { messageId: null })] });
    expect(shown).toMatchObject({ sent: null });
  });

  test('puts events that follow each other together, and parts them where a note stands between', () => {
    const activities = [
      activity('release-ticket', receivedAt + 1),
      activity('reopen-ticket', receivedAt + 2),
      activity({ note: 'between' }, receivedAt + 3),
      activity('release-ticket', receivedAt + 4),
    ];
    expect(entriesOf({ activities }).map(words)).toEqual([
      'release-ticket reopen-ticket',
      'note between',
      'release-ticket',
    ]);
    expect(entriesOf({ activities }, { ...everything, notes: false }).map(words)).toEqual([
      'release-ticket reopen-ticket release-ticket',
    ]);
    expect(entriesOf({ activities }, { ...everything, events: false }).map(words)).toEqual(['note between']);
  });
});

describe('of a conversation stand open', () => {
  const at = (number: number) => receivedAt + number * 1000;
  const client = (number: number) => letter(number, { receivedAt: at(number) });
  const ours = (number: number, changes = {}) =>
    letter(number, { receivedAt: at(number), direction: 'out', answerKind: 'solution', ...changes });
  const open = (...letters: readonly ReturnType<typeof letter>[]) => {
    const found = openByThemselves(entriesOf({ letters }));
    return letters.flatMap(({ id }, place) => (found.has(id) ? [place + 1] : []));
  };

  test('all letters of a short one', () => {
    expect(open(client(1))).toEqual([1]);
    expect(open(client(1), ours(2))).toEqual([1, 2]);
  });

  test('of a longer one what the client wrote since the last answer', () => {
    expect(open(client(1), ours(2), client(3), client(4))).toEqual([3, 4]);
  });

  test('the newest letter when everything is answered', () => {
    expect(open(client(1), ours(2), client(3), ours(4))).toEqual([4]);
  });

  test('and a forward is no answer, while one from another mail program is', () => {
    const agentId = 'a' as AgentId;
    expect(open(client(1), client(2), ours(3, { answerKind: null, agentId }))).toEqual([1, 2, 3]);
    expect(open(client(1), client(2), ours(3, { answerKind: null, agentId: null }), client(4))).toEqual([4]);
  });
});
