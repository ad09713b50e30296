import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { FileLog } from '#main/log.ts';

const clock = { now: () => Date.UTC(2026, 0, 5, 8) };

async function temporaryFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'stp-log-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

test('a log is one JSON document a line', async () => {
  const dir = join(await temporaryFolder(), 'logs');
  const log = new FileLog({ dir, clock });
  log.info('desk.started', { windows: 1 });
  log.error('outbox.stuck', { operationId: 'x' });
  await log.flush();
  const lines = (await readFile(join(dir, 'desk.log'), 'utf8')).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { at: '2026-01-05T08:00:00.000Z', level: 'info', event: 'desk.started', windows: 1 },
    { at: '2026-01-05T08:00:00.000Z', level: 'error', event: 'outbox.stuck', operationId: 'x' },
  ]);
});

test('a log that grows keeps its latest files and no more', async () => {
  const dir = await temporaryFolder();
  const log = new FileLog({ dir, clock, maxBytes: 200, keep: 2 });
  for (let number = 0; number < 30; number += 1) {
    log.warn('counted', { number });
    await log.flush();
  }
  expect((await readdir(dir)).toSorted()).toEqual(['desk.1.log', 'desk.2.log', 'desk.log']);
  expect(await readFile(join(dir, 'desk.log'), 'utf8')).toContain('"number":29');
});

test('a log that cannot be written stops nobody', async () => {
  const dir = await temporaryFolder();
  await writeFile(join(dir, 'logs'), 'a file where the folder should be');
  const log = new FileLog({ dir: join(dir, 'logs'), clock });
  log.info('lost');
  await expect(log.flush()).resolves.toBeUndefined();
});
