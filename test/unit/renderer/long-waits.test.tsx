// @vitest-environment jsdom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { LongWaits } from '#renderer/features/outbox/long-waits.ts';
import { useLongWaitNotice } from '#renderer/features/outbox/use-long-wait-notice.ts';
import type { OutboxView } from '#renderer/cache/cache-views.ts';
import { DeskContext, type Desk } from '#renderer/state/desk-context.ts';
import { usePanels } from '#renderer/state/panels.ts';
import { OutboxContext } from '#renderer/state/use-outbox.ts';
import type { PendingOperation } from '#shared/bridge/pending.ts';
import { addNote, testAuthor, testDraft, testOutgoing } from '#test/unit/journal/journal-arbitraries.ts';

const minute = 60_000;
const hour = 60 * minute;
const start = 1_000_000;

beforeAll(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
});
afterEach(() => usePanels.getState().forget());

function note(kind: 'waiting' | 'rejected'): PendingOperation {
  return {
    operation: { ...addNote(1, 'Заметка'), madeAt: start },
    author: testAuthor,
    state: kind === 'waiting' ? { kind } : { kind, rejection: { kind: 'closed' } },
  };
}

const letter = { ...testOutgoing(2, testDraft(3, 'Ответ')), queuedAt: start, releaseAt: start };
const nothing: OutboxView = { operations: [], outgoing: [], drafts: [], notes: [], tickets: [] };

test.each<[string, Partial<OutboxView>, readonly number[], readonly number[]]>([
  ['an operation', { operations: [note('waiting')] }, [0, hour, hour + 1, 5 * hour], [0, 0, 1, 0]],
  ['a letter', { outgoing: [letter] }, [0, hour, hour + 1, 5 * hour], [0, 0, 1, 0]],
  ['both', { operations: [note('waiting')], outgoing: [letter] }, [0, hour + 1, 2 * hour], [0, 2, 0]],
  [
    'what a start finds',
    { outgoing: [letter] },
    [9 * hour, 9 * hour + minute - 1, 9 * hour + minute],
    [0, 0, 1],
  ],
  [
    'a letter of later',
    { outgoing: [{ ...letter, releaseAt: start + hour }] },
    [0, hour + 1, 2 * hour + 1],
    [0, 0, 1],
  ],
  ['what was refused', { operations: [note('rejected')] }, [0, 2 * hour], [0, 0]],
  [
    'what is held',
    { outgoing: [{ ...letter, state: 'held', reason: 'client-wrote' }] },
    [0, 2 * hour],
    [0, 0],
  ],
  [
    'a ticket whose letter is not written',
    { operations: [note('waiting')], drafts: [{ ...testDraft(4, ''), purpose: 'letter' }] },
    [0, 2 * hour],
    [0, 0],
  ],
])('%s is found once when it has waited for long', (_, change, moments, expected) => {
  const waits = new LongWaits();
  expect(moments.map((at) => waits.look({ ...nothing, ...change }, start + at))).toEqual(expected);
});

test('the agent is told once, and not over what was told last', () => {
  function Probe() {
    useLongWaitNotice();
    return null;
  }
  const root = createRoot(document.createElement('div'));
  const at = (now: number): void =>
    act(() =>
      root.render(
        <DeskContext value={{ now } as unknown as Desk}>
          <OutboxContext value={{ ...nothing, outgoing: [letter] }}>
            <Probe />
          </OutboxContext>
        </DeskContext>,
      ),
    );
  at(start);
  expect(usePanels.getState().notice).toBeNull();
  const saved = { tone: 'success', key: 'outbox.empty' } as const;
  act(() => usePanels.getState().tell(saved));
  at(start + hour + 1);
  expect(usePanels.getState().notice).toBe(saved);
  act(() => usePanels.getState().tell(null));
  at(start + hour + 2);
  const { notice, tell } = usePanels.getState();
  expect(notice).toMatchObject({ key: 'outbox.longWait', values: { number: 1 } });
  act(() => tell(null));
  at(start + 3 * hour);
  expect(usePanels.getState().notice).toBeNull();
  act(() => root.unmount());
});
