import { beforeEach, expect, test } from 'vitest';
import type { NoteDraft } from '#shared/bridge/note-draft.ts';
import type { OperationId, TicketId } from '#shared/ids.ts';
import { noteInHand, useNoteTexts } from '#renderer/state/note-texts.ts';

const ticketId = 'a ticket' as TicketId;
const note = (text: string, updatedAt: number, id = 'first'): NoteDraft => ({
  id: id as OperationId,
  ticketId,
  text,
  updatedAt,
});
const texts = () => useNoteTexts.getState();
const seen = (...told: readonly NoteDraft[]) => noteInHand(told, texts().notes, ticketId)?.text ?? null;

beforeEach(() => texts().forget());

test('what the disk has is taken up, the newest of it', () => {
  expect(seen()).toBeNull();
  expect(seen(note('Звонили', 1), note('Просили перезвонить', 2, 'second'))).toBe('Просили перезвонить');
});

test('what was typed here last counts, whatever the cache still tells', () => {
  texts().write(note('Звонили дважды', 3));
  expect(seen(note('Звонили', 1))).toBe('Звонили дважды');
  texts().write(note('', 4));
  expect(seen(note('Звонили дважды', 3))).toBe('');
});

test('a note that was submitted does not come back while the cache still tells of it', () => {
  texts().write(note('Звонили', 1));
  texts().beginNext(ticketId, 'second' as OperationId, 2);
  expect(seen(note('Звонили', 1))).toBe('');
});

test('knows what the disk does not have yet', () => {
  texts().write(note('Зв', 1));
  texts().write(note('Звонили', 2));
  texts().noteKept(note('Зв', 1));
  expect(texts().notes.get(ticketId)?.isKept).toBe(false);
  texts().noteKept(note('Звонили', 2));
  expect(texts().notes.get(ticketId)?.isKept).toBe(true);
});
