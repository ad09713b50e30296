import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { chooseElectron } from '../choose-electron.ts';

const { kind, distPath } = chooseElectron();
// Playwright finds Electron through the package, which has this switch for another distribution.
if (distPath !== undefined) process.env['ELECTRON_OVERRIDE_DIST_PATH'] = distPath;

export default defineConfig({
  testDir: import.meta.dirname,
  outputDir: join(import.meta.dirname, '../../out/e2e'),
  // Each file has a service of its own, on ports and in folders that nobody else has.
  workers: 2,
  // A busy machine is slow, not wrong: conditions are awaited for long.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  // On a machine that does other things besides, a window may be late once; `npm test` names what needed the second try.
  retries: process.env['CI'] === undefined ? 0 : 1,
  reporter: 'list',
  projects: [{ name: kind }],
});
