import { describe, expect, test } from 'vitest';
import { foldedWords, parseQuery, scoreWords } from '#renderer/features/palette/match-words.ts';
import { inEitherLayout } from '#renderer/features/palette/other-layout.ts';
import type { PaletteEntry, PaletteGroup } from '#renderer/features/palette/palette-entry.ts';
import { firstEntries, rankEntries } from '#renderer/features/palette/rank-entries.ts';

const score = (query: string, text: string) => scoreWords(parseQuery(query), foldedWords(text));

describe('words are found', () => {
  test.each([
    ['jnrhsnm', 'Открыть исходящие'],
    ['щзут', 'Open the outbox'],
    ['flrhswm', 'Адкрыць выходныя'],
    ['pfrhsnm pfzdre', 'Закрыть заявку'],
    ['откр исх', 'Открыть исходящие'],
    ['закрть', 'Закрыть заявку'],
    ['закырть', 'Закрыть заявку'],
    ['адкласти', 'Адкласці'],
  ])('%s finds "%s"', (query, text) => {
    expect(score(query, text)).toBeGreaterThan(0);
  });

  test('each word of the query must be there', () => {
    expect(score('открыть настройки', 'Открыть исходящие')).toBe(0);
  });

  test('a beginning is better than a middle, and a middle than a slip', () => {
    expect(score('закр', 'Закрыть')).toBeGreaterThan(score('крыт', 'Закрыть'));
    expect(score('крыть', 'Закрыть')).toBeGreaterThan(score('закрыь', 'Закрыть'));
  });
});

test('both layouts are tried, what was typed first', () => {
  expect(inEitherLayout('RdjnF')).toEqual(['rdjnf', 'квота']);
  expect(inEitherLayout('[')[1]).toBe('х');
  expect(inEitherLayout('o')).toEqual(['o', 'щ', 'ў']);
});

describe('the list', () => {
  const entry = (id: string, group: PaletteGroup, label: string, other = ''): PaletteEntry => ({
    id,
    group,
    icon: 'queue',
    label,
    words: foldedWords(label),
    otherWords: foldedWords(other),
    run: () => undefined,
  });
  const entries = [
    entry('claim', 'ticket', 'Взять в работу', 'Claim'),
    entry('outbox', 'go', 'Открыть исходящие', 'Open the outbox'),
    entry('quota', 'articles', 'Дисковая квота'),
  ];
  const ticket = entry('ticket', 'tickets', 'Увеличение квоты');
  const idsOf = (query: string, found: readonly PaletteEntry[] = []) =>
    rankEntries(parseQuery(query), entries, found).flatMap((group) => group.entries.map(({ id }) => id));

  test('holds everything but articles while nothing is asked', () => {
    expect(idsOf('')).toEqual(['claim', 'outbox']);
  });

  test('has the group with the best line first', () => {
    expect(idsOf('квота', [ticket])).toEqual(['quota', 'ticket']);
    expect(idsOf('исх')).toEqual(['outbox']);
  });

  test('has tickets first for a number', () => {
    expect(idsOf('12', [ticket])).toEqual(['ticket']);
  });

  test('knows the words of other languages', () => {
    expect(idsOf('claim')).toEqual(['claim']);
  });
});

test('the first entries are cut from the groups in their order', () => {
  const line = (id: string, group: PaletteGroup): PaletteEntry => ({
    id,
    group,
    icon: 'queue',
    label: id,
    words: [],
    otherWords: [],
    run: () => {},
  });
  const entries = [line('a', 'go'), line('b', 'go'), line('c', 'section'), line('d', 'app')];
  const first = firstEntries(rankEntries([], entries, []), 3);
  expect(first.map(({ group, entries: own }) => [group, own.map(({ id }) => id)])).toEqual([
    ['go', ['a', 'b']],
    ['section', ['c']],
  ]);
});
