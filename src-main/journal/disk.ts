import { constants } from 'node:fs';
import { open, readFile, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/** An open file that the journal writes to. Every method rejects with the operating system's error. */
export interface DiskFile {
  write(bytes: Uint8Array, position: number): Promise<void>;
  /** Resolves when the bytes would survive a power cut. */
  sync(): Promise<void>;
  truncate(size: number): Promise<void>;
  close(): Promise<void>;
}

/** The part of a file system on which the journal's promises rest. */
export interface Disk {
  /** Null when there is no such file. */
  read(path: string): Promise<Uint8Array | null>;
  /** A new, empty file that only its owner may read; an old one of that name is emptied. */
  create(path: string): Promise<DiskFile>;
  openForWriting(path: string): Promise<DiskFile>;
  /** Replaces `to`; resolves when the folder would show the change after a power cut. */
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
}

/** Makes renames, creations and removals inside a folder survive a power cut. */
export async function syncFolder(path: string): Promise<void> {
  // Windows cannot open folders, and NTFS journals its own metadata.
  if (process.platform === 'win32') return;
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** The real file system. */
export const systemDisk: Disk = {
  async read(path) {
    try {
      return await readFile(path);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null;
      throw error;
    }
  },
  async create(path) {
    return diskFile(await open(path, 'w', 0o600));
  },
  async openForWriting(path) {
    return diskFile(await open(path, 'r+', 0o600));
  },
  async rename(from, to) {
    await rename(from, to);
    await syncFolder(dirname(to));
  },
  async remove(path) {
    await rm(path, { force: true });
  },
};

function diskFile(handle: FileHandle): DiskFile {
  return {
    async write(bytes, position) {
      let done = 0;
      // A write may be short (POSIX write(2)), most often when the disk fills up.
      while (done < bytes.length) {
        const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
        done += bytesWritten;
      }
    },
    sync: () => handle.sync(),
    truncate: (size) => handle.truncate(size),
    close: () => handle.close(),
  };
}

/** Why the disk refused; `disk-full` is the one that people can mend. */
export type DiskProblem = 'disk-full' | 'disk-failed';

/** Sorts an operating system's error. */
export function diskProblem(error: unknown): DiskProblem {
  const code = errorCode(error);
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG' ? 'disk-full' : 'disk-failed';
}

/** The operating system's name of an error, or an empty text. */
export function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
