import { scoreWords, type Query } from './match-words.ts';
import { paletteGroups, type PaletteEntry, type PaletteGroup } from './palette-entry.ts';

/** Entries of one group as they are shown. */
export interface RankedGroup {
  readonly group: PaletteGroup;
  readonly entries: readonly PaletteEntry[];
}

const mostOfGroup = 8;
/** A word of another language counts less than the same of the desk's own. */
const otherShare = 0.8;

/**
 * What fits a query, the group with the best entry first; everything in the usual order for an empty one.
 *
 * `found` are entries that somebody else has found already, such as tickets; they stand first when numbers are asked for.
 */
export function rankEntries(
  query: Query,
  entries: readonly PaletteEntry[],
  found: readonly PaletteEntry[],
): readonly RankedGroup[] {
  const all = query.length === 0 ? entries.filter(({ group }) => group !== 'articles') : entries;
  const isNumber = query.some((words) => words.every((word) => /^\d+$/u.test(word)));
  const scored = all
    .map((entry) => ({ entry, score: query.length === 0 ? 1 : scoreEntry(query, entry) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score);
  const foundScored = found.map((entry) => ({ entry, score: isNumber ? 5 : 1.9 }));
  const groups = paletteGroups.flatMap((group) => {
    const own = [...scored, ...foundScored].filter(({ entry }) => entry.group === group);
    const shown = query.length === 0 ? own : own.slice(0, mostOfGroup);
    const best = shown[0]?.score;
    return best === undefined ? [] : [{ group, best, entries: shown.map(({ entry }) => entry) }];
  });
  return query.length === 0 ? groups : groups.toSorted((a, b) => b.best - a.best);
}

/** So many entries from the top. */
export function firstEntries(groups: readonly RankedGroup[], count: number): readonly RankedGroup[] {
  let left = count;
  return groups.flatMap(({ group, entries }) => {
    const own = entries.slice(0, left);
    left -= own.length;
    return own.length === 0 ? [] : [{ group, entries: own }];
  });
}

function scoreEntry(query: Query, { words, otherWords }: PaletteEntry): number {
  return Math.max(scoreWords(query, words), scoreWords(query, otherWords) * otherShare);
}
