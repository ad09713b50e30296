import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandIds } from '#renderer/commands/command-list.ts';
import { wordsInJsx } from './words-in-jsx.ts';

const root = join(import.meta.dirname, '../../..');
const languages = ['ru', 'be', 'en'] as const;
type Words = ReadonlyMap<string, string>;

function flatten(value: unknown, path: string, into: Map<string, string>): Map<string, string> {
  if (typeof value === 'string') into.set(path, value);
  else
    for (const [key, inner] of Object.entries(value ?? {}))
      flatten(inner, path === '' ? key : `${path}.${key}`, into);
  return into;
}

function wordsOf(language: string): Words {
  const folder = join(root, 'resources/locales', language);
  const found = new Map<string, string>();
  for (const file of readdirSync(folder)) {
    flatten(JSON.parse(readFileSync(join(folder, file), 'utf8')), basename(file, '.json'), found);
  }
  return found;
}

const words: Readonly<Record<(typeof languages)[number], Words>> = {
  ru: wordsOf('ru'),
  be: wordsOf('be'),
  en: wordsOf('en'),
};
const pluralSuffix = /_(one|few|many|other)$/u;
const baseKeys = (language: (typeof languages)[number]) =>
  [...new Set([...words[language].keys()].map((key) => key.replace(pluralSuffix, '')))].sort();

function sourcesIn(folder: string): { readonly path: string; readonly text: string }[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/u.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, folder, path), 'utf8') }));
}

const sources = sourcesIn('src-renderer');
/** Tray and notifications speak without a window. */
const spokenInMain = [...sourcesIn('src-main/attention'), ...sourcesIn('src-main/electron')];

describe('the three languages', () => {
  test('have the same keys', () => {
    expect(baseKeys('be')).toEqual(baseKeys('ru'));
    expect(baseKeys('en')).toEqual(baseKeys('ru'));
  });

  test.each(languages)('%s has every plural form of every counted key, as CLDR has them', (language) => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    const counted = new Map<string, string[]>();
    for (const key of words[language].keys()) {
      const suffix = pluralSuffix.exec(key)?.[1];
      if (suffix === undefined) continue;
      const base = key.replace(pluralSuffix, '');
      counted.set(base, [...(counted.get(base) ?? []), suffix].sort());
    }
    expect(counted.size).toBeGreaterThan(10);
    for (const [base, found] of counted) expect({ base, found }).toEqual({ base, found: forms });
  });

  test('put the same values into each text', () => {
    const placeholders = (language: (typeof languages)[number], base: string) =>
      [...words[language]]
        .filter(([key]) => key.replace(pluralSuffix, '') === base)
        .map(([, text]) => [...text.matchAll(/\{\{(\w+)\}\}/gu)].map((match) => match[1] ?? '').sort());
    for (const base of baseKeys('ru')) {
      const all = languages.flatMap((language) => placeholders(language, base));
      for (const found of all) expect({ base, found }).toEqual({ base, found: all[0] });
    }
  });

  test('leave no text empty, and English free of Cyrillic', () => {
    for (const language of languages) {
      for (const [key, text] of words[language])
        expect([language, key, text.trim() === '']).toEqual([language, key, false]);
    }
    for (const [key, text] of words.en)
      expect([key, /\p{Script=Cyrillic}/u.test(text)]).toEqual([key, false]);
  });

  test('are told apart: Belarusian text has no letters of Russian only, and the other way round', () => {
    for (const [key, text] of words.be) expect([key, /[ищъ]/iu.exec(text)?.[0] ?? null]).toEqual([key, null]);
    for (const [key, text] of words.ru) expect([key, /[іў]/iu.exec(text)?.[0] ?? null]).toEqual([key, null]);
  });
});

describe('the sources of the desk', () => {
  test('use every key', () => {
    const all = [...sources, ...spokenInMain].map(({ text }) => text).join('\n');
    const literal = new Set([...all.matchAll(/'([\w-]+(?:\.[\w-]+)+)'/gu)].map((match) => match[1]));
    // `error.${kind}` uses all keys below; so does `ledger.step.rule.${reading}`.
    const patterns = [...all.matchAll(/`([\w.-]*\$\{[^`]*)`/gu)]
      .map((match) => (match[1] ?? '').split(/\$\{[^}]*\}/u))
      .filter((parts) => /^[\w-]+\./u.test(parts[0] ?? ''))
      .map(
        (parts) =>
          new RegExp(`^${parts.map((part) => part.replaceAll('.', String.raw`\.`)).join('[\\w-]+')}$`, 'u'),
      );
    // The words of commands are found by their ids; sections are told apart by a number.
    for (const id of commandIds) literal.add(`commands.${id.replace(/\d$/u, '')}`);
    const unused = baseKeys('ru').filter(
      (key) => !literal.has(key) && !patterns.some((pattern) => pattern.test(key)),
    );
    expect(unused).toEqual([]);
  });

  test('hold no words of their own', () => {
    // Each language names itself, the cache folds letters for its search, and the palette knows what keys print.
    const exempt = (path: string) =>
      path === join('language', 'languages.ts') ||
      path === join('features', 'palette', 'other-layout.ts') ||
      path.startsWith('cache');
    for (const { path, text } of sources.filter(({ path }) => !exempt(path))) {
      expect([path, /\p{Script=Cyrillic}+/u.exec(text)?.[0] ?? null]).toEqual([path, null]);
    }
    const components = sources.filter(({ path }) => path.endsWith('.tsx'));
    expect(components.length).toBeGreaterThan(20);
    for (const { path, text } of components) expect([path, wordsInJsx(path, text)]).toEqual([path, []]);
  });

  test('would be caught with words of their own', () => {
    const caught = (jsx: string) => wordsInJsx('x.tsx', `const x = ${jsx};`);
    expect(caught('<p>Hello {name}</p>')).toEqual(['Hello']);
    expect(caught('<b aria-label="Close" />')).toEqual(['Close']);
    expect(caught('<b title={`Ticket ${number}`} />')).toEqual(['Ticket']);
    expect(caught("<b placeholder={open ? 'Yes' : t('app.no')} />")).toEqual(['Yes']);
    expect(caught("<p>{busy && 'wait'}</p>")).toEqual(['wait']);
    expect(caught('<p className="quiet" key={`a ${b}`}>{t(\'app.name\')}: № 1</p>')).toEqual([]);
  });

  test('name only keys that there are', () => {
    const parts = new Set([...words.ru.keys()].map((key) => key.split('.', 1)[0]));
    const known = new Set(baseKeys('ru'));
    for (const { path, text } of sources) {
      const named = [...text.matchAll(/\bt\(\s*'([\w-]+)((?:\.[\w-]+)+)'/gu)]
        .filter(([, part]) => parts.has(part))
        .map(([, part = '', rest = '']) => `${part}${rest}`);
      expect([path, named.filter((key) => !known.has(key))]).toEqual([path, []]);
    }
  });
});
