import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AppFacts } from './app.ts';
import { parseCommandLine } from './command-line.ts';
import { unpackAsar } from './unpack-asar.ts';

// The application sees the arguments as Electron shows them: its own executable, then everything that was typed.
const executable =
  process.env['ELECTRON_HOST_EXECUTABLE'] ?? fileURLToPath(new URL('./electron', import.meta.url));
process.argv = [executable, ...process.argv.slice(2)];

/** The parsed arguments of this process. */
export const commandLine = parseCommandLine(process.argv.slice(1));

/** Where a packed application has its archive and what belongs to it. */
export const resourcesPath = join(dirname(executable), 'resources');
const archive = join(resourcesPath, 'app.asar');
/** A packed application is the one in the package; a host reads no archives, and unpacks it first. */
const isPackaged = existsSync(archive);

const given = isPackaged ? unpacked(archive) : resolve(commandLine.appPath ?? '.');
const isFolder = statSync(given).isDirectory();
const packagePath = findPackage(isFolder ? given : dirname(given));
const packageFacts = (packagePath ? JSON.parse(readFileSync(packagePath, 'utf8')) : {}) as {
  name?: string;
  productName?: string;
  version?: string;
  main?: string;
};

export const appFacts: AppFacts = {
  name: packageFacts.productName ?? packageFacts.name ?? 'Electron',
  version: packageFacts.version ?? '0.0.0',
  appPath: isFolder ? given : dirname(given),
  switches: commandLine.switches,
  executable,
  isPackaged,
};

/** The file whose evaluation is the application. */
export const mainPath = isFolder ? join(given, packageFacts.main ?? 'index.js') : given;

function unpacked(path: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'electron-host-app-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  unpackAsar(path, folder);
  return folder;
}

function findPackage(folder: string): string | undefined {
  const path = join(folder, 'package.json');
  if (statSync(path, { throwIfNoEntry: false })) return path;
  return dirname(folder) === folder ? undefined : findPackage(dirname(folder));
}
