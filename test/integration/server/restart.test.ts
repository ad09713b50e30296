import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { v7 as newUuid } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ArticleId } from '#shared/ids.ts';
import { askApi } from '#test/fakes/call-api.ts';
import { makeCertificates } from '#test/fakes/make-certificates.ts';
import { startPostgres } from '#test/fakes/start-postgres.ts';
import { logIn, mailboxBody } from './on-both-engines.ts';
import {
  killAll,
  passwordLine,
  patienceMs,
  startProgram,
  urlLine,
  type StartedProgram,
} from './start-program.ts';

describe('npm run api', { timeout: 3 * patienceMs }, () => {
  let folder: string;
  const running: ChildProcess[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'stp-api-'));
  });
  afterEach(async () => {
    await killAll(running.splice(0));
    await rm(folder, { recursive: true, force: true });
  });

  const start = (environment: Readonly<Record<string, string>> = {}, ...flags: string[]): StartedProgram => {
    const dataFolder = path.join(folder, 'data');
    const api = startProgram('src-server/start.ts', flags, { STP_DATA_DIR: dataFolder, ...environment });
    running.push(api.process);
    return api;
  };

  test('keeps everything in its folder through a kill, shows the password once and takes one at a time', async () => {
    const first = start();
    const url = await first.line(urlLine);
    const password = await first.line(passwordLine);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/u);
    const token = await logIn(url, 'admin', password);
    await askApi(url, 'putMailbox', token, { body: mailboxBody });
    const id = newUuid() as ArticleId;
    const article = { title: 'Как сменить пароль', url: 'https://example.by/a', keywords: [] };
    await askApi(url, 'putArticle', token, { params: { id }, body: article });
    const { epoch } = await askApi(url, 'pullChanges', token, { query: { after: 0 } });
    const data = path.join(folder, 'data');
    expect((await stat(data)).mode & 0o777).toBe(0o700);
    expect((await stat(path.join(data, 'secret.key'))).mode & 0o777).toBe(0o600);

    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`in use by process ${first.process.pid}`);

    first.process.kill('SIGKILL');
    await first.ended;
    const third = start({}, '--restored');
    const again = await third.line(urlLine);
    // The token is still good, the sealed record opens, nothing is lost.
    const page = await askApi(again, 'pullChanges', token, { query: { after: 0 } });
    expect(page.changes).toContainEqual(
      expect.objectContaining({ entity: 'article', state: { id, ...article } }),
    );
    expect(page.epoch).not.toBe(epoch);
    const { mailbox } = await askApi(again, 'getMailbox', token, {});
    expect(mailbox?.imap.password).toBe(mailboxBody.imap.password);
    expect(third.output()).not.toMatch(passwordLine);

    third.process.kill('SIGTERM');
    expect(await third.ended).toBe(0);
    expect((await readdir(data)).sort()).toEqual(['pglite', 'secret.key']);
  });

  test('serves HTTPS from certificate files, ends live streams on SIGTERM and prints no secret to its log', async () => {
    const postgres = await startPostgres();
    try {
      const { ca, certificate, key } = await makeCertificates(folder);
      const api = start({ DATABASE_URL: postgres.url, STP_TLS_CERT: certificate, STP_TLS_KEY: key });
      const url = (await api.line(urlLine)).replace('127.0.0.1', 'localhost');
      const password = await api.line(passwordLine);
      const script = `
        const login = await (await fetch(process.argv[1] + '/v1/login', { method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ login: 'admin', password: process.argv[2] }) })).json();
        const live = await fetch(process.argv[1] + '/v1/changes/live',
          { headers: { authorization: 'Bearer ' + login.accessToken } });
        console.log('connected');
        for await (const chunk of live.body) void chunk;
        console.log('ended');`;
      const client = spawn(process.execPath, ['--input-type=module', '-e', script, url, password], {
        env: { ...process.env, NODE_EXTRA_CA_CERTS: ca },
      });
      running.push(client);
      let said = '';
      for (const stream of [client.stdout, client.stderr]) {
        stream.on('data', (text: Buffer) => {
          said += text.toString();
        });
      }
      await expect.poll(() => said, { timeout: patienceMs }).toContain('connected');
      api.process.kill('SIGTERM');
      expect(await api.ended).toBe(0);
      await expect.poll(() => said, { timeout: patienceMs }).toContain('ended');
      const json = api
        .output()
        .split('\n')
        .filter((line) => line.startsWith('{'));
      expect(json.join('\n')).not.toContain(password);
    } finally {
      await postgres.stop();
    }
  });

  test('refuses a wrong configuration with a sentence', async () => {
    const api = start({ PORT: 'eighty' });
    expect(await api.ended).toBe(2);
    expect(api.output().trim()).toBe('PORT must be a number from 0 to 65535.');
  });
});
