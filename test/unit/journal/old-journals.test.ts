import { copyFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  addNote,
  claim,
  testAuthor,
  testDraft,
  testId,
  testNote,
  testOutgoing,
} from './journal-arbitraries.ts';
import { openJournal, temporaryFolder } from './journal-folder.ts';

/*
 * Files that desks of every earlier version left on disk, sealed with the tests' key. They must open for ever; a file is
 * never changed, a new version of a record adds one.
 */

test('version 1 of the records opens with everything that was in it', async () => {
  const dir = await temporaryFolder();
  const fixture = new URL('../../fixtures/journal/v1.journal', import.meta.url);
  await copyFile(fileURLToPath(fixture), join(dir, 'journal'));
  const journal = await openJournal(dir);
  expect(journal.damage).toBeNull();

  const operations = [...journal.state.operations.values()];
  expect(operations.map(({ operation }) => [operation.id, operation.kind])).toEqual([
    [testId(1), 'claim-ticket'],
    [testId(2), 'set-criticality'],
    [testId(3), 'release-ticket'],
    [testId(4), 'record-answer'],
  ]);
  expect(operations.map(({ answer }) => answer)).toEqual([
    { outcome: 'applied', version: 12, epoch: 'e1', at: 2000 },
    {
      outcome: 'rejected',
      rejection: { kind: 'held-by-other', agentId: testId(0xb), until: 9000 },
      at: 2001,
    },
    null,
    null,
  ]);
  expect(operations[0]).toMatchObject({ operation: claim(1), author: testAuthor, submittedAt: 1000 });

  expect([...journal.state.drafts.values()]).toEqual([testDraft(7, 'черновик')]);

  expect([...journal.state.outgoing.values()]).toEqual([
    {
      outgoing: {
        ...testOutgoing(9, testDraft(6, 'Здравствуйте!', [0x21])),
        state: 'sent',
        recipients: [{ address: 'ivan@example.by', state: 'accepted' }],
        filed: true,
      },
      envelope: { from: 'help@example.by', to: ['ivan@example.by'] },
      mimeFile: testId(0x109),
      check: 'ignore-changes',
      serverWords: '250 2.0.0 Ok: queued',
      movedAt: 1690,
    },
  ]);
});

test('version 2 of the records opens with everything that was in it', async () => {
  const dir = await temporaryFolder();
  const fixture = new URL('../../fixtures/journal/v2.journal', import.meta.url);
  await copyFile(fileURLToPath(fixture), join(dir, 'journal'));
  const journal = await openJournal(dir);
  expect(journal.damage).toBeNull();

  expect([...journal.state.operations.values()]).toMatchObject([
    {
      operation: {
        kind: 'create-ticket',
        token: '0123ABCD',
        channel: 'phone',
        subject: 'Звонок',
        client: { name: 'Анна', address: '', phone: '+375 17 123-45-67' },
      },
      answer: { outcome: 'applied', version: 12, epoch: 'e1', at: 2000 },
    },
    { operation: claim(2), answer: null },
  ]);

  expect([...journal.state.drafts.values()]).toEqual([
    {
      ...testDraft(5, 'Посмотрите, пожалуйста.'),
      html: '<p>Посмотрите, пожалуйста.</p>',
      purpose: 'forward',
      inReplyTo: null,
      references: [],
    },
  ]);

  const written = {
    ...testDraft(6, 'Здравствуйте!', [0x21]),
    html: '<p><strong>Здравствуйте!</strong></p>',
    fromName: 'Первая линия',
  };
  expect([...journal.state.outgoing.values()]).toMatchObject([
    {
      outgoing: { ...testOutgoing(9, written), releaseAt: 11_600, reason: 'api-unreachable' },
      mimeFile: testId(0x109),
      check: 'full',
    },
  ]);
});

test('version 2 with half-written notes opens with those that were neither submitted nor thrown away', async () => {
  const dir = await temporaryFolder();
  const fixture = new URL('../../fixtures/journal/v2-notes.journal', import.meta.url);
  await copyFile(fileURLToPath(fixture), join(dir, 'journal'));
  const journal = await openJournal(dir);
  expect(journal.damage).toBeNull();
  expect([...journal.state.notes.values()]).toEqual([testNote(3, 'Просили перезвонить после обеда.')]);
  expect([...journal.state.operations.values()]).toMatchObject([
    { operation: addNote(1, 'Звонили из школы.'), answer: null },
  ]);
});
