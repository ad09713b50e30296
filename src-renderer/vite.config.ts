import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = import.meta.dirname;

// Relative addresses only: the pages never name their origin, which differs between Electron and the host of tests.
export default defineConfig({
  root,
  base: './',
  logLevel: 'warn',
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    target: 'chrome140',
    outDir: '../out/renderer',
    emptyOutDir: true,
    // The pages' CSP allows no inline data as script or worker.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { input: { index: `${root}/index.html`, keeper: `${root}/keeper.html` } },
  },
});
