import { assertNode } from '../assert-node.ts';
import { ensureSystemPackages } from '../system-packages.ts';

/* `npm run bench -- NAME`: measures one part against its named peers in one run and prints ratios. */

assertNode();
const benches: Readonly<Record<string, () => Promise<{ run(): Promise<void> }>>> = {
  mailbox: async () => {
    ensureSystemPackages(['chromium', 'dovecot', 'openssl', 'isync', 'postgresql']);
    return import('./mailbox.ts');
  },
  api: async () => {
    ensureSystemPackages(['postgresql']);
    return import('./api.ts');
  },
  cache: async () => {
    ensureSystemPackages(['chromium']);
    return import('./cache.ts');
  },
  sla: async () => import('./sla.ts'),
  ui: async () => {
    ensureSystemPackages(['chromium', 'dovecot', 'openssl', 'postgresql']);
    return import('./ui.ts');
  },
};

const name = process.argv[2];
const load = name === undefined ? undefined : benches[name];
if (load === undefined) {
  console.error(`usage: npm run bench -- ${Object.keys(benches).join('|')}`);
  process.exit(2);
}
const bench = await load();
await bench.run();
process.exit(0);
