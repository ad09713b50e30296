import { createDecipheriv } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '#shared/clock.ts';
import { systemDisk, type Disk } from '#main/journal/disk.ts';
import { Journal } from '#main/journal/journal.ts';
import type { JournalRecord } from '#main/journal/journal-record.ts';
import { emptyJournalState, type JournalState } from '#main/journal/journal-state.ts';
import { foldJournal } from '#main/journal/fold-journal.ts';
import { sealOverhead } from '#main/vault/seal.ts';
import { testKey } from '#test/unit/journal/journal-key.ts';

/** A journal that was opened after a power cut. */
export interface OpenedJournal {
  readonly state: JournalState;
  readonly isDamaged: boolean;
  append(records: readonly JournalRecord[]): Promise<void>;
  close(): Promise<void>;
}

/** Opens the journal of a folder; rejects where it does not open. */
export type OpenJournal = (dir: string) => Promise<OpenedJournal>;

const clock: Clock = { now: () => 1_000_000 };

/** The real files without waiting for the platters: what is cut off, the cuts decide. */
export const hastyDisk: Disk = {
  ...systemDisk,
  create: async (path) => ({ ...(await systemDisk.create(path)), sync: () => Promise.resolve() }),
  openForWriting: async (path) => ({
    ...(await systemDisk.openForWriting(path)),
    sync: () => Promise.resolve(),
  }),
};

/** The desk's own journal. */
export const openRealJournal: OpenJournal = async (dir) => {
  const opened = await Journal.open({ dir, key: testKey, clock, disk: hastyDisk });
  if (!opened.ok) throw new Error(opened.error.kind);
  const journal = opened.value;
  return {
    get state() {
      return journal.state;
    },
    isDamaged: journal.damage !== null,
    async append(records) {
      const written = await journal.append(records);
      if (!written.ok) throw new Error(written.error.kind);
    },
    close: () => journal.close(),
  };
};

const headerBytes = 8 + 4 + 16 + sealOverhead;
const frameHeadBytes = 12;

/** A reader with a planted bug: it believes the length of a frame, and takes what is there without looking at its seal. */
export const openTrustingJournal: OpenJournal = async (dir) => {
  const file = await readFile(join(dir, 'journal'));
  const records: JournalRecord[] = [];
  for (let at = headerBytes; at + frameHeadBytes < file.length;) {
    const length = file.readUInt32BE(at);
    const sealed = file.subarray(at + frameHeadBytes, at + frameHeadBytes + length);
    const decipher = createDecipheriv('aes-256-gcm', testKey, sealed.subarray(0, 12));
    const text = decipher.update(sealed.subarray(12, length - 16)).toString('utf8');
    records.push(...(JSON.parse(text) as JournalRecord[]));
    at += frameHeadBytes + length;
  }
  return {
    state: foldJournal(emptyJournalState, records),
    isDamaged: false,
    append: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
};
