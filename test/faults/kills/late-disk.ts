import { syncBuiltinESMExports } from 'node:module';
import fs, { type FileHandle } from 'node:fs/promises';

/*
 * A planted bug, loaded before the desk by the host's `-r`: the journal says "written" and writes later, as one that does
 * not wait for its disk would.
 */

const lateMs = 2_000;
const { open } = fs;

const openLate: typeof open = async (...args) => {
  const handle = await open(...args);
  if (!/\/journal(?:\.new)?$/u.test(String(args[0]))) return handle;
  const write = handle.write.bind(handle) as (...parts: readonly unknown[]) => Promise<unknown>;
  const writeLate = (bytes: Uint8Array, from: number, length: number, place: number): unknown => {
    const kept = Buffer.from(bytes.subarray(from, from + length));
    setTimeout(() => void write(kept, 0, length, place).catch(() => {}), lateMs);
    return Promise.resolve({ bytesWritten: length, buffer: bytes });
  };
  const late: Partial<Record<keyof FileHandle, unknown>> = {
    write: writeLate,
    sync: () => Promise.resolve(),
  };
  return Object.assign(handle, late);
};

Object.assign(fs, { open: openLate });
syncBuiltinESMExports();
