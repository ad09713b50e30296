import { describe, expect, test } from 'vitest';
import { mayUpdate } from '#main/updates/may-update.ts';
import { plainNotes, updateProblem } from '#main/updates/updater-client.ts';
import { wouldInterrupt } from '#main/updates/would-interrupt.ts';

describe('a restart would interrupt', () => {
  const calm = { outgoing: [], isSending: false, pendingOperations: 0, apiIsOnline: true, now: 1000 };
  const cases: [string, Partial<Parameters<typeof wouldInterrupt>[0]>, boolean][] = [
    ['nothing', {}, false],
    ['a letter that is being sent', { outgoing: [{ state: 'sending', releaseAt: 0 }] }, true],
    [
      'a letter that awaits the last word of the mail server',
      { outgoing: [{ state: 'uncertain', releaseAt: 0 }], isSending: true },
      true,
    ],
    [
      'a letter for which the API is being asked',
      { outgoing: [{ state: 'queued', releaseAt: 0 }], isSending: true },
      true,
    ],
    ['a letter that can still be called back', { outgoing: [{ state: 'queued', releaseAt: 1001 }] }, true],
    ['no letter that waits for a server', { outgoing: [{ state: 'queued', releaseAt: 1000 }] }, false],
    [
      'no letter that an agent has to decide about',
      {
        outgoing: [
          { state: 'uncertain', releaseAt: 0 },
          { state: 'held', releaseAt: 0 },
        ],
      },
      false,
    ],
    ['operations on their way', { pendingOperations: 1 }, true],
    ['no operations that wait for the API on disk', { pendingOperations: 1, apiIsOnline: false }, false],
  ];
  test.each(cases)('%s', (_name, changes, expected) => {
    expect(wouldInterrupt({ ...calm, ...changes })).toBe(expected);
  });
});

test('only installations that can prove what they install update themselves', () => {
  const installed = {
    platform: 'linux',
    isPackaged: true,
    appImage: '/opt/stp.AppImage',
    packageType: '',
    updateConfig: 'provider: generic\n',
  } as const;
  expect(mayUpdate(installed)).toBe(true);
  expect(mayUpdate({ ...installed, appImage: undefined, packageType: 'deb\n' })).toBe(true);
  expect(mayUpdate({ ...installed, appImage: undefined })).toBe(false);
  expect(mayUpdate({ ...installed, isPackaged: false })).toBe(false);
  expect(mayUpdate({ ...installed, updateConfig: '' })).toBe(false);
  expect(mayUpdate({ ...installed, platform: 'win32' })).toBe(false);
  const signed = {
    ...installed,
    platform: 'win32',
    updateConfig: 'provider: generic\npublisherName:\n  - X\n',
  } as const;
  expect(mayUpdate(signed)).toBe(true);
  expect(mayUpdate({ ...installed, platform: 'darwin' })).toBe(false);
});

test('release notes are told as plain text', () => {
  expect(plainNotes(null)).toBe('');
  expect(plainNotes('Исправлено: 1 < 2\n')).toBe('Исправлено: 1 < 2');
  expect(plainNotes('<p>Раз</p><p>Два <a href="https://x.example">здесь</a><img src="x" alt="y"></p>')).toBe(
    'Раз\n\nДва здесь',
  );
  expect(
    plainNotes([
      { version: '1', note: '<b>Раз</b>' },
      { version: '2', note: null },
    ]),
  ).toBe('Раз');
  expect(plainNotes('я'.repeat(50_000))).toHaveLength(20_000);
});

test('failures are told by their kind', () => {
  const error = (message: string, code?: string) =>
    Object.assign(new Error(message), code === undefined ? {} : { code });
  expect(updateProblem(error('sha512 checksum mismatch, expected a, got b', 'ERR_CHECKSUM_MISMATCH'))).toBe(
    'wrong-hash',
  );
  expect(updateProblem(error('connect ECONNREFUSED', 'ECONNREFUSED'))).toBe('unreachable');
  expect(updateProblem(error('net::ERR_NAME_NOT_RESOLVED'))).toBe('unreachable');
  expect(updateProblem(error('no space left', 'ENOSPC'))).toBe('disk-failed');
  expect(updateProblem(error('404', 'HTTP_ERROR_404'))).toBe('unexpected-answer');
  expect(updateProblem('what?')).toBe('unexpected-answer');
});
