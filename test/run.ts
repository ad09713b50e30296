import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
}));
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
  } | null;
  if (result === null) return { passed: 0, failed: 1, skipped: 0 };
  const failed = Math.max(result.numFailedTests, status === 0 ? 0 : 1);
  return { passed: result.numPassedTests, failed, skipped: result.numPendingTests + result.numTodoTests };
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
  } | null;
  if (result === null) return { passed: 0, failed: 1, skipped: 0 };
  const { expected, unexpected, flaky, skipped } = result.stats;
  if (flaky > 0) console.log(`${flaky} end-to-end tests passed only when tried again (marked "flaky" above)`);
  return { passed: expected + flaky, failed: Math.max(unexpected, status === 0 ? 0 : 1), skipped };
}

/** Null where the runner died before it could write one. */
function readReport(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
