import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText } from '#main/mailbox/parse/decode-text.ts';
import { encode } from './letter-bytes.ts';

const russian = 'Здравствуйте! Не открывается главная страница сайта, помогите, пожалуйста.';
const belarusian = 'Добры дзень! Не адкрываецца галоўная старонка сайта, дапамажыце, калі ласка.';
const charsets = ['utf-8', 'windows-1251', 'koi8-r', 'koi8-u', 'ibm866', 'iso-8859-5'];
const declarations = [null, '', 'us-ascii', 'iso-8859-1', 'windows-1252', 'unknown-8bit', ...charsets];

describe('a Russian text is readable whatever charset was declared', () => {
  const table = charsets.flatMap((real) => declarations.map((declared) => ({ real, declared })));
  test.each(table)('$real declared as $declared', ({ real, declared }) => {
    expect(decodeText(encode(russian, real), declared)).toBe(russian);
  });
});

describe('a Belarusian text is readable whatever charset was declared', () => {
  const table = ['utf-8', 'windows-1251', 'koi8-u'].flatMap((real) =>
    declarations.map((declared) => ({ real, declared })),
  );
  test.each(table)('$real declared as $declared', ({ real, declared }) => {
    expect(decodeText(encode(belarusian, real), declared)).toBe(belarusian);
  });
});

test.each([
  ['windows-1251', 'СРОЧНО! НЕ РАБОТАЕТ САЙТ'],
  ['koi8-r', 'СРОЧНО! НЕ РАБОТАЕТ САЙТ'],
  ['koi8-r', 'Привет'],
  ['windows-1251', 'Сайт школы'],
  ['ibm866', 'Ошибка на сайте'],
])('a short or shouted %s subject without declaration: %s', (charset, text) => {
  expect(decodeText(encode(text, charset), null)).toBe(text);
});

test.each([
  ['iso-8859-1', 'Müller grüßt, à bientôt'],
  ['us-ascii', 'façade, naïve, café'],
  [null, 'Besançon'],
])('Latin accents declared as %s stay Latin', (declared, text) => {
  expect(decodeText(encode(text, 'windows-1252'), declared)).toBe(text);
});

test('a specific foreign declaration is believed', () => {
  expect(decodeText(encode('Zażółć gęślą jaźń', 'iso-8859-2'), 'iso-8859-2')).toBe('Zażółć gęślą jaźń');
});

test('UTF-8 that was cut inside a character stays UTF-8', () => {
  const cut = encode(russian, 'utf-8').subarray(0, 32);
  expect(decodeText(cut, null)).toBe(`${russian.slice(0, 17)}\ufffd`);
});

test('labels that mailers invent are understood', () => {
  for (const label of ['cp1251', 'win-1251', '"windows-1251"', 'CP-866', 'koi8r']) {
    const real = label === 'CP-866' ? 'ibm866' : label === 'koi8r' ? 'koi8-r' : 'windows-1251';
    expect(decodeText(encode('Да', real), label)).toBe('Да');
  }
});

test('never throws and never loses ASCII, whatever bytes and labels come', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      fc.option(fc.string({ maxLength: 20 })),
      (bytes, label) => {
        expect(typeof decodeText(bytes, label)).toBe('string');
      },
    ),
  );
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), fc.constantFrom(...declarations), (text, label) => {
      expect(decodeText(Buffer.from(text), label)).toBe(text);
    }),
  );
});
