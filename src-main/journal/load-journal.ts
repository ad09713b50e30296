import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Outgoing } from '#shared/bridge/draft.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Disk, DiskFile } from './disk.ts';
import { foldJournal, recordsOf } from './fold-journal.ts';
import { FrameWriter, readJournalFile } from './journal-file.ts';
import { parseRecords, type JournalRecord } from './journal-record.ts';
import { emptyJournalState, type JournalState } from './journal-state.ts';

export const journalName = 'journal';
const keptPrefix = `${journalName}.damaged-`;

/** Something in the file could not be read; everything that could be is in the state. */
export interface JournalDamage {
  /** Name of the untouched copy in the journal's folder. */
  readonly keptAs: string;
  readonly lostBytes: number;
}

export interface LoadedJournal {
  readonly state: JournalState;
  readonly damage: JournalDamage | null;
  /** How to go on in the file that is there; null when a new one must be written. */
  readonly reusable: { readonly writer: FrameWriter; readonly size: number; readonly torn: boolean } | null;
}

/**
 * Reads the journal of a folder.
 *
 * A missing file is an empty journal. A torn end is left out silently: it was never acknowledged. A damaged file is
 * copied aside, read as far as it can be, and its letters that might have left since become `uncertain`: the lost
 * record may have been the one that says so, and absence of evidence never sends a letter twice. Rejects with the
 * operating system's error.
 */
export async function loadJournal(
  disk: Disk,
  dir: string,
  key: Uint8Array,
  now: number,
): Promise<Result<LoadedJournal, { readonly kind: 'wrong-key' | 'newer-format' }>> {
  const bytes = await disk.read(join(dir, journalName));
  if (bytes === null || bytes.length === 0) {
    return ok({ state: emptyJournalState, damage: null, reusable: null });
  }
  const content = readJournalFile(bytes, key);
  if (content.kind === 'wrong-key' || content.kind === 'newer-format') return err({ kind: content.kind });
  if (content.kind === 'unreadable') {
    const damage = await keepAside(disk, dir, bytes, now, bytes.length);
    return ok({ state: emptyJournalState, damage, reusable: null });
  }
  const records: JournalRecord[] = [];
  for (const payload of content.payloads) {
    const parsed = parseRecords(payload);
    if (parsed === null) return err({ kind: 'newer-format' });
    records.push(...parsed);
  }
  const state = foldJournal(emptyJournalState, records);
  if (content.condition === 'damaged') {
    const damage = await keepAside(disk, dir, bytes, now, content.lostBytes);
    return ok({ state: foldJournal(state, doubts(state, now)), damage, reusable: null });
  }
  const { writer, end: size, condition } = content;
  return ok({ state, damage: null, reusable: { writer, size, torn: condition === 'torn' } });
}

/**
 * Writes a journal that folds into `state` in place of the one that is there: temporary file, fsync, rename, fsync of
 * the folder. A crash at any step leaves the old file or the new one, whole. Rejects with the operating system's error.
 */
export async function writeJournal(
  disk: Disk,
  dir: string,
  key: Uint8Array,
  state: JournalState,
): Promise<{ readonly file: DiskFile; readonly writer: FrameWriter; readonly size: number }> {
  const path = join(dir, journalName);
  const temporary = `${path}.new`;
  const writer = new FrameWriter(key);
  const parts = [writer.header()];
  for (const record of recordsOf(state)) parts.push(writer.frame(JSON.stringify([record])));
  const bytes = Buffer.concat(parts);
  await writeWhole(disk, temporary, bytes);
  await disk.rename(temporary, path);
  return { file: await disk.openForWriting(path), writer, size: bytes.length };
}

/**
 * Whether the untouched copy of a damaged journal lies in the folder, since whenever: until somebody takes it away, what
 * it names may have to be saved from it. Rejects with the operating system's error.
 */
export async function holdsDamagedCopy(dir: string): Promise<boolean> {
  return (await readdir(dir)).some((name) => name.startsWith(keptPrefix));
}

async function keepAside(
  disk: Disk,
  dir: string,
  bytes: Uint8Array,
  now: number,
  lostBytes: number,
): Promise<JournalDamage> {
  const keptAs = `${keptPrefix}${String(now)}`;
  // A copy, not a rename: at no moment may the folder be without the journal.
  await writeWhole(disk, join(dir, `${keptAs}.new`), bytes);
  await disk.rename(join(dir, `${keptAs}.new`), join(dir, keptAs));
  return { keptAs, lostBytes };
}

async function writeWhole(disk: Disk, path: string, bytes: Uint8Array): Promise<void> {
  const file = await disk.create(path);
  try {
    await file.write(bytes, 0);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A copy of it, the next one to somebody included, may have left since the last record that can be read. */
function mayHaveLeft({ state, recipients }: Outgoing): boolean {
  switch (state) {
    case 'queued':
    case 'held':
    case 'sending':
      return true;
    case 'partial':
      return recipients.some((recipient) => recipient.state === 'waiting' || recipient.state === 'deferred');
    case 'uncertain':
    case 'sent':
    case 'failed':
      return false;
  }
}

function doubts(state: JournalState, at: number): JournalRecord[] {
  const records: JournalRecord[] = [];
  for (const { outgoing, serverWords } of state.outgoing.values()) {
    if (mayHaveLeft(outgoing)) {
      const { id, recipients, filed } = outgoing;
      records.push({
        v: 2,
        at,
        kind: 'outgoing-moved',
        id,
        state: 'uncertain',
        reason: null,
        // Who had been put off may be among those who have got it since.
        recipients: recipients.map((recipient) =>
          recipient.state === 'deferred' ? { ...recipient, state: 'waiting' as const } : recipient,
        ),
        filed,
        serverWords,
      });
    }
  }
  return records;
}
