import { describe, expect, test } from 'vitest';
import { clientLanguage, languageOfText } from '#renderer/features/ticket/client-language.ts';
import { missingFacts, neededFacts, nextMissing } from '#renderer/features/ticket/work-facts/needed-facts.ts';
import { defaultCategories } from '#shared/regulation/category.ts';
import { content, letter } from './sample-ticket.ts';

const restore = (facts: Readonly<Record<string, string>>) =>
  neededFacts({ category: 'restore', facts }, defaultCategories);
const ids = (facts: readonly { readonly id: string }[]) => facts.map(({ id }) => id);

describe('what a kind of work needs', () => {
  test('is missing until it is written down', () => {
    const needed = restore({ date: '12.11.2026', somethingElse: 'x' });
    expect(ids(needed)).toEqual(['site', 'date', 'mode']);
    expect(ids(missingFacts(needed))).toEqual(['site', 'mode']);
  });

  test('is nothing without a kind, and for kinds that need nothing or are gone', () => {
    for (const category of [null, 'product-update', 'of-former-times']) {
      expect(neededFacts({ category, facts: {} }, defaultCategories)).toEqual([]);
    }
  });

  test('is gone through from one missing fact to the next, and round to those before', () => {
    const needed = restore({ date: '12.11.2026' });
    expect(nextMissing(needed, 'site')).toBe('mode');
    expect(nextMissing(needed, 'mode')).toBe('site');
    expect(nextMissing(restore({ site: 'a', date: 'b' }), 'mode')).toBeNull();
  });
});

describe('a client is written to in his language', () => {
  test.each([
    ['Здравствуйте! Не открывается сайт школы.', 'ru'],
    ['Добры дзень! Сайт школы не адкрываецца, праверце, калі ласка.', 'be'],
    ['Перенесите сайт https://kletsk-school.kletsk-asveta.gov.by/pryjom на наш хостинг', 'ru'],
    ['The site of our school does not open.', 'en'],
    ['ok', null],
    ['', null],
  ])('%j is %s', (text, language) => expect(languageOfText(text)).toBe(language));

  test('which the newest letter tells whose words are enough', () => {
    const said = (n: number, text: string) =>
      letter(n, { subject: '', content: content(n, { parts: [{ kind: 'text', text }], text }) });
    const letters = [
      said(1, 'Здравствуйте, нужна помощь'),
      said(2, 'Вялікі дзякуй за дапамогу, усё ў парадку'),
      said(3, 'Ок'),
      letter(4, { direction: 'out', content: content(4) }),
    ];
    expect(clientLanguage(letters)).toBe('be');
    expect(clientLanguage([])).toBe('ru');
  });
});
