import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AppFacts } from './app.ts';
import { parseCommandLine } from './command-line.ts';

// The application sees the arguments as Electron shows them: its own executable, then everything that was typed.
process.argv = [fileURLToPath(new URL('./electron', import.meta.url)), ...process.argv.slice(2)];

/** The parsed arguments of this process. */
export const commandLine = parseCommandLine(process.argv.slice(1));

const given = resolve(commandLine.appPath ?? '.');
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
};

/** The file whose evaluation is the application. */
export const mainPath = isFolder ? join(given, packageFacts.main ?? 'index.js') : given;

function findPackage(folder: string): string | undefined {
  const path = join(folder, 'package.json');
  if (statSync(path, { throwIfNoEntry: false })) return path;
  return dirname(folder) === folder ? undefined : findPackage(dirname(folder));
}
