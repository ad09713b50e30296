import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import PostalMime from 'postal-mime';
import type { Service } from './start-service.ts';

/** Above this a letter's words are not looked for one by one. */
const wholeLetterBytes = 100_000;
/** Shorter pieces of text occur by chance. */
const leastLength = 6;

/**
 * Asserts that nothing confidential is in what the desks and the API of a service logged and printed: no subject,
 * name, address or line of a letter that lies in the mailbox, no file name, no password, no token, and nothing of
 * `typed`.
 *
 * Closes the desks first, so that everything is on disk. Every desk and the API must have logged something.
 */
export async function assertQuietLogs(service: Service, typed: readonly string[] = []): Promise<void> {
  for (const desk of service.desks) await desk.close();
  const said = new Map([['the API', service.apiLog.join('')]]);
  for (const folder of new Set(service.desks.map(({ userDataDir }) => userDataDir))) {
    const logs = join(folder, 'logs');
    const files = (await readdir(logs)).map((file) => join(logs, file));
    said.set(folder, (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join(''));
  }
  expect(said.size).toBeGreaterThan(1);
  for (const [who, text] of said) {
    expect(text.split('\n').filter((line) => line.startsWith('{')).length, who).toBeGreaterThan(0);
  }
  for (const [number, desk] of service.desks.entries()) said.set(`output of desk ${number}`, desk.output());

  const secrets = [...(await wordsOfLetters(service)), ...wordsOfService(service), ...typed];
  expect(secrets.length).toBeGreaterThan(20);
  for (const [who, text] of said) {
    const lower = text.toLowerCase();
    const heard = secrets.filter((secret) =>
      [secret, encodeURIComponent(secret)].some((form) => lower.includes(form.toLowerCase())),
    );
    expect(heard, who).toEqual([]);
  }
}

function wordsOfService(service: Service): string[] {
  const { agents, admin, dovecot, address, article } = service;
  return [
    ...agents.flatMap(({ login, name, password }) => [login, name, password]),
    admin.password,
    dovecot.password,
    address,
    article.title,
    article.url,
    'stp_access_',
    'stp_refresh_',
  ];
}

/** What the letters of the mailbox say, in pieces that are worth looking for. */
async function wordsOfLetters({ dovecot }: Service): Promise<Set<string>> {
  const words = new Set<string>();
  const client = await dovecot.client();
  try {
    for (const folder of ['INBOX', 'Sent']) {
      await client.mailboxOpen(folder, { readOnly: true });
      const query = { source: { maxLength: wholeLetterBytes } };
      for await (const { source } of client.fetch('1:*', query)) {
        if (source !== undefined) for (const word of await wordsOf(source)) words.add(word);
      }
    }
  } finally {
    await client.logout();
  }
  return words;
}

async function wordsOf(source: Uint8Array): Promise<string[]> {
  const {
    subject = '',
    messageId = '',
    from,
    to = [],
    text = '',
    attachments,
  } = await PostalMime.parse(source);
  const people = [from, ...to].flatMap((person) => [person?.name ?? '', person?.address ?? '']);
  const pieces = [
    subject,
    messageId,
    ...people,
    ...text.split('\n'),
    ...attachments.map((file) => file.filename ?? ''),
  ];
  return pieces.map((piece) => piece.trim()).filter((piece) => piece.length >= leastLength);
}
