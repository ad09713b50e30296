import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Journal } from '#main/journal/journal.ts';
import type { JournalRecord } from '#main/journal/journal-record.ts';
import { testDraft } from './journal-arbitraries.ts';
import { fullDisk, hookedDisk, openJournal, temporaryFolder, type DiskStep } from './journal-folder.ts';

/** Large enough that a few of them make the journal write itself anew. */
const words = 'Проверьте настройки. '.repeat(2_500);
const saves = 10;

function saved(number: number): JournalRecord {
  return { v: 2, at: number, kind: 'draft-saved', draft: testDraft(1, `${String(number)} ${words}`) };
}

function lastSaved(journal: Journal): number {
  const [draft] = journal.state.drafts.values();
  return draft === undefined ? 0 : Number(draft.text.split(' ')[0]);
}

/** The disk is full at so many steps from one on; what it takes of a write until then, it keeps. */
async function saveWhileFull(dir: string, from: number, length: number) {
  let step = 0;
  const steps: DiskStep[] = [];
  const disk = hookedDisk(async (now, partial) => {
    step += 1;
    steps.push(now);
    const isFull = step >= from && step < from + length;
    // Shrinking and removing need no room.
    if (!isFull || now === 'truncate' || now === 'remove') return;
    await partial();
    throw fullDisk();
  });
  const journal = await openJournal(dir, { disk });
  let promised = 0;
  for (let number = 1; number <= saves; number += 1) {
    const answer = await journal.append(saved(number));
    expect([{ ok: true }, { ok: false, error: { kind: 'disk-full' } }]).toContainEqual(
      answer.ok ? { ok: true } : answer,
    );
    if (answer.ok) promised = number;
    expect(lastSaved(journal)).toBe(promised);
    const killedNow = await temporaryFolder();
    // It may be writing itself anew behind our back: another one lies beside it then, which nobody will look at.
    await writeFile(join(killedNow, 'journal'), await readFile(join(dir, 'journal')));
    const after = await openJournal(killedNow);
    expect(lastSaved(after), `killed after save ${String(number)}, full from step ${String(from)}`).toBe(
      promised,
    );
    expect(after.damage).toBeNull();
    await after.close();
  }
  await journal.close();
  return { steps, promised };
}

test(
  'wherever the disk fills up, what was saved is there after a kill and what was refused is not',
  { timeout: 120_000 },
  async () => {
    const calm = await temporaryFolder();
    await openJournal(calm).then((journal) => journal.close());
    const { steps } = await saveWhileFull(calm, Number.POSITIVE_INFINITY, 0);
    // The journal wrote itself anew among them.
    expect(new Set(steps)).toEqual(new Set(['open', 'write', 'sync', 'create', 'rename']));
    // The first step opens what is there, which needs no room.
    for (let from = 2; from <= steps.length; from += 1) {
      for (const length of [1, 1_000]) {
        const dir = await temporaryFolder();
        await openJournal(dir).then((journal) => journal.close());
        const { promised } = await saveWhileFull(dir, from, length);
        // One refusal spoils one save at most.
        expect(promised).toBeGreaterThanOrEqual(length === 1 ? saves - 1 : 0);
        expect(lastSaved(await openJournal(dir))).toBe(promised);
      }
    }
  },
);
