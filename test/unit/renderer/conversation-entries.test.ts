import { describe, expect, test } from 'vitest';
import { conversationEntries } from '#renderer/features/ticket/conversation-entries.ts';
import { content, letter, outgoing, receivedAt } from './sample-ticket.ts';

const kinds = (entries: ReturnType<typeof conversationEntries>) =>
  entries.map((entry) =>
    entry.kind === 'letter' ? entry.letter.messageId : `outgoing ${entry.outgoing.state}`,
  );

describe('a conversation', () => {
  test('is in order of time', () => {
    const entries = conversationEntries([letter(2), letter(1)], [outgoing(0, { queuedAt: receivedAt - 5 })]);
    expect(kinds(entries)).toEqual(['outgoing queued', '<1@school.example>', '<2@school.example>']);
  });

  test('shows a sent answer once: as the letter, with our words until the copy is here', () => {
    const sent = outgoing(1, { state: 'sent' });
    const copy = letter(9, { direction: 'out', messageId: sent.messageId });
    const [, shown] = conversationEntries([letter(1), copy], [sent]);
    expect(shown).toMatchObject({ kind: 'letter', content: null, sent: sent.draft });
    const filed = { ...copy, content: content(9) };
    expect(conversationEntries([filed], [sent])).toHaveLength(1);
  });

  test('keeps an answer in sight that still needs a decision, even when its letter is known', () => {
    const partial = outgoing(1, { state: 'partial' });
    const copy = letter(9, { direction: 'out', messageId: partial.messageId });
    expect(kinds(conversationEntries([copy], [partial]))).toEqual([partial.messageId, 'outgoing partial']);
  });

  test('lends its words to no letter without id', () => {
    const [shown] = conversationEntries([letter(1, { messageId: null })], []);
    expect(shown).toMatchObject({ sent: null });
  });
});
