// @vitest-environment jsdom
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Outgoing } from '#shared/bridge/draft.ts';
import { RuleBook } from '#shared/regulation/rule-book.ts';
import { useDecide } from '#renderer/features/ticket/use-decide.ts';
import { usePanels } from '#renderer/state/panels.ts';
import { renderHook } from './render-hook.tsx';
import { outgoing } from './sample-ticket.ts';

vi.mock('react-i18next', () => ({
  useTranslation: () => ({ t: (key: string, values: object) => `${key} ${JSON.stringify(values)}` }),
}));

beforeAll(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
});
afterEach(() => usePanels.getState().forget());

/** A desk that answers every call, or refuses those of one name; tells what it was asked. */
function atDesk(refused: string | null = null) {
  const calls: { readonly name: string; readonly params: unknown }[] = [];
  const { calendar, deadline: policy } = RuleBook.shipped().current;
  const desk = {
    bridge: {
      call: (name: string, params: unknown) => {
        calls.push({ name, params });
        return Promise.resolve(
          name === refused ? { ok: false, error: { kind: 'disk-full' } } : { ok: true, value: null },
        );
      },
    },
    calendar,
    policy,
    rules: RuleBook.shipped(),
    session: { agent: { id: '01900000-0000-7000-8000-000000000001' } },
    status: null,
  };
  const decide = renderHook(desk, useDecide);
  return { decide, calls };
}

const halfGone: Partial<Outgoing> = {
  state: 'partial',
  reason: 'bytes-missing',
  recipients: [
    { address: 'irina@school.example', state: 'accepted' },
    { address: 'director@school.example', state: 'refused' },
  ],
};

test('a letter that left for some and of which no copy will come leaves a note before it goes', async () => {
  const { decide, calls } = atDesk();
  await decide(outgoing(1, halfGone), 'dismiss');
  expect(calls.map(({ name }) => name)).toEqual(['operations.submit', 'outgoing.decide']);
  expect(calls[0]?.params).toMatchObject({ operation: { kind: 'add-note', ticketId: outgoing(1).ticketId } });
  const said = JSON.stringify(calls[0]?.params);
  expect(said).toMatch(/reached.*irina@school\.example.*missed.*director@school\.example/u);
});

test('it stays where the note could not be kept', async () => {
  const { decide, calls } = atDesk('operations.submit');
  await decide(outgoing(1, halfGone), 'dismiss');
  expect(calls.map(({ name }) => name)).toEqual(['operations.submit']);
});

test('one whose copy lies in Sent goes without a note', async () => {
  const { decide, calls } = atDesk();
  await decide(outgoing(1, { ...halfGone, filed: true }), 'dismiss');
  expect(calls.map(({ name }) => name)).toEqual(['outgoing.decide']);
});
