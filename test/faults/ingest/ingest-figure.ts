import type { Figure, FigureOptions, FigureReport } from '../figure.ts';
import { runManyDesks } from './many-desks.ts';

const desks = 10;
const letters = 5_000;

/** Ten desks, none of which knows of the others, ingest one mailbox into the real API on PostgreSQL. */
export const ingestFigure: Figure = {
  name: 'ingest',
  title: `${String(desks)} desks ingest one mailbox of ${String(letters)} letters`,
  goal: 'each letter on exactly one ticket',
  run: runIngestFigure,
};

async function runIngestFigure({ seed, runs, onProgress }: FigureOptions): Promise<FigureReport> {
  const count = runs ?? 1;
  const failures: string[] = [];
  for (let run = 0; run < count; run += 1) {
    const world = { seed: seed + run, desks, letters, identities: 'of the letter' } as const;
    const before = run * desks * letters;
    const wrong = await runManyDesks(world, (submitted) =>
      onProgress(before + submitted, count * desks * letters),
    );
    if (wrong.length > 0) {
      const first = wrong.slice(0, 10).join('; ');
      failures.push(`seed ${String(world.seed)}: ${String(wrong.length)} differences: ${first}`);
    }
  }
  const planted = await runManyDesks({ seed, desks: 2, letters: 60, identities: 'of each desk' });
  return {
    runs: count * desks * letters,
    result: `${String(letters)} letters, ${String(failures.length)} mailboxes with differences`,
    failures,
    controls: [{ planted: 'no deduplication', found: planted.length > 0 }],
  };
}
