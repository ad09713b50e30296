import { describe, expect, test } from 'vitest';
import type { Outgoing } from '#shared/bridge/draft.ts';
import { decisionKey } from '#renderer/features/ticket/decision-words.ts';
import { outgoingDecisions } from '#renderer/features/ticket/outgoing-decisions.ts';

const offered = (state: Outgoing['state'], reason: Outgoing['reason'] = null) =>
  outgoingDecisions({ state, reason }).map(({ decision, asks }) => (asks ? `${decision}?` : decision));

describe('what an agent may decide', () => {
  test.each([
    ['queued', null, ['edit']],
    ['queued', 'api-unreachable', ['edit', 'send?']],
    ['held', 'client-wrote', ['edit', 'send']],
    ['sending', null, []],
    ['uncertain', 'connection-lost', ['dismiss', 'send?']],
    ['partial', null, []],
    ['sent', null, ['dismiss']],
    ['failed', 'smtp-refused-letter', ['edit', 'dismiss']],
  ] as const)('%s (%s)', (state, reason, expected) => {
    expect(offered(state, reason)).toEqual(expected);
  });

  test('has words of its own where sending means another thing', () => {
    const keys = (['held', 'uncertain', 'queued'] as const).map((state) => decisionKey(state, 'send'));
    expect(new Set(keys).size).toBe(3);
    expect(decisionKey('uncertain', 'dismiss')).not.toBe(decisionKey('sent', 'dismiss'));
  });
});
