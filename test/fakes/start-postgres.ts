import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

export interface RunningPostgres {
  /** For `DATABASE_URL`; each call of {@link newDatabase} gives another, empty database. */
  readonly url: string;
  /** Creates an empty database and returns its URL. */
  newDatabase(): Promise<string>;
  stop(): Promise<void>;
}

const startDeadlineMs = 60_000;

/**
 * Starts Debian's own PostgreSQL on a free loopback port, its data in a folder of its own that `stop` removes.
 *
 * PostgreSQL refuses to run as root; as root it is started as the package's user `postgres`. `durable` keeps fsync on,
 * as benchmarks need it.
 */
export async function startPostgres({ durable = false } = {}): Promise<RunningPostgres> {
  const bin = await findBin();
  const user = await unprivilegedUser();
  const folder = await mkdtemp(path.join(tmpdir(), 'stp-postgres-'));
  if (user !== null) await chown(folder, user.uid, user.gid);
  const data = path.join(folder, 'data');
  const as = { ...user, cwd: folder };
  const locale = ['--locale=C.UTF-8', '--encoding=UTF8'];
  await run(
    path.join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', ...locale],
    as,
  );
  const { server, url } = await launch(path.join(bin, 'postgres'), data, durable, as);
  const killWithUs = (): void => {
    server.kill('SIGQUIT');
  };
  process.once('exit', killWithUs);
  let databases = 0;
  return {
    url,
    newDatabase: async () => {
      databases += 1;
      const name = `test_${databases}`;
      await execute(url, `create database ${name}`);
      return url.replace(/postgres$/u, name);
    },
    stop: async () => {
      process.off('exit', killWithUs);
      // Fast shutdown: open connections are ended.
      if (server.exitCode === null && server.kill('SIGINT')) await once(server, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A port that was free a moment ago may be taken by the time the server wants it: then another one is tried. */
async function launch(
  program: string,
  data: string,
  durable: boolean,
  as: { readonly uid?: number; readonly gid?: number; readonly cwd: string },
  attempts = 3,
): Promise<{ readonly server: ChildProcess; readonly url: string }> {
  const port = await freePort();
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: as.cwd,
    max_connections: '60',
    fsync: durable ? 'on' : 'off',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(program, ['-D', data, ...options], { ...as, stdio: ['ignore', 'ignore', 'pipe'] });
  let words = '';
  server.stderr.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-2000)));
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  try {
    await untilReady(url, server);
    return { server, url };
  } catch (error) {
    if (server.exitCode === null) server.kill('SIGQUIT');
    if (attempts > 1) return await launch(program, data, durable, as, attempts - 1);
    throw new Error(`PostgreSQL did not start.\n${words}`, { cause: error });
  }
}

async function findBin(): Promise<string> {
  const root = '/usr/lib/postgresql';
  const versions = await readdir(root).catch(() => []);
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  if (newest === undefined) throw new Error(`No PostgreSQL in ${root}: apt-get install postgresql`);
  return path.join(root, newest, 'bin');
}

async function unprivilegedUser(): Promise<{ readonly uid: number; readonly gid: number } | null> {
  if (process.getuid?.() !== 0) return null;
  const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + startDeadlineMs;
  for (;;) {
    try {
      await execute(url, 'select 1');
      return;
    } catch (error) {
      if (server.exitCode !== null || Date.now() > deadline) throw error;
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
    }
  }
}

async function execute(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
