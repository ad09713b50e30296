import PostalMime from 'postal-mime';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseLetter } from '#main/mailbox/parse/parse-letter.ts';
import { encode, letterOf, multipart, serverFacts } from './letter-bytes.ts';

/*
 * postal-mime is an independent parser: on well-formed letters with true declarations both must read the same.
 */

const charset = fc.constantFrom('utf-8', 'windows-1251', 'koi8-r', 'ibm866');
const words = fc.array(
  fc.constantFrom('Добрый', 'день', 'сайт', 'не', 'работает', 'hello', '2026', '=3D', '> x', '\n'),
  {
    minLength: 1,
    maxLength: 40,
  },
);
const text = words.map((chosen) => `Здравствуйте ${chosen.join(' ')}`);

interface Part {
  readonly bytes: Buffer;
}

const textPart = fc
  .record({ text, charset, encoding: fc.constantFrom('8bit', 'base64', 'quoted-printable') })
  .map((part): Part => {
    const raw = encode(part.text.replaceAll('\n', '\r\n'), part.charset);
    const body =
      part.encoding === 'base64'
        ? raw.toString('base64').replaceAll(/.{76}/gu, '$&\r\n')
        : part.encoding === 'quoted-printable'
          ? quotedPrintable(raw)
          : raw;
    return {
      bytes: letterOf(
        [`Content-Type: text/plain; charset=${part.charset}`, `Content-Transfer-Encoding: ${part.encoding}`],
        Buffer.from(body),
      ),
    };
  });

const filePart = fc.uint8Array({ maxLength: 300 }).map((content): Part => ({
  bytes: letterOf(
    [
      'Content-Type: application/pdf',
      'Content-Disposition: attachment; filename="a.pdf"',
      'Content-Transfer-Encoding: base64',
    ],
    Buffer.from(content).toString('base64'),
  ),
}));

function quotedPrintable(raw: Buffer): string {
  return Array.from(raw.toString('latin1'), (char) => {
    const code = char.charCodeAt(0);
    const literal = (code >= 0x20 && code < 0x7f && char !== '=') || char === '\r' || char === '\n';
    return literal ? char : `=${code.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}

const words2047 = (value: string, name: string): string =>
  `=?${name}?B?${encode(value, name).toString('base64')}?=`;
const inWords = (value: string): string =>
  value
    .split(/\s+/u)
    .filter((word) => word !== '')
    .join(' ');

test('both parsers read the same letter', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(textPart, filePart), { minLength: 1, maxLength: 4 }),
      charset,
      async (parts, name) => {
        const source = letterOf(
          [
            `From: ${words2047('Иван Петров', name)} <ivan@school.by>`,
            'To: info@belinfoportal.by, "Second, one" <b@x.by>',
            `Subject: ${words2047('Не работает сайт', name)}`,
            'Message-ID: <a@school.by>',
            'Date: Tue, 10 Nov 2026 10:15:00 +0300',
            'MIME-Version: 1.0',
            'Content-Type: multipart/mixed; boundary="b"',
          ],
          multipart(
            'b',
            parts.map(({ bytes }) => bytes),
          ),
        );
        const ours = parseLetter(source, serverFacts);
        const theirs = await PostalMime.parse(source);
        expect(inWords(ours.text)).toBe(inWords(theirs.text ?? ''));
        expect(ours.subject).toBe(theirs.subject);
        expect(ours.from).toEqual({ name: theirs.from?.name, address: theirs.from?.address });
        expect(ours.to).toEqual(
          (theirs.to ?? []).map(({ name: toName, address }) => ({ name: toName, address })),
        );
        expect(new Date(ours.dateAt ?? 0).toISOString()).toBe(theirs.date);
        expect(ours.attachments.map(({ name: fileName, size }) => [fileName, size])).toEqual(
          theirs.attachments.map(({ filename, content }) => [
            filename,
            typeof content === 'string' ? content.length : content.byteLength,
          ]),
        );
      },
    ),
  );
});
