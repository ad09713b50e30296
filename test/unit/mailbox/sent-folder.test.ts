import type { ListResponse } from 'imapflow';
import { describe, expect, it } from 'vitest';
import { findSentFolder } from '#main/mailbox/sent-folder.ts';

function folder(path: string, facts: Partial<ListResponse> = {}): ListResponse {
  const parts = path.split('/');
  return {
    path,
    pathAsListed: path,
    name: parts.at(-1) ?? '',
    delimiter: '/',
    parent: parts.slice(0, -1),
    parentPath: parts.slice(0, -1).join('/'),
    flags: new Set(),
    listed: true,
    subscribed: true,
    ...facts,
  };
}

const marked = { specialUse: '\\Sent', specialUseSource: 'extension' } as const;

describe('findSentFolder', () => {
  const cases: readonly [string, readonly ListResponse[], string | null, string | null][] = [
    ['what the server marks', [folder('Sent'), folder('Gesendet', marked)], null, 'Gesendet'],
    ['what the admin wrote', [folder('Sent', marked), folder('Answers')], 'Answers', 'Answers'],
    ['nothing else when the admin’s is not there', [folder('Sent', marked)], 'Answers', null],
    ['a Russian name', [folder('INBOX'), folder('Отправленные')], null, 'Отправленные'],
    ['a Belarusian name', [folder('Адпраўленыя')], null, 'Адпраўленыя'],
    ['a name below INBOX', [folder('INBOX/Sent Items')], null, 'INBOX/Sent Items'],
    ['no name deeper down', [folder('Projects/Sent')], null, null],
    [
      'no guess of the library',
      [folder('Ausgang', { specialUse: '\\Sent', specialUseSource: 'name' })],
      null,
      null,
    ],
    ['no folder that holds no letters', [folder('Sent', { flags: new Set(['\\Noselect']) })], null, null],
    ['nothing where nothing is', [folder('INBOX')], null, null],
  ];
  it.each(cases)('takes %s', (_name, folders, configured, path) => {
    expect(findSentFolder(folders, configured)).toBe(path);
  });
});
