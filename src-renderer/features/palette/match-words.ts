import { foldText } from '#shared/text/fold-text.ts';
import { inEitherLayout } from './other-layout.ts';

/** A query as it is compared: for each layout its words, folded. */
export type Query = readonly (readonly string[])[];

/** See {@link Query}; empty where nothing was asked. */
export function parseQuery(text: string): Query {
  return inEitherLayout(text)
    .map(foldedWords)
    .filter((words) => words.length > 0);
}

/** A text's words, folded. */
export function foldedWords(text: string): readonly string[] {
  return foldText(text)
    .split(' ')
    .filter((word) => word !== '');
}

/**
 * How well words fit a query: 0 where they do not, since each word of the query must be found.
 *
 * A word's beginning counts more than its middle, and both more than a word with a letter wrong, left out, too much or
 * swapped with its neighbour.
 */
export function scoreWords(query: Query, words: readonly string[]): number {
  return Math.max(0, ...query.map((asked) => scoreAll(asked, words)));
}

function scoreAll(asked: readonly string[], words: readonly string[]): number {
  let sum = 0;
  for (const word of asked) {
    const best = Math.max(0, ...words.map((each, place) => scoreOne(word, each) - Math.min(place, 5) * 0.02));
    if (best === 0) return 0;
    sum += best;
  }
  return sum / asked.length;
}

function scoreOne(asked: string, word: string): number {
  if (word === asked) return 3.5;
  if (word.startsWith(asked)) return 3;
  if (asked.length >= 2 && word.includes(asked)) return 2;
  if (asked.length < 4) return 0;
  const allowed = asked.length >= 8 ? 2 : 1;
  // The beginning of a longer word, as it is typed.
  const lengths = [asked.length - 1, asked.length, asked.length + 1];
  return lengths.some((length) => isWithin(asked, word.slice(0, length), allowed)) ? 1 : 0;
}

/** Whether two words are at most so many wrong, missing, superfluous or swapped letters apart. */
function isWithin(a: string, b: string, allowed: number): boolean {
  if (Math.abs(a.length - b.length) > allowed) return false;
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, place) => place);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    [beforeLast, last] = [last, row];
  }
  return (last[b.length] ?? allowed + 1) <= allowed;
}
