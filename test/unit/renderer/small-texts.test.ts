import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatMoment } from '#shared/text/format-moment.ts';
import { downloadName } from '#renderer/bridge/save-blob.ts';
import { articleUrl } from '#renderer/features/articles/article-url.ts';
import { parseMoment } from '#renderer/features/settings/parse-moment.ts';
import { readableUrl } from '#renderer/features/ticket/readable-url.ts';
import { parseLanguage } from '#renderer/language/languages.ts';
import { bareSubject } from '#renderer/ui/bare-subject.ts';
import { findLinks } from '#renderer/ui/find-links.ts';
import { scaleSize } from '#renderer/ui/format-size.ts';

const ascii = 'https://xn--80aaf6awgf.xn----8sbabesd4bp6bjck1q.xn--90ais/';

describe('links in text', () => {
  test.each([
    ['см. https://x.by/a, спасибо', ['https://x.by/a']],
    ['(https://x.by/a)', ['https://x.by/a']],
    ['https://x.by/a_(b) и http://y.by?q=1.', ['https://x.by/a_(b)', 'http://y.by?q=1']],
    ['https://справка.бел/раздел', ['https://справка.бел/раздел']],
    ['ftp://x.by javascript:alert(1) x.by', []],
  ])('%s', (text, urls) => {
    expect(findLinks(text).flatMap(({ url }) => url ?? [])).toEqual(urls);
  });

  test('the pieces are the text, wherever they start', () => {
    const word = fc.constantFrom('https://x.by/', '.', ')', '(', ' ', 'слово', '\n');
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const pieces = findLinks(words.join(''));
        expect(pieces.map(({ text }) => text).join('')).toBe(words.join(''));
        expect(new Set(pieces.map(({ start }) => start)).size).toBe(pieces.length);
      }),
    );
  });
});

describe('addresses of pages', () => {
  test.each([
    [ascii, 'https://справка.веб-мастерская.бел/'],
    ['https://x.by/%D1%80%D0%B0%D0%B7?a=%D0%B1', 'https://x.by/раз?a=б'],
    ['https://x.by/a%20b%2Fc%0A', 'https://x.by/a%20b%2Fc%0A'],
    ['https://x.by/%ff', 'https://x.by/%ff'],
    ['mailto:%D0%B8%40x.by', 'mailto:и%40x.by'],
    ['not an address', 'not an address'],
  ])('%s reads as %s', (url, expected) => {
    expect(readableUrl(url)).toBe(expected);
  });

  test.each([
    ['https://справка.веб-мастерская.бел', ascii],
    [' справка.веб-мастерская.бел ', ascii],
    ['http://localhost:8080/a', 'http://localhost:8080/a'],
    ['javascript:alert(1)', null],
    ['ftp://x.by', null],
    ['https://user:secret@x.by', null],
    ['просто слова', null],
    ['', null],
  ])('%s is kept as %s', (text, expected) => {
    expect(articleUrl(text)).toBe(expected);
  });
});

describe('dates in fields', () => {
  test.each([
    ['10.11.2026 10:15', Date.UTC(2026, 10, 10, 7, 15)],
    [' 1.2.2027 ', Date.UTC(2027, 0, 31, 21, 0)],
    ['31.12.2026 23:59', Date.UTC(2026, 11, 31, 20, 59)],
    ['30.02.2026 10:00', null],
    ['10.11.2026 24:00', null],
    ['2026-11-10', null],
    ['', null],
  ])('%s', (text, expected) => {
    expect(parseMoment(text)).toBe(expected);
  });

  test('what the desk writes it reads, to the minute, also where clocks were turned', () => {
    // Minsk has not turned its clocks since 2011.
    const minute = fc.integer({ min: Date.UTC(2012, 0) / 60_000, max: Date.UTC(2060, 0) / 60_000 });
    fc.assert(
      fc.property(minute, (minutes) => {
        expect(parseMoment(formatMoment(minutes * 60_000))).toBe(minutes * 60_000);
      }),
    );
    expect(parseMoment('27.03.2011 12:00')).toBe(Date.UTC(2011, 2, 27, 9));
    expect(parseMoment('26.03.2011 12:00')).toBe(Date.UTC(2011, 2, 26, 10));
  });
});

describe('small things', () => {
  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [1_250, '1.3 kB'],
    [999_600, '1 MB'],
    [52_428_800, '52 MB'],
    [3_000_000_000_000, '3000 GB'],
  ])('%d bytes are %s', (bytes, expected) => {
    const { value, unit } = scaleSize(bytes);
    expect(`${value} ${unit}`).toBe(expected);
  });

  test.each([
    ['../../etc/passwd', 'passwd'],
    ['a\u202Egnp.exe', 'agnp.exe'],
    ['C:\\x\\y.txt', 'y.txt'],
    ['Приказ № 118.txt', 'Приказ № 118.txt'],
    ['...', 'attachment'],
    ['', 'attachment'],
  ])('%s is saved as %s', (name, expected) => {
    expect(downloadName(name)).toBe(expected);
  });

  test('tokens are for machines', () => {
    expect(bareSubject('Re: Квота [STP-0123ABCD]')).toBe('Re: Квота');
    expect(bareSubject('[stp-0123abcd] Квота [STP-0123ABCD] срочно')).toBe('Квота срочно');
    expect(bareSubject('[STP-1]')).toBe('[STP-1]');
  });

  test('a language tag is read whatever its region', () => {
    expect(['ru', 'be-BY', 'EN_us', 'de', '', null].map(parseLanguage)).toEqual([
      'ru',
      'be',
      'en',
      null,
      null,
      null,
    ]);
  });
});
