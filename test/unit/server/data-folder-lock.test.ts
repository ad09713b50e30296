import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DataFolderInUse, lockDataFolder } from '#server/database/data-folder-lock.ts';

describe('the lock of the data folder', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'stp-lock-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  test('is held by one at a time and given back', async () => {
    const release = await lockDataFolder(folder);
    await expect(lockDataFolder(folder)).rejects.toThrow(DataFolderInUse);
    await release();
    await (
      await lockDataFolder(folder)
    )();
    expect(await readdir(folder)).toEqual([]);
  });

  test('names the holder, the file and the way out', async () => {
    await lockDataFolder(folder);
    await expect(lockDataFolder(folder)).rejects.toThrow(
      new RegExp(`process ${process.pid} .*api\\.lock.*STP_DATA_DIR`, 'u'),
    );
  });

  test('of a process that is gone is taken over', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    await writeFile(path.join(folder, 'api.lock'), `${gone} 12345 aa\n`);
    await lockDataFolder(folder);
    expect(await readFile(path.join(folder, 'api.lock'), 'utf8')).toMatch(
      new RegExp(`^${process.pid} `, 'u'),
    );
  });

  test('whose process id now belongs to another process is taken over', async () => {
    await writeFile(path.join(folder, 'api.lock'), `${process.pid} 1 aa\n`);
    await lockDataFolder(folder);
    expect(await readFile(path.join(folder, 'api.lock'), 'utf8')).not.toContain(' 1 aa');
  });

  test('that is torn is taken over', async () => {
    await writeFile(path.join(folder, 'api.lock'), '');
    await lockDataFolder(folder);
    await expect(lockDataFolder(folder)).rejects.toThrow(DataFolderInUse);
  });

  test('found stale by many at once goes to exactly one', async () => {
    await writeFile(path.join(folder, 'api.lock'), '999999999 1 aa\n');
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => lockDataFolder(folder)));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['api.lock']);
  });
});
