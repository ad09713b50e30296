import { beforeEach, expect, test } from 'vitest';
import type { DraftId, TicketId } from '#shared/ids.ts';
import { useLeftDrafts, withLeft } from '#renderer/state/left-drafts.ts';
import { draft } from './sample-ticket.ts';

const first = draft({ text: 'Отвечаю.', updatedAt: 10 });
const left = () => useLeftDrafts.getState();
const seen = (...told: readonly (typeof first)[]) =>
  withLeft(told, left().drafts, first.ticketId).map(({ text }) => text);

beforeEach(() => left().forget());

test('a draft that was left is there before the cache tells of it', () => {
  left().keep(first);
  expect(seen()).toEqual(['Отвечаю.']);
  expect(withLeft([], left().drafts, 'another' as TicketId)).toEqual([]);
});

test('what was typed last counts, on whichever side it is', () => {
  const later = { ...first, text: 'Отвечаю. И дополняю.', updatedAt: 11 };
  left().keep(later);
  expect(seen(first)).toEqual(['Отвечаю. И дополняю.']);
  left().keep(first);
  expect(seen(later)).toEqual(['Отвечаю. И дополняю.']);
});

test('what the cache has told of is its own from then on', () => {
  left().keep(first);
  left().noteTold([{ ...first, updatedAt: 9 }]);
  expect(seen()).toEqual(['Отвечаю.']);
  left().noteTold([first]);
  expect(seen()).toEqual([]);
});

test('a draft that was sent or thrown away does not come back', () => {
  left().keep(first);
  left().keep({ ...first, id: 'second' as DraftId, text: 'Другое' });
  left().drop(first.id);
  expect(seen()).toEqual(['Другое']);
});
