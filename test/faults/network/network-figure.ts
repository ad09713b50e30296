import type { Figure, FigureOptions, FigureReport } from '../figure.ts';
import { planCut } from './cut-plan.ts';
import { runCuts, type Recovery } from './run-cuts.ts';

const recoveries = 100;
const desks = 4;
const goalMs = 5_000;

/** Whole desks whose network goes and comes back: until nothing that waited at either end waits any more. */
export const networkFigure: Figure = {
  name: 'network',
  title: 'network cuts, desks back at work after the network is back',
  goal: `${String(recoveries)} recoveries, p95 <= ${String(goalMs / 1_000)} s`,
  run: runNetworkFigure,
};

async function runNetworkFigure({ seed, runs, onProgress }: FigureOptions): Promise<FigureReport> {
  const count = Math.ceil((runs ?? recoveries) / desks);
  const cuts = Array.from({ length: count }, (_, index) => planCut(seed + index));
  const done = await runCuts({ cuts, desks, lateMs: 0 }, (some) => onProgress(some, count * desks));
  const late = await runCuts({
    cuts: [{ trouble: 'refused', ways: ['api', 'imap', 'smtp'], lastsMs: 500 }],
    desks: 1,
    lateMs: goalMs + 1_000,
  });
  return {
    runs: done.length,
    result: `p50 ${seconds(percentile(done, 0.5))}, p95 ${seconds(percentile(done, 0.95))}, longest ${seconds(percentile(done, 1))}`,
    failures: judge(done),
    controls: [{ planted: 'network back 6 s late', found: judge(late).length > 0 }],
  };
}

/** What is wrong; empty when every desk came back, and all but five of a hundred in time. */
export function judge(done: readonly Recovery[]): string[] {
  const never = done.filter(({ lacks }) => lacks.length > 0);
  const failures = never.map((one) => `never recovered: ${JSON.stringify(one)}`);
  if (percentile(done, 0.95) <= goalMs) return failures;
  const slow = done.filter(({ tookMs }) => tookMs > goalMs);
  return [...failures, ...slow.map((one) => `too late: ${JSON.stringify(one)}`)];
}

/** The time within which that share had recovered. */
function percentile(done: readonly Recovery[], share: number): number {
  const times = done.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b);
  return times[Math.max(0, Math.ceil(times.length * share) - 1)] ?? 0;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
