import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const root = import.meta.dirname;

/** Has the desk's own code read while the entry, which opens the cache, is at work. */
const readAhead: Plugin = {
  name: 'read-ahead',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle = {}, path }) =>
      path.endsWith('index.html')
        ? Object.keys(bundle)
            .filter((name) => /\/(?:desk|keeper-parts)-[\w-]+\.js$/u.test(name))
            .map((name) => ({
              tag: 'link',
              attrs: { rel: 'modulepreload', href: `./${name}` },
              injectTo: 'head' as const,
            }))
        : [],
  },
};

// Relative addresses only: the pages never name their origin, which differs between Electron and the host of tests.
export default defineConfig({
  root,
  base: './',
  logLevel: 'warn',
  plugins: [react(), readAhead],
  worker: { format: 'es' },
  build: {
    target: 'chrome140',
    outDir: '../out/renderer',
    emptyOutDir: true,
    // The pages' CSP allows no inline data as script or worker.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      input: { index: `${root}/index.html`, keeper: `${root}/keeper.html` },
      output: {
        // A few files for what is needed at once: each takes a way to the main process and back. The keeper's are apart
        // from the desk's, which it is not to read.
        codeSplitting: {
          groups: [
            {
              name: 'start',
              test: /src-renderer\/(?:profile-keeper|state\/use-preferences|ui\/dress)\.ts$|cache-client\.ts$|preload-helper/u,
              priority: 3,
            },
            {
              name: 'keeper-parts',
              test: /src-renderer\/(?:attention\/|cache\/queue-listing)|src-shared\/(?:calendar|regulation|sla)\//u,
              priority: 2,
            },
            { name: 'desk', test: /src-renderer\/show-desk\.tsx$/u, priority: 1 },
          ],
        },
      },
    },
  },
});
