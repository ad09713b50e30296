import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '..');
const folders = ['src-main', 'src-preload', 'src-renderer'];

/** Bundles main, preload and pages into out/; returns how long it took. */
export async function buildApp(): Promise<{ readonly tookMs: number }> {
  const startedAt = performance.now();
  await Promise.all(folders.map((folder) => build({ configFile: join(root, folder, 'vite.config.ts') })));
  return { tookMs: performance.now() - startedAt };
}

/** True when a bundle is missing or older than any source. */
export function appIsStale(): boolean {
  const bundles = ['out/main/main.js', 'out/preload/preload.cjs', 'out/renderer/index.html'];
  const builtAt = Math.min(...bundles.map(changedAt));
  const sources = globSync(
    ['src-main/**', 'src-preload/**', 'src-renderer/**', 'src-shared/**', 'resources/**'],
    {
      cwd: root,
    },
  );
  return ['package-lock.json', ...sources].some((path) => changedAt(path) > builtAt);
}

function changedAt(path: string): number {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
