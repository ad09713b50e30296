import { expect, test } from 'vitest';
import { withFirstWords } from '#renderer/features/compose/first-words.ts';
import { client, draft } from './sample-ticket.ts';

const director = { name: '', address: 'director@school.example' };
const words = { text: 'Здравствуйте!\n\nНужна дата.', answerKind: 'clarification', to: null } as const;
const empty = draft({ text: '\n\nАнна', html: '<p></p><p></p><p>Анна</p>' });

test('words of a form stand before signature and quote, in text and HTML alike', () => {
  const begun = withFirstWords(empty, words, []);
  expect(begun.answerKind).toBe('clarification');
  expect(begun.text).toBe('Здравствуйте!\n\nНужна дата.\n\nАнна');
  expect(begun.html).toBe('<p>Здравствуйте!</p><p></p><p>Нужна дата.</p><p></p><p>Анна</p>');
  expect(begun.to).toEqual(empty.to);
});

test('and before what was written already, which stays', () => {
  const begun = withFirstWords(
    draft({ text: 'Уже написано', html: '<p>Уже <b>написано</b></p>' }),
    words,
    [],
  );
  expect(begun.text).toBe('Здравствуйте!\n\nНужна дата.\nУже написано');
  expect(begun.html).toMatch(/<p>Нужна дата\.<\/p><p>Уже <b>написано<\/b><\/p>$/u);
});

test('once, however often the letter is opened with them', () => {
  const begun = withFirstWords(empty, words, []);
  expect(withFirstWords(begun, words, [])).toEqual(begun);
});

test('only participants are written to', () => {
  const to = [director.address, 'stranger@example.org'];
  const begun = withFirstWords(draft({ cc: [director] }), { ...words, to }, [client, director]);
  expect(begun.to).toEqual([director]);
  expect(begun.cc).toEqual([]);
});
