import { beforeEach, expect, test } from 'vitest';
import type { TicketId } from '#shared/ids.ts';
import { usePanels } from '#renderer/state/panels.ts';

const one = 'one' as TicketId;
const other = 'other' as TicketId;
const panels = () => usePanels.getState();

beforeEach(() => panels().forget());

test('an answer that is sent after its composer was left closes no composer of another ticket', () => {
  panels().compose(one);
  panels().openTicket(other);
  panels().compose(other);
  panels().closeComposer(one);
  expect(panels()).toMatchObject({ ticketId: other, composingFor: other });
  panels().closeComposer(other);
  expect(panels()).toMatchObject({ ticketId: other, composingFor: null });
});

test('what a form begins an answer with opens a new composer, and is gone with it', () => {
  const words = { text: 'Нужна дата.', language: 'ru', answerKind: 'clarification', to: null } as const;
  panels().compose(one, 'forward');
  const { composingTurn } = panels();
  panels().answerWith(one, words);
  expect(panels()).toMatchObject({ composingFor: one, composingPurpose: 'answer', composingWords: words });
  expect(panels().composingTurn).toBe(composingTurn + 1);
  panels().closeComposer(one);
  expect(panels().composingWords).toBeNull();
  panels().compose(one);
  expect(panels().composingWords).toBeNull();
});
