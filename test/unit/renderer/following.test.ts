import { expect, test } from 'vitest';
import { arrivals, type Arrivals } from '#renderer/features/ticket/use-following.ts';

const after = (...lists: readonly (readonly string[])[]): Arrivals =>
  lists.reduce<Arrivals>(
    (before, ids) =>
      arrivals(
        before,
        ids.map((id) => ({ id })),
      ),
    { ids: new Set(), newestId: null },
  );

test('what is there at first ends with the newest', () => {
  expect(after([]).newestId).toBeNull();
  expect(after(['letter', 'answer']).newestId).toBe('answer');
});

test('what comes is told of, also where it stands above what came before it', () => {
  expect(after(['letter', 'answer'], ['letter', 'late', 'answer']).newestId).toBe('late');
});

test('nothing is news twice: neither what takes another shape, nor what was hidden for a while', () => {
  expect(after(['letter', 'answer'], ['letter'], ['letter', 'answer'])).toEqual(after(['letter', 'answer']));
  const known = after(['letter', 'note']);
  expect(arrivals(known, [{ id: 'note' }])).toBe(known);
});
