import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Journal } from '#main/journal/journal.ts';
import type { JournalRecord } from '#main/journal/journal-record.ts';
import type { PendingChange } from '#shared/bridge/pending.ts';
import type { DraftId, OutgoingId } from '#shared/ids.ts';
import { claim, journalRecord, queued, submitted, testDraft, testId } from './journal-arbitraries.ts';
import {
  fullDisk,
  hookedDisk,
  openJournal,
  temporaryFolder,
  testClock,
  type DiskStep,
} from './journal-folder.ts';

function saved(number: number, text: string): JournalRecord {
  return { v: 2, at: 1_500, kind: 'draft-saved', draft: testDraft(number, text) };
}

function draftTexts(journal: Journal): string[] {
  return [...journal.state.drafts.values()].map(({ text }) => text);
}

describe('a journal', () => {
  test('has the same state after it was opened again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(journalRecord, { maxLength: 5 }), { maxLength: 8 }),
        async (groups) => {
          const dir = await temporaryFolder();
          const journal = await openJournal(dir);
          for (const group of groups) await journal.append(group);
          await journal.close();
          const again = await openJournal(dir);
          expect(again.state).toEqual(journal.state);
          expect(again.damage).toBeNull();
        },
      ),
      { numRuns: 30 },
    );
  });

  test('shares one sync among what is appended while the disk is busy, and keeps the order', async () => {
    let syncs = 0;
    const journal = await openJournal(await temporaryFolder(), {
      disk: hookedDisk((step) => {
        if (step === 'sync') syncs += 1;
      }),
    });
    syncs = 0;
    const told: PendingChange[] = [];
    journal.subscribe((change) => told.push(change));
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, index) => journal.append(submitted(claim(index + 1)))),
    );
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(syncs).toBeLessThanOrEqual(3);
    expect(told.map((change) => change.kind === 'operation' && change.operation.operation.id)).toEqual(
      Array.from({ length: 50 }, (_, index) => testId(index + 1)),
    );
  });

  test('tells nobody before the records are synced', async () => {
    const events: string[] = [];
    const journal = await openJournal(await temporaryFolder(), {
      disk: hookedDisk((step) => {
        events.push(step);
      }),
    });
    journal.subscribe(() => events.push('told'));
    events.length = 0;
    const appending = journal.append(saved(1, 'a'));
    expect(journal.state.drafts.size).toBe(0);
    await appending;
    expect(events).toEqual(['write', 'sync', 'told']);
  });

  test('nothing of it can be read without the key, and it is for the owner only', async () => {
    const dir = await temporaryFolder();
    const journal = await openJournal(dir);
    await journal.append(saved(1, 'Пароль от почты: 12345'));
    const bytes = await readFile(join(dir, 'journal'));
    expect(bytes.includes(Buffer.from('12345'))).toBe(false);
    expect(bytes.includes(Buffer.from('draft'))).toBe(false);
    expect((await stat(join(dir, 'journal'))).mode & 0o777).toBe(0o600);
    const other = await Journal.open({ dir, key: new Uint8Array(32), clock: testClock });
    expect(other).toEqual({ ok: false, error: { kind: 'wrong-key' } });
    expect(await readFile(join(dir, 'journal'))).toEqual(bytes);
  });

  test('refuses records after it was closed', async () => {
    const journal = await openJournal(await temporaryFolder());
    await journal.close();
    expect(await journal.append(saved(1, 'a'))).toEqual({ ok: false, error: { kind: 'closed' } });
  });

  test('forgets operations fourteen days after they were confirmed, not sooner', async () => {
    const dir = await temporaryFolder();
    const day = 24 * 3_600_000;
    const first = await openJournal(dir, { clock: { now: () => 0 } });
    await first.append([
      submitted(claim(1)),
      submitted(claim(2)),
      {
        v: 2,
        at: 0,
        kind: 'operation-answered',
        id: claim(1).id,
        answer: { outcome: 'applied', version: 3, epoch: 'e' },
      },
    ]);
    await first.close();
    const later = await openJournal(dir, { clock: { now: () => 14 * day } });
    expect([...later.state.operations.keys()]).toEqual([testId(1), testId(2)]);
    await later.close();
    const latest = await openJournal(dir, { clock: { now: () => 14 * day + 1 } });
    expect([...latest.state.operations.keys()]).toEqual([testId(2)]);
  });
});

describe('a journal whose end is torn', { timeout: 60_000 }, () => {
  test('opens at every byte with every complete record and nothing else, and goes on', async () => {
    const dir = await temporaryFolder();
    const path = join(dir, 'journal');
    const journal = await openJournal(dir);
    const sizes: number[] = [];
    for (let number = 1; number <= 4; number += 1) {
      await journal.append([saved(number, `текст ${String(number)}`), submitted(claim(number))]);
      sizes.push((await stat(path)).size);
    }
    await journal.close();
    const whole = await readFile(path);
    const [, secondEnd = 0] = sizes;
    for (let cut = secondEnd; cut <= whole.length; cut += 1) {
      await writeFile(path, whole.subarray(0, cut));
      const opened = await openJournal(dir);
      const complete = sizes.filter((size) => size <= cut).length;
      expect([...opened.state.drafts.keys()], `cut at ${String(cut)}`).toEqual(
        Array.from({ length: complete }, (_, index) => testId(index + 1)),
      );
      // Appended together, found together.
      expect(opened.state.operations.size).toBe(complete);
      expect(opened.damage).toBeNull();
      await opened.close();
    }
  });

  test('goes on where the last complete record ends', async () => {
    const dir = await temporaryFolder();
    const path = join(dir, 'journal');
    const journal = await openJournal(dir);
    await journal.append(saved(1, 'первый'));
    const { size } = await stat(path);
    await journal.append(saved(2, 'второй'));
    await journal.close();
    const whole = await readFile(path);
    for (let cut = size; cut < whole.length; cut += 31) {
      await writeFile(path, whole.subarray(0, cut));
      const opened = await openJournal(dir);
      await opened.append(saved(9, 'после'));
      await opened.close();
      const again = await openJournal(dir);
      expect(draftTexts(again)).toEqual(['первый', 'после']);
      expect(again.damage).toBeNull();
      await again.close();
    }
  });

  test('takes zeros behind the last record for an end that was never written', async () => {
    const dir = await temporaryFolder();
    const path = join(dir, 'journal');
    const journal = await openJournal(dir);
    await journal.append(saved(1, 'a'));
    await journal.close();
    await writeFile(path, Buffer.concat([await readFile(path), Buffer.alloc(5_000)]));
    const opened = await openJournal(dir);
    expect(opened.damage).toBeNull();
    expect(draftTexts(opened)).toEqual(['a']);
  });
});

describe('a damaged journal', { timeout: 60_000 }, () => {
  async function journalOfFour(): Promise<{ dir: string; path: string; ends: number[] }> {
    const dir = await temporaryFolder();
    const path = join(dir, 'journal');
    const journal = await openJournal(dir);
    const ends = [(await stat(path)).size];
    for (let number = 1; number <= 4; number += 1) {
      await journal.append(
        number === 2 ? queued(2, testDraft(9, 'ответ')) : saved(number, `d${String(number)}`),
      );
      ends.push((await stat(path)).size);
    }
    await journal.close();
    return { dir, path, ends };
  }

  test('is read as far as it can be at every damaged byte, told of, and kept aside untouched', async () => {
    const { dir, path, ends } = await journalOfFour();
    const whole = await readFile(path);
    const [start = 0] = ends;
    for (let at = start; at < whole.length; at += 23) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 0x40;
      await writeFile(path, damaged);
      const opened = await openJournal(dir);
      const lost = ends.filter((end) => end <= at).length;
      const expected = [1, 2, 3, 4].filter((number) => number !== lost);
      const found = [...opened.state.drafts.keys(), ...opened.state.outgoing.keys()].toSorted();
      expect(found, `byte ${String(at)}`).toEqual(expected.map(testId));
      expect(opened.damage?.lostBytes).toBe((ends[lost] ?? 0) - (ends[lost - 1] ?? 0));
      expect(await readFile(join(dir, opened.damage?.keptAs ?? ''))).toEqual(damaged);
      await opened.close();
      // The next start finds a sound journal with the same content.
      const again = await openJournal(dir);
      expect(again.damage).toBeNull();
      expect(again.state).toEqual(opened.state);
      await again.close();
    }
  });

  test('never sends a letter again whose departure may be in the lost part', async () => {
    const { dir, path, ends } = await journalOfFour();
    const bytes = await readFile(path);
    const inThird = (ends[2] ?? 0) + 20;
    bytes[inThird] = (bytes[inThird] ?? 0) ^ 1;
    await writeFile(path, bytes);
    const opened = await openJournal(dir);
    expect(opened.state.outgoing.get(testId(2) as OutgoingId)?.outgoing.state).toBe('uncertain');
  });

  test.each([
    // Whom it was deferred for may have got it since.
    ['deferred', 'uncertain', 'waiting'],
    ['refused', 'partial', 'refused'],
  ] as const)(
    'a letter that some have got and that was %s for others is then %s',
    async (rest, expected, then) => {
      const dir = await temporaryFolder();
      const path = join(dir, 'journal');
      const journal = await openJournal(dir);
      await journal.append(queued(2, testDraft(9, 'ответ')));
      await journal.append({
        v: 2,
        at: 1_700,
        kind: 'outgoing-moved',
        id: testId(2) as OutgoingId,
        state: 'partial',
        reason: 'smtp-refused-recipients',
        recipients: [
          { address: 'ivan@example.by', state: 'accepted' },
          { address: 'olga@example.by', state: rest },
        ],
        filed: true,
        serverWords: null,
      });
      // The lost record: perhaps the other's word that the letter was taken.
      await journal.append(saved(1, 'a'));
      await journal.close();
      const bytes = await readFile(path);
      const last = bytes.length - 20;
      bytes[last] = (bytes[last] ?? 0) ^ 1;
      await writeFile(path, bytes);
      const opened = await openJournal(dir);
      const letter = opened.state.outgoing.get(testId(2) as OutgoingId)?.outgoing;
      expect(letter?.state).toBe(expected);
      expect(letter?.recipients.map(({ state }) => state)).toEqual(['accepted', then]);
    },
  );

  test('that is no journal at all is kept aside and a new one begun', async () => {
    const dir = await temporaryFolder();
    await writeFile(join(dir, 'journal'), 'no journal');
    const opened = await openJournal(dir);
    expect(opened.damage?.lostBytes).toBe(10);
    await opened.append(saved(1, 'a'));
    await opened.close();
    expect(draftTexts(await openJournal(dir))).toEqual(['a']);
  });
});

describe('a disk that refuses', () => {
  const cases: readonly [DiskStep, () => Error, string][] = [
    ['write', fullDisk, 'disk-full'],
    ['sync', fullDisk, 'disk-full'],
    ['write', () => Object.assign(new Error('EIO'), { code: 'EIO' }), 'disk-failed'],
    ['sync', () => Object.assign(new Error('EIO'), { code: 'EIO' }), 'disk-failed'],
  ];

  test.each(cases)(
    '%s: the record is refused (%#), the state is as before, later ones pass',
    async (step, error, kind) => {
      const dir = await temporaryFolder();
      let broken = false;
      const journal = await openJournal(dir, {
        disk: hookedDisk(async (now, partial) => {
          if (!broken || now !== step) return;
          await partial();
          throw error();
        }),
      });
      await journal.append(saved(1, 'есть'));
      broken = true;
      const told: PendingChange[] = [];
      journal.subscribe((change) => told.push(change));
      const before = journal.state;
      expect(await journal.append(saved(2, 'нет'))).toEqual({ ok: false, error: { kind } });
      expect(journal.state).toBe(before);
      expect(told).toEqual([]);

      const bytes = await readFile(join(dir, 'journal'));
      const copy = await temporaryFolder();
      await writeFile(join(copy, 'journal'), bytes);
      expect(draftTexts(await openJournal(copy)), 'a crash now does not bring it back').toEqual(['есть']);

      broken = false;
      expect((await journal.append(saved(3, 'снова'))).ok).toBe(true);
      await journal.close();
      const again = await openJournal(dir);
      expect(draftTexts(again)).toEqual(['есть', 'снова']);
      expect(again.damage).toBeNull();
    },
  );
});

describe('a journal that can be read and not written to', () => {
  const changing: readonly DiskStep[] = ['create', 'open', 'truncate', 'rename', 'remove'];

  test.each([
    ['whole', new Uint8Array()],
    ['torn', new Uint8Array(7)],
  ])(
    '%s, opens with everything, refuses each record with a word, and goes on where it can',
    async (_, torn) => {
      const dir = await temporaryFolder();
      const before = await openJournal(dir);
      await before.append(saved(1, 'есть'));
      await before.close();
      const path = join(dir, 'journal');
      const bytes = Buffer.concat([await readFile(path), torn]);
      await writeFile(path, bytes);

      let locked = true;
      const disk = hookedDisk((step) => {
        if (locked && changing.includes(step)) throw Object.assign(new Error('EROFS'), { code: 'EROFS' });
      });
      const journal = await openJournal(dir, { disk });
      expect(draftTexts(journal)).toEqual(['есть']);
      expect(await journal.append(saved(2, 'нет'))).toEqual({ ok: false, error: { kind: 'disk-failed' } });
      expect(draftTexts(journal)).toEqual(['есть']);
      expect(await readFile(path)).toEqual(bytes);

      locked = false;
      expect((await journal.append(saved(3, 'снова'))).ok).toBe(true);
      await journal.close();
      expect(draftTexts(await openJournal(dir))).toEqual(['есть', 'снова']);
    },
  );
});

describe('compaction', () => {
  /** Saves one draft until the file was rewritten or `most` was reached. */
  async function saveUntilSmaller(journal: Journal, dir: string, most: number): Promise<boolean> {
    let last = 0;
    for (let round = 0; round < most; round += 1) {
      await journal.append(saved(1, `${String(round)} ${'x'.repeat(20_000)}`));
      const { size } = await stat(join(dir, 'journal'));
      if (size < last) return true;
      last = size;
    }
    return false;
  }

  test('rewrites a journal of garbage and loses nothing', async () => {
    const dir = await temporaryFolder();
    const journal = await openJournal(dir);
    await journal.append([submitted(claim(1)), queued(7, testDraft(8, 'ответ')), saved(2, 'другой')]);
    expect(await saveUntilSmaller(journal, dir, 100)).toBe(true);
    const { state } = journal;
    await journal.append({ v: 2, at: 1, kind: 'draft-discarded', id: testId(2) as DraftId });
    await journal.close();
    const again = await openJournal(dir);
    expect(again.state.operations).toEqual(state.operations);
    expect(again.state.outgoing).toEqual(state.outgoing);
    expect([...again.state.drafts.keys()]).toEqual([testId(1)]);
    expect(await readdir(dir)).toEqual(['journal']);
  });

  const steps: readonly DiskStep[] = ['create', 'write', 'sync', 'rename', 'open'];
  test.each(steps)('a crash at its step "%s" leaves a whole journal', async (step) => {
    const dir = await temporaryFolder();
    let compacting = false;
    let crashed = false;
    const disk = hookedDisk(async (now, partial) => {
      if (now === 'create') compacting = true;
      if (crashed || (compacting && now === step)) {
        // From here on the disk does nothing, as after a power cut.
        if (!crashed) await partial();
        crashed = true;
        throw Object.assign(new Error('EIO'), { code: 'EIO' });
      }
    });
    const journal = await openJournal(dir, { disk: hookedDisk(() => {}) });
    await journal.append([submitted(claim(1)), saved(1, 'a')]);
    await journal.close();
    compacting = false;
    const crashing = await openJournal(dir, { disk });
    let acknowledged = 'a';
    for (let round = 0; round < 40; round += 1) {
      const text = `${String(round)} ${'x'.repeat(20_000)}`;
      if ((await crashing.append(saved(1, text))).ok) acknowledged = text;
    }
    expect(crashed).toBe(true);
    const again = await openJournal(dir);
    expect(draftTexts(again)).toEqual([acknowledged]);
    expect(again.state.operations.size).toBe(1);
    expect(again.damage).toBeNull();
  });
});
