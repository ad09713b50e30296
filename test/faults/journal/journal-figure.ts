import type { Figure, FigureOptions, FigureReport } from '../figure.ts';
import { judgeCut, lastCuts, writeGroups, type WrittenJournal } from './cut-journal.ts';
import { openRealJournal, openTrustingJournal, type OpenJournal } from './journal-readers.ts';

/** Bytes at the end of the journal that are cut at. */
const cutBytes = 2_000;

/** More than fill those bytes. */
const groups = 30;

/** A journal cut at every byte of its last records, as a power cut leaves it. */
export const journalFigure: Figure = {
  name: 'journal',
  title: 'journal cut at every byte of its last records',
  goal: '~2,000 cuts: 100 % open, nothing invented',
  run: runJournalFigure,
};

async function runJournalFigure({ seed, runs, onProgress }: FigureOptions): Promise<FigureReport> {
  const journal = await writeGroups(seed, groups);
  const cuts = lastCuts(journal, cutBytes);
  const chosen = runs === null ? cuts : cuts.slice(0, runs);
  const failures = await judgeCuts(journal, chosen, openRealJournal, (done) =>
    onProgress(done, chosen.length),
  );
  const opened = chosen.length - failures.length;
  return {
    runs: chosen.length,
    result: `${((100 * opened) / chosen.length).toFixed(1)} % open with what was whole, and go on`,
    failures: failures.map((failure) => `seed ${String(seed)}: ${failure}`),
    controls: [
      {
        planted: 'a reader that trusts lengths',
        found: (await judgeCuts(journal, everySeventh(journal), openTrustingJournal)).length > 0,
      },
    ],
  };
}

/** Some of the cuts, all over the last records. */
export function everySeventh(journal: WrittenJournal): number[] {
  return lastCuts(journal, cutBytes).filter((_, index) => index % 7 === 0);
}

/** What is wrong after which cut. */
export async function judgeCuts(
  journal: WrittenJournal,
  cuts: readonly number[],
  open: OpenJournal,
  onProgress: (done: number) => void = () => {},
): Promise<string[]> {
  const failures: string[] = [];
  for (const [index, cut] of cuts.entries()) {
    const wrong = await judgeCut(journal, cut, open);
    if (wrong !== null) failures.push(`cut at byte ${String(cut)}: ${wrong}`);
    onProgress(index + 1);
  }
  return failures;
}
