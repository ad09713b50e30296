import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { assertNode } from './assert-node.ts';
import { appIsStale, buildApp } from './build-app.ts';
import { chooseElectron, fetchElectron } from './choose-electron.ts';

assertNode();

if (appIsStale()) {
  const { tookMs } = await buildApp();
  console.log(`Built out/ in ${(tookMs / 1000).toFixed(1)} s.`);
}

if (chooseElectron().kind === 'host' && !process.env['ELECTRON_OVERRIDE_DIST_PATH']) {
  console.log('Electron is not here; trying to fetch it (up to a minute).');
  fetchElectron(60_000);
}
const { kind, executable } = chooseElectron();
console.log(
  kind === 'Electron'
    ? `Starting in Electron: ${executable}`
    : `Electron cannot be fetched here. Starting in its host over the system's Chromium: ${executable}`,
);

const child = spawn(executable, [join(import.meta.dirname, '..'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
// Ctrl+C reaches the child too; it decides when it has ended.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('error', (error) => {
  console.error(`Cannot start ${executable}: ${error.message}`);
  process.exitCode = 1;
});
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
