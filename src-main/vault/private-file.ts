import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode, syncFolder } from '../journal/disk.ts';

/** Writes that are under way, by path: they share a temporary file, and what was written last is to stay. */
const underWay = new Map<string, Promise<void>>();

/**
 * Replaces a small file that only its owner may read: temporary file, fsync, rename, fsync of the folder. Writes of one
 * file happen one after the other. Rejects with the operating system's error.
 */
export async function writePrivateFile(path: string, content: Uint8Array | string): Promise<void> {
  const before = underWay.get(path) ?? Promise.resolve();
  const written = before.catch(() => {}).then(() => replaceFile(path, content));
  underWay.set(path, written);
  try {
    await written;
  } finally {
    if (underWay.get(path) === written) underWay.delete(path);
  }
}

async function replaceFile(path: string, content: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.new`;
  const handle = await open(temporary, 'w', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, path);
  await syncFolder(dirname(path));
}

/** Null when there is no such file. */
export async function readPrivateFile(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
