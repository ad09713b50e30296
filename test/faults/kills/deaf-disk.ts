import { syncBuiltinESMExports } from 'node:module';
import fs, { type FileHandle } from 'node:fs/promises';

/*
 * A planted bug, loaded before the desk by the host's `-r`: a journal that takes a full disk's refusal for a success.
 */

const { open } = fs;

const openDeaf: typeof open = async (...args) => {
  const handle = await open(...args);
  if (!/\/journal(?:\.new)?$/u.test(String(args[0]))) return handle;
  const write = handle.write.bind(handle) as (...parts: readonly unknown[]) => Promise<unknown>;
  const writeDeaf = (bytes: Uint8Array, from: number, length: number, place: number): unknown =>
    write(bytes, from, length, place).catch(() => ({ bytesWritten: length, buffer: bytes }));
  const deaf: Partial<Record<keyof FileHandle, unknown>> = { write: writeDeaf };
  return Object.assign(handle, deaf);
};

Object.assign(fs, { open: openDeaf });
syncBuiltinESMExports();
