import { parseArgs } from 'node:util';
import { assertNode } from '../assert-node.ts';
import { figures } from './figures.ts';
import type { Figure, FigureReport } from './figure.ts';

/*
 * `npm run faults`: what stays true when servers, network and disk fail, counted.
 *
 *     npm run faults                              the whole table
 *     npm run faults -- --only imap,send          some of its rows
 *     npm run faults -- --only imap --seed 1234 --runs 1    one run again
 *
 * Ends with 1 when a figure misses its goal or its positive control was not found.
 */

const usage = `usage: npm run faults -- [--only ${figures.map(({ name }) => name).join(',')}] [--seed N] [--runs N]`;

interface Row {
  readonly figure: Figure;
  readonly report: FigureReport;
  readonly tookMs: number;
}

assertNode();
const { only, seed, runs } = readOptions();
const rows: Row[] = [];
for (const figure of figures.filter(({ name }) => only === null || only.includes(name))) {
  const startedAt = Date.now();
  const report = await figure.run({ seed, runs, onProgress: progressOf(figure) });
  process.stderr.write('\r\u001B[K');
  for (const failure of report.failures) console.log(`${figure.name}: ${failure}\n`);
  rows.push({ figure, report, tookMs: Date.now() - startedAt });
}
printTable(rows);
process.exit(rows.length > 0 && rows.every(({ report }) => isGood(report)) ? 0 : 1);

function readOptions(): { only: readonly string[] | null; seed: number; runs: number | null } {
  try {
    const { values } = parseArgs({
      options: { only: { type: 'string' }, seed: { type: 'string' }, runs: { type: 'string' } },
    });
    const names = values.only?.split(',') ?? null;
    const unknown = names?.find((name) => !figures.some((figure) => figure.name === name));
    if (unknown !== undefined) throw new Error(`There is no figure "${unknown}".`);
    return {
      only: names,
      seed: values.seed === undefined ? 1 : wholeNumber(values.seed),
      runs: values.runs === undefined ? null : wholeNumber(values.runs),
    };
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    console.error(usage);
    process.exit(2);
  }
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`"${text}" is not a whole number.`);
  return number;
}

/** Rewrites one line on a terminal; silent elsewhere. */
function progressOf({ name }: Figure): (done: number, total: number) => void {
  if (!process.stderr.isTTY) return () => undefined;
  return (done, total) => process.stderr.write(`\r\u001B[K${name} ${done}/${total}`);
}

function isGood({ runs: count, failures, controls }: FigureReport): boolean {
  return count > 0 && failures.length === 0 && controls.length > 0 && controls.every(({ found }) => found);
}

function printTable(done: readonly Row[]): void {
  const lines = [
    ['figure', 'goal', 'runs', 'result', 'control found', 'time'],
    ...done.map(({ figure, report, tookMs }) => [
      figure.title,
      figure.goal,
      String(report.runs),
      isGood(report) ? report.result : `FAILED: ${report.result}`,
      report.controls.map(({ planted, found }) => `${planted}: ${found ? 'yes' : 'NO'}`).join('; '),
      `${Math.round(tookMs / 1_000)} s`,
    ]),
  ];
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => (line[column] ?? '').length)),
  );
  for (const line of lines) {
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join(' | ')
        .trimEnd(),
    );
  }
}
