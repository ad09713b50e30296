import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface ArchiveEntry {
  readonly files?: Readonly<Record<string, ArchiveEntry>>;
  readonly offset?: string;
  readonly size?: number;
}

/**
 * Writes the files of an asar archive into a folder.
 *
 * An archive is four 32-bit sizes, a directory in JSON whose length is the last of them, padding to four bytes, and the
 * files one after the other at the offsets of the directory (github.com/electron/asar, "Format").
 */
export function unpackAsar(archive: string, folder: string): void {
  const bytes = readFileSync(archive);
  const directory = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))) as ArchiveEntry;
  unpack(directory, bytes.subarray(8 + bytes.readUInt32LE(4)), folder);
}

function unpack({ files, offset, size = 0 }: ArchiveEntry, contents: Buffer, path: string): void {
  if (files === undefined) {
    const start = Number(offset);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents.subarray(start, start + size));
    return;
  }
  for (const [name, entry] of Object.entries(files)) unpack(entry, contents, join(path, name));
}
