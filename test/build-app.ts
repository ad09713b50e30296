import { globSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '..');
const parts = [
  { source: 'src-main', bundle: 'main' },
  { source: 'src-preload', bundle: 'preload' },
  { source: 'src-renderer', bundle: 'renderer' },
];

/**
 * Bundles main, preload and pages into out/; returns how long it took.
 *
 * The new bundles take the place of the old ones only when all three are there: a failed build leaves what worked, and a
 * desk that starts meanwhile finds every file.
 */
export async function buildApp(): Promise<{ readonly tookMs: number }> {
  const startedAt = performance.now();
  const staging = join(root, `out/.building-${process.pid}`);
  // A test runner's would bring React's development build, twice as slow, to everybody who starts this one afterwards.
  const runnersMode = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    await Promise.all(
      parts.map(({ source, bundle }) =>
        build({ configFile: join(root, source, 'vite.config.ts'), build: { outDir: join(staging, bundle) } }),
      ),
    );
    for (const { bundle } of parts) {
      const target = join(root, 'out', bundle);
      if (changedAt(target) > 0) renameSync(target, join(staging, `old-${bundle}`));
      renameSync(join(staging, bundle), target);
    }
  } finally {
    if (runnersMode === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = runnersMode;
    rmSync(staging, { recursive: true, force: true });
  }
  return { tookMs: performance.now() - startedAt };
}

/** True when a bundle is missing or older than any source. */
export function appIsStale(): boolean {
  const bundles = ['out/main/main.js', 'out/preload/preload.cjs', 'out/renderer/index.html'];
  const builtAt = Math.min(...bundles.map((path) => changedAt(join(root, path))));
  const sources = globSync(
    ['src-main/**', 'src-preload/**', 'src-renderer/**', 'src-shared/**', 'resources/**'],
    {
      cwd: root,
    },
  );
  return ['package-lock.json', ...sources].some((path) => changedAt(join(root, path)) > builtAt);
}

/** Zero for what is not there. */
function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
