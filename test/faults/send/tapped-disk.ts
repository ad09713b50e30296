import { basename } from 'node:path';
import type { Disk, DiskFile } from '#main/journal/disk.ts';
import { readJournalFile } from '#main/journal/journal-file.ts';
import { parseRecords, type JournalRecord } from '#main/journal/journal-record.ts';

/** What the journal does with records, in turn. */
export type DiskStep = 'unwritten' | 'unsynced' | 'synced';

/** A disk that tells which records the journal is about to write, has written, has synced. */
export function tappedDisk(
  disk: Disk,
  key: Uint8Array,
  onStep: (step: DiskStep, records: readonly JournalRecord[]) => void | Promise<void>,
): Disk {
  /** The bytes of the journal as far as they were written through here. */
  const tapped = (file: DiskFile, before: Uint8Array): DiskFile => {
    let content = Buffer.from(before);
    let known = payloadsOf(content, key).length;
    let written: readonly JournalRecord[] = [];
    return {
      async write(bytes, position) {
        content = Buffer.concat([content.subarray(0, position), bytes]);
        const payloads = payloadsOf(content, key);
        written = payloads.slice(known).flatMap((payload) => parseRecords(payload) ?? []);
        known = payloads.length;
        await onStep('unwritten', written);
        await file.write(bytes, position);
        await onStep('unsynced', written);
      },
      async sync() {
        await file.sync();
        await onStep('synced', written);
      },
      truncate: (size) => file.truncate(size),
      close: () => file.close(),
    };
  };
  return {
    read: (path) => disk.read(path),
    create: (path) => disk.create(path),
    rename: (from, to) => disk.rename(from, to),
    remove: (path) => disk.remove(path),
    openForWriting: async (path) => {
      const file = await disk.openForWriting(path);
      return basename(path) === 'journal' ? tapped(file, (await disk.read(path)) ?? new Uint8Array()) : file;
    },
  };
}

function payloadsOf(content: Uint8Array, key: Uint8Array): readonly string[] {
  const read = readJournalFile(content, key);
  return read.kind === 'readable' ? read.payloads : [];
}
