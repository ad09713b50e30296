import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { systemDisk, type Disk, type DiskFile } from '#main/journal/disk.ts';
import { Journal } from '#main/journal/journal.ts';
import type { Clock } from '#shared/clock.ts';
import { testKey } from './journal-key.ts';

export const testClock: Clock = { now: () => 1_000_000 };

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'stp-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** Opens a journal that must open; it is closed after the test at the latest. */
export async function openJournal(
  dir: string,
  options: { disk?: Disk; clock?: Clock } = {},
): Promise<Journal> {
  const opened = await Journal.open({ dir, key: testKey, clock: testClock, ...options });
  if (!opened.ok) throw new Error(opened.error.kind);
  onTestFinished(() => opened.value.close());
  return opened.value;
}

/** What a disk is about to do. */
export type DiskStep = 'create' | 'write' | 'sync' | 'truncate' | 'open' | 'rename' | 'remove';

/**
 * The real disk with a hook before every step that changes something. A hook that throws makes the step fail; what it
 * leaves half-done, it does itself.
 */
export function hookedDisk(
  before: (step: DiskStep, partial: () => Promise<void>) => void | Promise<void>,
): Disk {
  const nothing = async (): Promise<void> => {};
  const hooked = (file: DiskFile): DiskFile => ({
    async write(bytes, position) {
      await before('write', () => file.write(bytes.subarray(0, Math.floor(bytes.length / 2)), position));
      await file.write(bytes, position);
    },
    async sync() {
      await before('sync', nothing);
      await file.sync();
    },
    async truncate(size) {
      await before('truncate', nothing);
      await file.truncate(size);
    },
    close: () => file.close(),
  });
  return {
    read: (path) => systemDisk.read(path),
    async create(path) {
      await before('create', nothing);
      return hooked(await systemDisk.create(path));
    },
    async openForWriting(path) {
      await before('open', nothing);
      return hooked(await systemDisk.openForWriting(path));
    },
    async rename(from, to) {
      await before('rename', nothing);
      await systemDisk.rename(from, to);
    },
    async remove(path) {
      await before('remove', nothing);
      await systemDisk.remove(path);
    },
  };
}

/** The operating system's error of a full disk. */
export function fullDisk(): Error {
  return Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
}
