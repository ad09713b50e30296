import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const megabyte = 1 << 20;

/**
 * A tmpfs of its own, small enough to be filled in no time. Only root may mount one.
 *
 * What lies there stays when every process that wrote it is killed: a kill is no power cut.
 */
export class SmallDisk {
  readonly folder: string;
  readonly #readOnly = new Set<string>();

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Throws with words for whoever ran it when it cannot be mounted. */
  static async mount(megabytes: number): Promise<SmallDisk> {
    const folder = await mkdtemp(join(tmpdir(), 'stp-small-disk-'));
    try {
      command('mount', ['-t', 'tmpfs', '-o', `size=${String(megabytes)}m`, 'tmpfs', folder]);
    } catch (error) {
      await rm(folder, { recursive: true });
      throw new Error('A disk that can be filled needs the right to mount a tmpfs: run this as root.', {
        cause: error,
      });
    }
    return new SmallDisk(folder);
  }

  /** Takes every free page; may be called again when something was let go meanwhile. */
  fill(): void {
    const ballast = openSync(this.#ballast, 'a');
    const chunks = [megabyte, 64 * 1024, 4096].map((bytes) => Buffer.alloc(bytes, 1));
    try {
      for (const chunk of chunks) {
        try {
          // A short write is the last one of its size that had room.
          while (writeSync(ballast, chunk) === chunk.length);
        } catch (error) {
          if (!isFull(error)) throw error;
        }
      }
    } finally {
      closeSync(ballast);
    }
  }

  /** Gives the room back. */
  free(): void {
    rmSync(this.#ballast, { force: true });
  }

  /** Lets nobody write below `folder`, root neither; files that are open already stay writable. */
  lock(folder: string): void {
    command('mount', ['--bind', folder, folder]);
    this.#readOnly.add(folder);
    command('mount', ['-o', 'remount,bind,ro', folder]);
  }

  unlock(): void {
    for (const folder of this.#readOnly) command('umount', ['--lazy', folder]);
    this.#readOnly.clear();
  }

  async unmount(): Promise<void> {
    this.unlock();
    // Whatever still holds a file there was killed, and takes its time.
    command('umount', ['--lazy', this.folder]);
    await rm(this.folder, { recursive: true, force: true });
  }

  get #ballast(): string {
    return join(this.folder, 'ballast');
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC';
}

function command(name: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(name, args, { encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${name} ${args.join(' ')}: ${stderr.trim()}`);
}
