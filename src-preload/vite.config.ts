import { defineConfig } from 'vite';
import { bridgeCalls, bridgeEvents } from '../src-shared/bridge/contract.ts';

// One CommonJS file: a sandboxed preload can neither import nor require another.
export default defineConfig({
  root: import.meta.dirname,
  logLevel: 'warn',
  define: {
    bridgeCallNames: JSON.stringify(Object.keys(bridgeCalls)),
    bridgeEventNames: JSON.stringify(Object.keys(bridgeEvents)),
  },
  build: {
    target: 'chrome140',
    outDir: '../out/preload',
    emptyOutDir: true,
    minify: false,
    lib: { entry: 'preload.ts', formats: ['cjs'], fileName: () => 'preload.cjs' },
    rolldownOptions: { external: ['electron'] },
  },
});
