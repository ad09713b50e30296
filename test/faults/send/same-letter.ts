import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 as newUuid } from 'uuid';
import type { Draft } from '#shared/bridge/draft.ts';
import type { OutgoingId } from '#shared/ids.ts';
import type { Result } from '#shared/result.ts';
import { AttachmentStore } from '#main/journal/attachment-store.ts';
import { Journal } from '#main/journal/journal.ts';
import type { JournalRecord } from '#main/journal/journal-record.ts';
import { freezeDraft } from '#main/outgoing/freeze-draft.ts';
import { testKey } from '#test/unit/journal/journal-key.ts';
import { hastyDisk } from '../journal/journal-readers.ts';
import { recordOf } from './send-desk.ts';

/** Two folders of desks, each with the same frozen letter in its queue, under an id of its own. */
export async function putSameLetter(dirs: readonly [string, string], draft: Draft): Promise<void> {
  const [first, second] = [await openFolder(dirs[0]), await openFolder(dirs[1])];
  const record = must(await freezeDraft(first.files, draft, recordOf(1), draft.updatedAt, 0));
  const copy = must(await second.files.put(must(await first.files.get(record.mimeFile))));
  const outgoing = { ...record.outgoing, id: newUuid() as OutgoingId };
  await finish(first.journal, record);
  await finish(second.journal, { ...record, outgoing, mimeFile: copy.id });
}

async function openFolder(dir: string): Promise<{ journal: Journal; files: AttachmentStore }> {
  await mkdir(dir, { recursive: true });
  const files = join(dir, 'files');
  return {
    journal: must(await Journal.open({ dir, key: testKey, clock: { now: () => 1 }, disk: hastyDisk })),
    files: must(
      await AttachmentStore.open({ dir: files, key: testKey, referenced: null, maxBytes: 50_000_000 }),
    ),
  };
}

async function finish(journal: Journal, record: JournalRecord): Promise<void> {
  must(await journal.append(record));
  await journal.close();
}

function must<T>(result: Result<T, { readonly kind: string }>): T {
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
}
