import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defineConfig } from 'vite';

const root = import.meta.dirname;
// A worker thread is loaded by its name: out/main/<name>-worker.js.
const workers = globSync('**/*-worker.ts', { cwd: root }).map((path) => [
  basename(path, '.ts'),
  join(root, path),
]);

// Everything but Electron and Node is bundled, so that the package carries no node_modules.
export default defineConfig({
  root,
  logLevel: 'warn',
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: true,
    target: 'node24',
    outDir: '../out/main',
    emptyOutDir: true,
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: {
        main: join(root, 'electron/main.ts'),
        ...(Object.fromEntries(workers) as Record<string, string>),
      },
      external: ['electron'],
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
    },
  },
});
