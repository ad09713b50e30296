/** Both ends included, `first` <= `last`. */
export interface UidRange {
  readonly first: number;
  readonly last: number;
}

/** Reads a sequence set of single UIDs and ranges; ranges may be written backwards (RFC 3501 §9). Sorted and merged. */
export function parseUidSet(text: string): readonly UidRange[] {
  if (text === '') return [];
  const ranges = text.split(',').map((part) => {
    const [a = 0, b = a] = part.split(':').map(Number);
    return { first: Math.min(a, b), last: Math.max(a, b) };
  });
  const merged: { first: number; last: number }[] = [];
  for (const range of ranges.sort((a, b) => a.first - b.first)) {
    const previous = merged.at(-1);
    if (previous !== undefined && range.first <= previous.last + 1) {
      previous.last = Math.max(previous.last, range.last);
    } else merged.push({ ...range });
  }
  return merged;
}

/** The inverse of {@link parseUidSet}. */
export function formatUidSet(ranges: readonly UidRange[]): string {
  return ranges.map(({ first, last }) => (first === last ? String(first) : `${first}:${last}`)).join(',');
}

/** What is left of `ranges` without `known`; both sorted. Costs no more for a range of four billion UIDs. */
export function subtractUids(ranges: readonly UidRange[], known: readonly number[]): readonly UidRange[] {
  const left: UidRange[] = [];
  let index = 0;
  for (const { first, last } of ranges) {
    let start = first;
    for (;;) {
      const uid = known[index];
      if (uid === undefined || uid > last) break;
      index += 1;
      if (uid < start) continue;
      if (uid > start) left.push({ first: start, last: uid - 1 });
      start = uid + 1;
    }
    if (start <= last) left.push({ first: start, last });
  }
  return left;
}
