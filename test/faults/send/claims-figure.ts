import type { Figure, FigureOptions, FigureReport } from '../figure.ts';
import { planRace, runRace } from './race-claims.ts';

const races = 60;

/** Two desks with one letter: the claim of its Message-ID lets one of them send. */
export const claimsFigure: Figure = {
  name: 'claims',
  title: 'two desks, one Message-ID',
  goal: '60 races: one sends, once',
  run: runClaimsFigure,
};

async function runClaimsFigure({ seed, runs, onProgress }: FigureOptions): Promise<FigureReport> {
  const count = runs ?? races;
  const failures = await judgeRaces(seed, count, 'asked', onProgress);
  const unclaimed = await judgeRaces(seed, 4, 'always granted');
  return {
    runs: count,
    result: `${String(count - failures.length)} sent once by one desk, held by the other`,
    failures,
    controls: [{ planted: 'claims always granted', found: unclaimed.length > 0 }],
  };
}

/** What is wrong in which race. */
export async function judgeRaces(
  seed: number,
  count: number,
  claims: 'asked' | 'always granted',
  onProgress: (done: number, total: number) => void = () => {},
): Promise<string[]> {
  const failures: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const race = planRace(seed + index);
    const wrong = await runRace(race, claims);
    if (wrong.length > 0)
      failures.push(`seed ${String(race.seed)}: ${wrong.join('; ')} ${JSON.stringify(race)}`);
    onProgress(index + 1, count);
  }
  return failures;
}
