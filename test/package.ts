import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assertNode } from './assert-node.ts';
import { appIsStale, buildApp } from './build-app.ts';
import { chooseElectron, fetchElectron } from './choose-electron.ts';
import { packerChanges, stageHost } from './electron-distribution.ts';

/*
 * `npm run package`: builds, then runs electron-builder with electron-builder.yml. Arguments go to electron-builder:
 * `--dir` for the unpacked application alone, `--linux`, `--win`.
 */

const root = join(import.meta.dirname, '..');
const args = process.argv.slice(2);
const forWindows = args.some((arg) => arg === '--win' || arg === '-w' || arg === '--windows');

assertNode();
if (appIsStale()) {
  const { tookMs } = await buildApp();
  console.log(`Built out/ in ${(tookMs / 1000).toFixed(1)} s.`);
}

if (chooseElectron().kind === 'host' && !process.env['ELECTRON_OVERRIDE_DIST_PATH']) {
  console.log('Electron is not here; trying to fetch it (up to a minute).');
  fetchElectron(60_000);
}
const { kind } = chooseElectron();
const hostFolder = kind === 'host' ? join(root, 'out/packed-electron-host') : null;
if (hostFolder === null) {
  console.log('Packing Electron. Its fuses are set as electron-builder.yml says.');
} else if (forWindows) {
  console.error('Electron cannot be fetched here, and its host runs on Linux only: nothing was packed.');
  process.exit(1);
} else {
  stageHost(hostFolder);
  console.log(
    "Electron cannot be fetched here: its host over this machine's Chromium is packed in its place. The package runs on" +
      ' this machine only. Fuses are NOT set: they are bytes of a genuine Electron binary.',
  );
}

mkdirSync(join(root, 'out'), { recursive: true });
const config = join(root, 'out/electron-builder.json');
const changes = packerChanges(hostFolder, process.env);
writeFileSync(config, JSON.stringify({ extends: 'electron-builder.yml', ...changes }, null, 2));
const { status } = spawnSync(
  process.execPath,
  [
    fileURLToPath(import.meta.resolve('electron-builder/cli.js')),
    '--config',
    config,
    '--publish',
    'never',
    ...args,
  ],
  { cwd: root, stdio: 'inherit' },
);
process.exit(status ?? 1);
