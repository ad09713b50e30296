import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const root = import.meta.dirname;
const pglite = dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'));
const resources = join(root, '../resources/api');

/** What must lie beside the program: the embedded database looks for its files there, Node for the module type. */
function filesBeside(): Plugin {
  const copied = [
    ...['pglite.wasm', 'pglite.data', 'initdb.wasm'].map((name) => join(pglite, name)),
    ...['stp-api.service', 'stp-api.env.example'].map((name) => join(resources, name)),
  ];
  const { version, engines } = JSON.parse(readFileSync(join(root, '../package.json'), 'utf8')) as {
    version: string;
    engines: object;
  };
  const manifest = { name: 'stp-console-api', version, private: true, type: 'module', engines };
  return {
    name: 'files-beside',
    generateBundle() {
      for (const path of copied) {
        this.emitFile({ type: 'asset', fileName: basename(path), source: readFileSync(path) });
      }
      const source = `${JSON.stringify(manifest, null, 2)}\n`;
      this.emitFile({ type: 'asset', fileName: 'package.json', source });
    },
  };
}

// Everything but Node is bundled, so that `node start.js` runs wherever the folder is copied to.
export default defineConfig({
  root,
  logLevel: 'warn',
  plugins: [filesBeside()],
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: true,
    target: 'node24',
    outDir: '../out/api',
    emptyOutDir: true,
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      // The embedded database's own glue evaluates code of its own.
      checks: { eval: false },
      input: { start: join(root, 'start.ts') },
      output: { format: 'es', entryFileNames: '[name].js', codeSplitting: false },
    },
  },
});
