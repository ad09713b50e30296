import { createHash } from 'node:crypto';
import { Value } from 'typebox/value';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LetterIdSchema } from '#shared/ids.ts';
import { letterIdentity } from '#shared/mail/identity.ts';
import { encode, letterOf, serverFacts } from './letter-bytes.ts';

const identifying = [
  'Message-ID: <a@b.by>',
  'Date: Tue, 10 Nov 2026 10:15:00 +0300',
  'From: Ivan <ivan@x.by>',
  'Subject: Site',
];
const others = ['Received: from a', 'Received: from b', 'To: info@x.by', 'X-Spam: no'];
const expected = letterIdentity(letterOf(identifying), serverFacts);

test('is the rule written down: lengths and raw values, hashed', () => {
  const hash = createHash('sha256');
  for (const field of identifying) {
    const value = Buffer.from(field.slice(field.indexOf(':') + 2));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(value.length);
    hash.update(length).update(value);
  }
  expect(expected).toBe(`1:${hash.digest('hex')}`);
  expect(Value.Check(LetterIdSchema, expected)).toBe(true);
});

test('does not change with other fields, order, folding, body, UID facts', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(others), fc.boolean(), fc.nat(), (extra, before, size) => {
      const reversed = [...identifying].reverse();
      const headers = before ? [...extra, ...reversed] : [...reversed, ...extra];
      expect(letterIdentity(letterOf(headers, 'any body'), { internalDateAt: size, size })).toBe(expected);
    }),
  );
  const folded = [...identifying.slice(0, 2), 'From: Ivan\r\n <ivan@x.by>', 'SUBJECT:  Site '];
  expect(letterIdentity(letterOf(folded), serverFacts)).toBe(expected);
});

test('differs where one of the four differs', () => {
  for (const [index, field] of identifying.entries()) {
    const changed = identifying.with(index, field.replace(/.(?=\S*$)/u, '~'));
    expect(letterIdentity(letterOf(changed), serverFacts)).not.toBe(expected);
    expect(letterIdentity(letterOf(identifying.toSpliced(index, 1)), serverFacts)).not.toBe(expected);
  }
});

test('is over raw bytes: the same subject in two charsets is two letters', () => {
  const subject = (charset: string): Buffer =>
    Buffer.concat([Buffer.from('Subject: '), encode('Сайт', charset)]);
  const ids = ['windows-1251', 'koi8-r'].map((charset) =>
    letterIdentity(letterOf([subject(charset)]), serverFacts),
  );
  expect(new Set(ids).size).toBe(2);
});

test('without Message-ID the server’s facts tell letters apart', () => {
  const header = letterOf(identifying.slice(1));
  const ids = [
    letterIdentity(header, serverFacts),
    letterIdentity(header, { ...serverFacts, size: serverFacts.size + 1 }),
    letterIdentity(header, { ...serverFacts, internalDateAt: serverFacts.internalDateAt + 1_000 }),
  ];
  expect(new Set(ids).size).toBe(3);
  expect(letterIdentity(header, serverFacts)).toBe(ids[0]);
});
