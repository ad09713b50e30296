import type { ChildProcess } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { v7 as newUuid } from 'uuid';
import type { OperationId, TicketId } from '#shared/ids.ts';
import { askApi } from '#test/fakes/call-api.ts';
import { startPostgres } from '#test/fakes/start-postgres.ts';
import { logIn } from './on-both-engines.ts';
import { killAll, passwordLine, patienceMs, startProgram, urlLine } from './start-program.ts';

const root = path.join(import.meta.dirname, '../../..');

/* The folder that `npm run build:api` makes, as an administrator would use it: copied to where no node_modules are. */

describe('the bundle of the ticket API', { timeout: 3 * patienceMs }, () => {
  let folder: string;
  let installed: string;
  const running: ChildProcess[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'stp-bundle-'));
    const built = path.join(folder, 'built');
    await build({ configFile: path.join(root, 'src-server/vite.config.ts'), build: { outDir: built } });
    installed = path.join(folder, 'opt/stp-api');
    await cp(built, installed, { recursive: true });
    await rm(built, { recursive: true });
  }, patienceMs);
  afterAll(async () => {
    await killAll(running);
    await rm(folder, { recursive: true, force: true });
  });

  const start = (environment: Readonly<Record<string, string>>, ...flags: string[]) => {
    const api = startProgram(path.join(installed, 'start.js'), flags, environment, folder);
    running.push(api.process);
    return api;
  };

  test('holds the program, the embedded database’s files and what systemd needs, and nothing else', async () => {
    expect((await readdir(installed)).toSorted()).toEqual([
      'initdb.wasm',
      'package.json',
      'pglite.data',
      'pglite.wasm',
      'start.js',
      'start.js.map',
      'stp-api.env.example',
      'stp-api.service',
    ]);
  });

  test.each(['pglite', 'postgres'] as const)('serves from elsewhere on %s', async (engine) => {
    const postgres = engine === 'postgres' ? await startPostgres() : null;
    try {
      const dataFolder = path.join(folder, engine);
      const database: Readonly<Record<string, string>> =
        postgres === null ? {} : { DATABASE_URL: postgres.url };
      const api = start({ STP_DATA_DIR: dataFolder, ...database });
      const url = await api.line(urlLine);
      const token = await logIn(url, 'admin', await api.line(passwordLine));
      const ticketId = newUuid() as TicketId;
      const { answers } = await askApi(url, 'pushOperations', token, {
        body: {
          operations: [
            {
              id: newUuid() as OperationId,
              ticketId,
              kind: 'create-ticket',
              madeAt: Date.now(),
              token: '0123ABCD',
              channel: 'phone',
              subject: 'Звонок',
              client: { name: '', address: '', phone: '1' },
            },
          ],
        },
      });
      expect(answers).toMatchObject([{ outcome: 'applied' }]);
      const { changes } = await askApi(url, 'pullChanges', token, { query: { after: 0 } });
      expect(changes.map(({ entity }) => entity)).toEqual(['agent', 'activity', 'ticket']);
      expect((await stat(path.join(dataFolder, 'secret.key'))).mode & 0o777).toBe(0o600);
      api.process.kill('SIGTERM');
      expect(await api.ended).toBe(0);
    } finally {
      await postgres?.stop();
    }
  });

  test('says how it is to be called where it was installed', async () => {
    const api = start({}, '--help');
    expect(await api.ended).toBe(2);
    expect(api.output()).toContain(`Usage: node ${path.join(installed, 'start.js')} [--restored]`);
  });
});
