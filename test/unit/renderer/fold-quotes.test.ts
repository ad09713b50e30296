import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldQuotes } from '#renderer/features/ticket/fold-quotes.ts';

const shown = (text: string) => foldQuotes(text).map(({ folded, text }) => [folded, text]);
const filled = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

describe('folding quotes', () => {
  test('leaves a letter without quotes whole', () => {
    expect(shown('Добрый день!\n\nНужна квота.')).toEqual([[false, 'Добрый день!\n\nНужна квота.']]);
  });

  test('folds the quote below an answer', () => {
    expect(shown('Спасибо!\n\n10.11.2026 10:15, Анна <a@x.by> написала:\n> Готово\n> Проверьте')).toEqual([
      [false, 'Спасибо!'],
      [true, '10.11.2026 10:15, Анна <a@x.by> написала:\n> Готово\n> Проверьте'],
    ]);
  });

  test('keeps answers between quotes in their place', () => {
    expect(shown('> Какой сайт?\nГимназии\n> Когда?\nУтром')).toEqual([
      [true, '> Какой сайт?'],
      [false, 'Гимназии'],
      [true, '> Когда?'],
      [false, 'Утром'],
    ]);
  });

  test('does not fold a letter that is all quote', () => {
    expect(shown('> всё\n> цитата')).toEqual([[false, '> всё\n> цитата']]);
  });

  test('loses no line and tells its segments apart', () => {
    const line = fc.constantFrom(
      '',
      'a',
      'b',
      '> a',
      '> b',
      '-- ',
      'С уважением,',
      'Анна',
      '10.11.2026 10:15, A <a@x.by> wrote:',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 14 }), (lines) => {
        const segments = foldQuotes(lines.join('\n'));
        const found = segments.flatMap(({ text }) => filled(text));
        expect(found.toSorted()).toEqual(filled(lines.join('\n')).toSorted());
        expect(new Set(segments.map((segment) => segment.line)).size).toBe(segments.length);
      }),
    );
  });
});
