import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { assertNode } from './assert-node.ts';
import { ensureSystemPackages } from './system-packages.ts';

/*
 * `npm test`: everything there is, on real parts. Arguments are passed to vitest as filters; with any, the end-to-end
 * tests are left out.
 */

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What failed, and where: said once more at the end, where a reader of a long output looks first. */
  readonly failures: readonly string[];
}

const root = new URL('..', import.meta.url).pathname;
const reports = mkdtempSync(join(tmpdir(), 'stp-test-'));
const filters = process.argv.slice(2);

assertNode();
ensureSystemPackages(['chromium', 'fonts', 'dovecot', 'postgresql', 'openssl']);
step('build', ['test/build.ts']);
const counts = [vitest()];
if (filters.length === 0) counts.push(playwright());
rmSync(reports, { recursive: true, force: true });

const total = counts.reduce((sum, count) => ({
  passed: sum.passed + count.passed,
  failed: sum.failed + count.failed,
  skipped: sum.skipped + count.skipped,
  failures: [...sum.failures, ...count.failures],
}));
for (const failure of total.failures) console.log(`failed: ${failure}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);

/** Runs one of our own scripts; the rest makes no sense when it fails. */
function step(name: string, args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status === 0) return;
  console.error(`${name} failed`);
  console.log('0 passed, 1 failed, 0 skipped');
  process.exit(1);
}

function vitest(): Count {
  const report = join(reports, 'vitest.json');
  const { status } = spawnSync(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--config=test/vitest.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...filters,
    ],
    { cwd: root, stdio: 'inherit' },
  );
  const result = readReport(report) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numTodoTests: number;
    testResults: {
      name: string;
      status: string;
      message: string;
      assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
    }[];
  } | null;
  if (result === null) return died('vitest', status);
  const failures = result.testResults.flatMap(({ name, status: file, message, assertionResults }) => {
    const tests = assertionResults
      .filter((test) => test.status === 'failed')
      .map((test) => `${relative(root, name)} › ${test.fullName}: ${firstLine(test.failureMessages[0])}`);
    return tests.length === 0 && file === 'failed'
      ? [`${relative(root, name)}: ${firstLine(message)}`]
      : tests;
  });
  if (status !== 0 && failures.length === 0)
    failures.push(`vitest ended with ${status}: an error outside of any test`);
  return {
    passed: result.numPassedTests,
    failed: Math.max(result.numFailedTests, failures.length),
    skipped: result.numPendingTests + result.numTodoTests,
    failures,
  };
}

function playwright(): Count {
  const report = join(reports, 'playwright.json');
  const { status } = spawnSync(
    process.execPath,
    [
      'node_modules/@playwright/test/cli.js',
      'test',
      '--config=test/e2e/playwright.config.ts',
      '--reporter=list,json',
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report } },
  );
  const result = readReport(report) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
    suites: Suite[];
  } | null;
  if (result === null) return died('playwright', status);
  const { expected, unexpected, flaky, skipped } = result.stats;
  const specs = result.suites.flatMap(specsOf);
  for (const flakySpec of specs.filter(({ tests }) => tests.some((test) => test.status === 'flaky')))
    console.log(`passed only when tried again: ${flakySpec.file} › ${flakySpec.title}`);
  const failures = specs.filter(({ ok }) => !ok).map(({ file, title }) => `${file} › ${title}`);
  if (status !== 0 && failures.length === 0)
    failures.push(`playwright ended with ${status}: an error outside of any test`);
  return { passed: expected + flaky, failed: Math.max(unexpected, failures.length), skipped, failures };
}

interface Suite {
  readonly suites?: readonly Suite[];
  readonly specs: readonly Spec[];
}

interface Spec {
  readonly title: string;
  readonly file: string;
  readonly ok: boolean;
  readonly tests: readonly { readonly status: string }[];
}

function specsOf({ suites = [], specs }: Suite): readonly Spec[] {
  return [...specs, ...suites.flatMap(specsOf)];
}

function died(runner: string, status: number | null): Count {
  return {
    passed: 0,
    failed: 1,
    skipped: 0,
    failures: [`${runner} ended with ${status} and left no report`],
  };
}

function firstLine(message = ''): string {
  return message.replace(/\n.*$/s, '');
}

/** Null where the runner died before it could write one. */
function readReport(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
