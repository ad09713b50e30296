import { array, assert, boolean, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainsCount, planSync, type FolderState, type KnownFolder } from '#main/mailbox/uid-planner.ts';
import { UidSet } from '#shared/mail/uid-set.ts';

const known: KnownFolder = {
  uidValidity: '7',
  uids: UidSet.parse('1:10'),
  synced: { uidNext: 11, exists: 10, highestModseq: '50' },
};
const server: FolderState = { uidValidity: '7', uidNext: 11, exists: 10, highestModseq: '50' };

describe('planSync', () => {
  const cases: readonly [string, KnownFolder, FolderState, ReturnType<typeof planSync>][] = [
    ['nothing new', known, server, { kind: 'nothing' }],
    ['only flags changed', known, { ...server, highestModseq: '99' }, { kind: 'nothing' }],
    ['two letters came', known, { ...server, uidNext: 13, exists: 12 }, { kind: 'tail', from: 11 }],
    [
      'EXISTS grew and UIDNEXT is not updated yet',
      known,
      { ...server, exists: 11 },
      { kind: 'tail', from: 11 },
    ],
    ['a letter went', known, { ...server, exists: 9 }, { kind: 'list' }],
    ['one came and one went', known, { ...server, uidNext: 12 }, { kind: 'list' }],
    ['another UIDVALIDITY', known, { ...server, uidValidity: '8' }, { kind: 'list' }],
    ['never completed', { ...known, synced: null }, server, { kind: 'list' }],
    ['the reader lost letters', { ...known, uids: UidSet.parse('1:9') }, server, { kind: 'list' }],
    ['UIDNEXT went back', known, { ...server, uidNext: 5 }, { kind: 'list' }],
    ['UIDNEXT unknown, MODSEQ equal', known, { ...server, uidNext: null }, { kind: 'nothing' }],
    [
      'UIDNEXT unknown, MODSEQ grew',
      known,
      { ...server, uidNext: null, highestModseq: '51' },
      { kind: 'list' },
    ],
    [
      'UIDNEXT and MODSEQ unknown',
      known,
      { ...server, uidNext: null, highestModseq: null },
      { kind: 'list' },
    ],
    [
      'an empty folder, first time',
      { uidValidity: '7', uids: UidSet.empty, synced: null },
      { ...server, exists: 0, uidNext: 1 },
      { kind: 'nothing' },
    ],
  ];
  it.each(cases)('%s', (_name, folder, state, plan) => {
    expect(planSync(folder, state)).toEqual(plan);
  });

  it('never calls a changed folder unchanged', () => {
    const changes = record({
      before: array(boolean(), { minLength: 1, maxLength: 12 }),
      removed: array(boolean(), { minLength: 12, maxLength: 12 }),
      added: array(boolean(), { maxLength: 4 }),
      hideUidNext: integer({ min: 0, max: 3 }),
    });
    assert(
      property(changes, ({ before, removed, added, hideUidNext }) => {
        const present = before.flatMap((there, index) => (there ? [index + 1] : []));
        const uidNext = before.length + 1;
        // A letter that came and went at once still takes a UID.
        const later = added.flatMap((stays, index) => (stays ? [uidNext + index] : []));
        const now = [...present.filter((uid) => removed[uid - 1] !== true), ...later];
        const modseq = now.length === present.length && added.length === 0 ? 5 : 6;
        const folder: KnownFolder = {
          uidValidity: '1',
          uids: UidSet.of(present),
          synced: { uidNext, exists: present.length, highestModseq: '5' },
        };
        const state: FolderState = {
          uidValidity: '1',
          uidNext: hideUidNext === 0 ? null : uidNext + added.length,
          exists: now.length,
          highestModseq: `${modseq}`,
        };
        const plan = planSync(folder, state);
        const tail = UidSet.of(now.filter((uid) => plan.kind === 'tail' && uid >= plan.from));
        const concluded =
          plan.kind === 'list' ||
          (plan.kind === 'tail' && !explainsCount(folder.uids.size, tail, state.exists))
            ? now
            : [...folder.uids.union(tail).ascending()];
        expect(concluded).toEqual(now);
      }),
    );
  });
});
