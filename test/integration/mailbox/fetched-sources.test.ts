import { ImapFlow } from 'imapflow';
import { expect, test } from 'vitest';
import { fetchHeaders, fetchSources } from '#main/mailbox/imap-fetch.ts';
import { fetchLargeLetter } from '#main/mailbox/large-letter.ts';
import { UidSet } from '#shared/mail/uid-set.ts';
import { ScriptedImap } from '#test/fakes/imap-scripted.ts';
import { letter } from './desk-mailbox.ts';

test('a letter that is answered with NIL is no letter, also of a server that counts sizes otherwise', async () => {
  const sources = ['first', 'second', 'third'].map((subject) => letter(subject));
  await using server = await ScriptedImap.start({
    letters: sources.map((source, index) => ({ uid: index + 1, source })),
    sizeOf: (source) => source.replaceAll('\r\n', '\n').length,
    isNil: (uid) => uid === 2,
  });
  const { host, port, user, password: pass } = server;
  const client = new ImapFlow({ host, port, auth: { user, pass }, secure: false, logger: false });
  await client.connect();
  await client.mailboxOpen('INBOX', { readOnly: true });

  const known = await fetchSources(client, UidSet.of([1]));
  expect(known).toHaveLength(1);
  const all = UidSet.of([1, 2, 3]);
  const texts = (await fetchSources(client, all)).map(({ uid, bytes }) => [
    uid,
    Buffer.from(bytes).toString('latin1'),
  ]);
  expect(new Map(texts as [number, string][])).toEqual(
    new Map([
      [1, sources[0]],
      [3, sources[2]],
    ]),
  );
  expect(new Set((await fetchHeaders(client, all)).map(({ uid }) => uid))).toEqual(new Set([1, 3]));
  expect(await fetchLargeLetter(client, 1, false)).not.toBeNull();
  expect(await fetchLargeLetter(client, 2, false)).toBeNull();
  client.close();
});
