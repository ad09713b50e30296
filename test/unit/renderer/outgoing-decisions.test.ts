import { describe, expect, test } from 'vitest';
import type { Outgoing } from '#shared/bridge/draft.ts';
import { confirmKey, decisionKey } from '#renderer/features/ticket/decision-words.ts';
import { outgoingDecisions } from '#renderer/features/ticket/outgoing-decisions.ts';
import { reasonKey, standingKey } from '#renderer/features/ticket/standing-words.ts';
import { outgoing } from './sample-ticket.ts';

const offered = (changes: Partial<Outgoing>) =>
  outgoingDecisions(outgoing(1, changes)).map(({ decision, asks }) => (asks ? `${decision}?` : decision));

describe('what an agent may decide', () => {
  test.each([
    ['queued', null, ['edit']],
    ['queued', 'api-unreachable', ['edit', 'send?']],
    ['held', 'client-wrote', ['edit', 'send']],
    ['held', 'recipient-removed', ['edit', 'send?']],
    ['sending', null, []],
    ['uncertain', 'connection-lost', ['dismiss', 'send?']],
    ['failed', 'smtp-refused-letter', ['edit', 'dismiss']],
  ] as const)('%s (%s)', (state, reason, expected) => {
    expect(offered({ state, reason })).toEqual(expected);
  });

  test.each([
    ['refused', true, ['dismiss']],
    ['refused', false, []],
    ['deferred', true, []],
    ['waiting', true, []],
  ] as const)('partial: one accepted, one %s, copy in Sent: %s', (other, filed, expected) => {
    const recipients = [
      { address: 'irina@school.example', state: 'accepted' as const },
      { address: 'director@school.example', state: other },
    ];
    expect(offered({ state: 'partial', reason: 'smtp-refused-recipients', recipients, filed })).toEqual(
      expected,
    );
  });

  test('partial, and no copy can come any more: it goes off the list', () => {
    const recipients = [
      { address: 'irina@school.example', state: 'accepted' as const },
      { address: 'director@school.example', state: 'refused' as const },
    ];
    expect(offered({ state: 'partial', reason: 'bytes-missing', recipients, filed: false })).toEqual([
      'dismiss',
    ]);
  });

  test('a sent letter stays on the list until its copy lies in Sent', () => {
    expect(offered({ state: 'sent', filed: false })).toEqual([]);
    expect(offered({ state: 'sent', filed: true })).toEqual(['dismiss']);
  });

  test('has words of its own where sending means another thing', () => {
    const keys = (['held', 'uncertain', 'queued'] as const).map((state) => decisionKey(state, 'send'));
    expect(new Set(keys).size).toBe(3);
    expect(decisionKey('uncertain', 'dismiss')).not.toBe(decisionKey('sent', 'dismiss'));
  });
});

describe('what it says of a letter to somebody who was taken out of the ticket', () => {
  test('to nobody yet: the agent decides, and is asked once more before it leaves', () => {
    const standing = { state: 'held', reason: 'recipient-removed' } as const;
    expect(reasonKey(standing)).toBe('outgoing.reason.recipient-removed');
    expect(confirmKey(standing)).toBe('outgoing.confirmRemoved');
    expect(confirmKey({ state: 'queued', reason: 'api-unreachable' })).toBe('outgoing.confirmUnchecked');
    expect(confirmKey({ state: 'uncertain', reason: 'connection-lost' })).toBe('outgoing.confirmAgain');
  });

  test('to some: it goes to the others only', () => {
    const standing = { state: 'partial', reason: 'recipient-removed' } as const;
    expect(standingKey(standing)).toBe('outgoing.about.partialWithheld');
    expect(reasonKey(standing)).toBe('outgoing.reason.recipient-removed-partial');
  });
});

describe('what it says of a letter whose file is gone', () => {
  test('to nobody: it can be sent once more', () => {
    const standing = { state: 'failed', reason: 'bytes-missing' } as const;
    expect(standingKey(standing)).toBe('outgoing.about.failed');
    expect(reasonKey(standing)).toBe('outgoing.reason.bytes-missing');
  });

  test('to some: neither that it will be tried again nor that it should be sent twice', () => {
    const standing = { state: 'partial', reason: 'bytes-missing' } as const;
    expect(standingKey(standing)).toBe('outgoing.about.partialEnded');
    expect(reasonKey(standing)).toBe('outgoing.reason.bytes-missing-partial');
  });

  test('and of any other what its state and reason are', () => {
    const standing = { state: 'partial', reason: 'smtp-refused-recipients' } as const;
    expect(standingKey(standing)).toBe('outgoing.about.partial');
    expect(reasonKey(standing)).toBe('outgoing.reason.smtp-refused-recipients');
    expect(reasonKey({ state: 'queued', reason: null })).toBeNull();
  });
});
