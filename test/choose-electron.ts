import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = join(import.meta.dirname, '..');
const hostFolder = join(import.meta.dirname, 'electron-host');
const packageFolder = join(root, 'node_modules/electron');

/** Electron itself, or the host that stands in for it where it cannot be downloaded. */
export interface ElectronChoice {
  readonly kind: 'Electron' | 'host';
  /** What ELECTRON_OVERRIDE_DIST_PATH must be for this choice; undefined when nothing must be overridden. */
  readonly distPath: string | undefined;
  readonly executable: string;
}

/** Electron when its binary is there, also by ELECTRON_OVERRIDE_DIST_PATH; else the host. */
export function chooseElectron(): ElectronChoice {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const pathFile = join(packageFolder, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron';
  if (override) {
    const distPath = resolve(root, override);
    const kind = distPath === hostFolder ? 'host' : 'Electron';
    return { kind, distPath, executable: join(distPath, name) };
  }
  const own = join(packageFolder, 'dist', name);
  if (existsSync(own)) return { kind: 'Electron', distPath: undefined, executable: own };
  return { kind: 'host', distPath: hostFolder, executable: join(hostFolder, 'electron') };
}

/** Fetches Electron's binary when it is missing; false when that cannot be done here. */
export function fetchElectron(longestMs: number): boolean {
  const { status } = spawnSync(process.execPath, [join(packageFolder, 'install.js')], {
    timeout: longestMs,
    stdio: 'ignore',
  });
  return status === 0 && chooseElectron().kind === 'Electron';
}
