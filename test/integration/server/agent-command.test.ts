import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askApi, callApi } from '#test/fakes/call-api.ts';
import { startApi, type RunningApi } from '#test/fakes/start-api.ts';
import { startPostgres, type RunningPostgres } from '#test/fakes/start-postgres.ts';
import { logIn } from './on-both-engines.ts';

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

const script = 'src-server/start.ts';
const password = 'пароль для новой работы';
// Each start of the embedded database takes its time on a busy machine.
const patienceMs = 120_000;

/** What a process says until it ends. At each prompt it is given the answer. */
async function untilEnd(
  child: ChildProcess,
  answers: readonly { readonly prompt: string; readonly answer: string }[] = [],
): Promise<Ended> {
  let output = '';
  const ended = once(child, 'exit');
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  for (const { prompt, answer } of answers) {
    await expect.poll(() => output, { timeout: patienceMs, interval: 20 }).toContain(prompt);
    child.stdin?.write(answer);
  }
  await ended;
  return { code: child.exitCode, output };
}

async function run(
  environment: Readonly<Record<string, string>>,
  flags: readonly string[],
  given: string,
): Promise<Ended> {
  const child = spawn(process.execPath, [script, ...flags], { env: { ...process.env, ...environment } });
  // It may end without having read anything.
  child.stdin.on('error', () => {});
  child.stdin.end(given);
  return await untilEnd(child);
}

describe('npm run api on PostgreSQL, beside a running API', { timeout: patienceMs }, () => {
  let postgres: RunningPostgres;
  let api: RunningApi;
  let environment: Readonly<Record<string, string>>;

  beforeAll(async () => {
    postgres = await startPostgres();
    const url = await postgres.newDatabase();
    api = await startApi({ database: { url } });
    environment = { DATABASE_URL: url, STP_DATA_DIR: await mkdtemp(path.join(tmpdir(), 'stp-api-')) };
  });
  afterAll(async () => {
    await api.close();
    await postgres.stop();
    await rm(environment['STP_DATA_DIR'] ?? '', { recursive: true, force: true });
  });

  test('adds an agent who can log in at once and whom every desk hears of', async () => {
    const added = await run(
      environment,
      ['--add-agent', 'ivanova', 'agent', 'Анна', 'Иванова'],
      `${password}\n`,
    );
    expect(added).toEqual({ code: 0, output: 'ivanova was added as agent.\n' });
    const { agent, accessToken } = await askApi(api.url, 'logIn', null, {
      body: { login: 'ivanova', password },
    });
    expect(agent).toMatchObject({ login: 'ivanova', name: 'Анна Иванова', role: 'agent', disabled: false });
    const { changes } = await askApi(api.url, 'pullChanges', accessToken, { query: { after: 0 } });
    expect(changes).toContainEqual(expect.objectContaining({ entity: 'agent', state: agent }));
  });

  test('gives a lost administrator a new password and ends every session', async () => {
    const token = await logIn(api.url, api.adminLogin, api.adminPassword);
    const changed = await run(environment, ['--set-password', api.adminLogin], password);
    expect(changed.code).toBe(0);
    expect(changed.output).not.toContain(password);
    const before = await callApi(api.url, 'listAgents', token, {});
    expect(before).toMatchObject({ ok: false, status: 401 });
    const body = { login: api.adminLogin, password: api.adminPassword };
    expect(await callApi(api.url, 'logIn', null, { body })).toMatchObject({ ok: false, status: 401 });
    await logIn(api.url, api.adminLogin, password);
  });

  test('asks twice at a terminal and echoes nothing', async () => {
    const line = `${process.execPath} ${script} --set-password admin`;
    const env = { ...process.env, ...environment };
    const ask = async (first: string, second: string): Promise<Ended> =>
      await untilEnd(spawn('script', ['-qec', line, '/dev/null'], { env }), [
        { prompt: 'New password: ', answer: `${first}\r` },
        { prompt: 'Once more: ', answer: `${second}\r` },
      ]);
    const typed = await ask('typed at a terminal', 'typed at a terminal');
    expect(typed.code, typed.output).toBe(0);
    expect(typed.output).not.toContain('typed');
    await logIn(api.url, 'admin', 'typed at a terminal');
    const differing = await ask('typed at a terminal 2', 'typed at a terminal 3');
    expect(differing).toMatchObject({ code: 1, output: expect.stringContaining('Nothing was changed.') });
    await logIn(api.url, 'admin', 'typed at a terminal');
  });

  test.each([
    { flags: ['--add-agent', 'admin', 'admin', 'Again'], says: 'The login is taken.', code: 1 },
    {
      flags: ['--add-agent', 'short', 'agent', 'Short'],
      given: 'too short',
      says: 'fewer than 10 characters',
      code: 1,
    },
    { flags: ['--add-agent', 'petrov', 'boss', 'Пётр'], says: 'read-only, agent, senior, admin', code: 2 },
    { flags: ['--add-agent', 'Пётр', 'agent', 'Пётр'], says: 'small Latin letters', code: 2 },
    { flags: ['--add-agent', 'petrov', 'agent'], says: 'Usage:', code: 2 },
    { flags: ['--set-password', 'nobody'], says: 'There is no such agent.', code: 1 },
    { flags: ['--set-password', 'admin'], given: `${password}\n${password}`, says: 'one line', code: 1 },
    { flags: ['--set-password', 'admin', password], says: 'Usage:', code: 2 },
    { flags: ['--set-password', 'admin', '--restored'], says: 'Usage:', code: 2 },
    { flags: ['--password', password], says: 'Usage:', code: 2 },
  ])(
    'refuses $flags with a sentence and changes nothing',
    async ({ flags, given = password, says, code }) => {
      const refused = await run(environment, flags, given);
      expect(refused).toMatchObject({ code, output: expect.stringContaining(says) });
      expect(refused.output).not.toContain(password);
    },
  );
});

test(
  'the embedded database asks for the API to be stopped, then takes the change',
  { timeout: 3 * patienceMs },
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'stp-api-'));
    const environment = { STP_DATA_DIR: folder, PORT: '0' };
    const api = spawn(process.execPath, [script], { env: { ...process.env, ...environment } });
    try {
      let said = '';
      api.stdout.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
      await expect.poll(() => said, { timeout: patienceMs }).toContain('password: ');
      const flags = ['--add-agent', 'ivanova', 'senior', 'Анна Иванова'];
      const refused = await run(environment, flags, password);
      expect(refused).toMatchObject({
        code: 1,
        output: expect.stringContaining('Stop the ticket API first'),
      });
      api.kill('SIGTERM');
      await once(api, 'exit');
      expect(await run(environment, flags, password)).toEqual({
        code: 0,
        output: 'ivanova was added as senior.\n',
      });
      const again = await run(environment, flags, password);
      expect(again).toEqual({ code: 1, output: 'The login is taken.\n' });
    } finally {
      if (api.exitCode === null && api.signalCode === null) api.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    }
  },
);

test(
  'an empty database gets its administrator from the first start, not an agent without one',
  { timeout: patienceMs },
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'stp-api-'));
    try {
      const refused = await run(
        { STP_DATA_DIR: folder },
        ['--add-agent', 'ivanova', 'agent', 'Анна'],
        password,
      );
      expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('There are no agents yet') });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);
