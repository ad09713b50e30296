import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { foldJournal } from '#main/journal/fold-journal.ts';
import type { JournalRecord } from '#main/journal/journal-record.ts';
import { emptyJournalState, type JournalState } from '#main/journal/journal-state.ts';
import { journalRecord, claim, submitted } from '#test/unit/journal/journal-arbitraries.ts';
import { openRealJournal, type OpenJournal } from './journal-readers.ts';

/** A journal file, and which records were whole in it at which length. */
export interface WrittenJournal {
  readonly bytes: Uint8Array;
  /** Records that were appended together, with the length of the file behind them; in order. */
  readonly groups: readonly { readonly records: readonly JournalRecord[]; readonly end: number }[];
  /** Length before the first of them. */
  readonly start: number;
}

/** Writes a journal of groups of records of any kind by the desk's own code. */
export async function writeGroups(seed: number, groups: number): Promise<WrittenJournal> {
  return await inFolder(async (dir) => {
    const journal = await openRealJournal(dir);
    const path = join(dir, 'journal');
    const start = (await stat(path)).size;
    const written: { records: readonly JournalRecord[]; end: number }[] = [];
    const group = fc.array(journalRecord, { minLength: 1, maxLength: 3 });
    for (const records of fc.sample(group, { seed, numRuns: groups })) {
      await journal.append(records);
      written.push({ records, end: (await stat(path)).size });
    }
    await journal.close();
    return { bytes: await readFile(path), groups: written, start };
  });
}

/** The lengths that cuts leave: every byte of the last records, as many as there are until `most`; the last is no cut. */
export function lastCuts({ bytes, start }: WrittenJournal, most: number): number[] {
  const first = Math.max(start, bytes.length - most + 1);
  return Array.from({ length: bytes.length - first + 1 }, (_, index) => first + index);
}

/**
 * Opens the journal as a cut at that length left it; what is wrong, or null.
 *
 * Right is: it opens; every record that was whole is there, in order, and nothing else; what was appended together is
 * there together; the next append is found after them by the next start.
 */
export async function judgeCut(
  journal: WrittenJournal,
  cut: number,
  open: OpenJournal,
): Promise<string | null> {
  return await inFolder(async (dir) => {
    await writeFile(join(dir, 'journal'), journal.bytes.subarray(0, cut));
    const whole = journal.groups.filter(({ end }) => end <= cut).flatMap(({ records }) => records);
    const expected = foldJournal(emptyJournalState, whole);
    try {
      const opened = await open(dir);
      const wrong = compare(opened.state, expected) ?? (opened.isDamaged ? 'says that it is damaged' : null);
      await opened.append([lastRecord]);
      await opened.close();
      if (wrong !== null) return wrong;
      const again = await open(dir);
      await again.close();
      const after = compare(again.state, foldJournal(expected, [lastRecord]));
      return after === null ? null : `after the next append: ${after}`;
    } catch (error) {
      return `does not open: ${error instanceof Error ? error.message : String(error)}`;
    }
  });
}

/** Of an operation that no other record knows. */
const lastRecord = submitted(claim(0xfffff));

/** Order counts: maps keep the order of making. */
function compare(found: JournalState, expected: JournalState): string | null {
  const [is, should] = [listed(found), listed(expected)];
  if (isDeepStrictEqual(is, should)) return null;
  const count = (state: JournalState): number =>
    Object.values(state).reduce((sum, { size }: { readonly size: number }) => sum + size, 0);
  return count(found) > count(expected) ? 'invented something' : 'lost or changed something';
}

function listed(state: JournalState): unknown {
  return Object.entries(state).map(([name, items]) => [name, [...(items as ReadonlyMap<string, unknown>)]]);
}

async function inFolder<T>(work: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'stp-cut-'));
  try {
    return await work(dir);
  } finally {
    await rm(dir, { recursive: true });
  }
}
