import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText } from '#main/mailbox/parse/decode-text.ts';
import { parseParameters } from '#shared/mail/content-parameters.ts';
import { decodeWords } from '#shared/mail/encoded-words.ts';
import {
  allRawValues,
  firstRawValue,
  splitHeaderFields,
  unfoldRawValue,
} from '#shared/mail/header-fields.ts';
import { parseHeaderDate } from '#shared/mail/header-date.ts';
import { parseMessageId, parseMessageIds } from '#shared/mail/message-id.ts';
import { encode } from './letter-bytes.ts';

const base64 = (text: string, charset: string): string => encode(text, charset).toString('base64');

describe('header fields', () => {
  test('are split at CRLF, LF and mixed ends, folded lines stay with their field', () => {
    const bytes = Buffer.from('A: one\r\n two\nB : x\r\nno field here\r\nA: three\n\nbody: no');
    const { fields, bodyStart } = splitHeaderFields(bytes);
    expect(fields.map(({ name }) => name)).toEqual(['a', 'b', 'a']);
    expect(bytes.subarray(bodyStart).toString()).toBe('body: no');
    const first = firstRawValue(fields, 'a');
    expect(first && Buffer.from(unfoldRawValue(first)).toString()).toBe('one two');
    expect(allRawValues(fields, 'a')).toHaveLength(2);
  });

  test('bytes without any field are all body', () => {
    expect(splitHeaderFields(Buffer.from('just text\n\nmore'))).toEqual({ fields: [], bodyStart: 0 });
  });
});

describe('encoded words', () => {
  test.each([
    ['windows-1251', 'B', `=?windows-1251?B?${base64('Привет', 'windows-1251')}?=`],
    ['koi8-r', 'B', `=?KOI8-R?b?${base64('Привет', 'koi8-r')}?=`],
    ['ibm866', 'B', `=?cp866?B?${base64('Привет', 'ibm866')}?=`],
    ['iso-8859-5', 'B', `=?iso-8859-5?B?${base64('Привет', 'iso-8859-5')}?=`],
    ['utf-8 with language', 'Q', '=?utf-8*ru?Q?=D0=9F=D1=80=D0=B8=D0=B2=D0=B5=D1=82?='],
    ['wrongly declared', 'B', `=?us-ascii?B?${base64('Привет', 'windows-1251')}?=`],
  ])('%s in %s', (_charset, _encoding, source) => {
    expect(decodeWords(source, decodeText)).toBe('Привет');
  });

  test('a character split between two words survives', () => {
    const bytes = encode('Заявка', 'utf-8');
    const [left, right] = [bytes.subarray(0, 5), bytes.subarray(5)];
    const source = `=?utf-8?B?${left.toString('base64')}?=\r\n =?UTF-8?B?${right.toString('base64')}?=`;
    expect(decodeWords(source, decodeText)).toBe('Заявка');
  });

  test('white space goes between words and stays beside text', () => {
    expect(decodeWords('a =?utf-8?Q?b?= =?koi8-r?Q?c?= d', decodeText)).toBe('a bc d');
    expect(decodeWords('=?utf-8?Q?a_b?=', decodeText)).toBe('a b');
  });

  test('control characters that hide in a word become spaces', () => {
    expect(decodeWords('=?utf-8?Q?a=0D=0ABcc:_x=00?=', decodeText)).toBe('a Bcc: x');
  });

  test('broken words stay as text', () => {
    for (const broken of ['=?utf-8?X?abc?=', '=?utf-8?Q?abc', '=??Q?x?=']) {
      expect(decodeWords(broken, decodeText)).toBe(broken);
    }
  });
});

describe('content parameters', () => {
  const nameOf = (source: string): string | undefined =>
    parseParameters(source, decodeText).parameters.get('filename');

  test.each([
    ['plain', 'attachment; filename="Акт.pdf"', 'Акт.pdf'],
    ['RFC 2231', "attachment; filename*=utf-8''%D0%90%D0%BA%D1%82.pdf", 'Акт.pdf'],
    ['RFC 2231 cp1251', "attachment; filename*=windows-1251'ru'%C0%EA%F2.pdf", 'Акт.pdf'],
    [
      'continuations',
      "attachment; filename*1*=%BA%D1%82; filename*0*=utf-8''%D0%90%D0; filename*2=.pdf",
      'Акт.pdf',
    ],
    ['plain continuations', 'attachment; filename*0="long "; filename*1="name.pdf"', 'long name.pdf'],
    [
      'encoded word in quotes',
      `attachment; filename="=?koi8-r?B?${base64('Акт.pdf', 'koi8-r')}?="`,
      'Акт.pdf',
    ],
    ['unquoted with spaces', 'attachment; filename=my file (1).pdf; size=3', 'my file'],
    ['brackets in a name', 'attachment; filename=Invoice(1).pdf', 'Invoice(1).pdf'],
    ['escaped quote', String.raw`attachment; filename="a\"b;c.txt"`, 'a"b;c.txt'],
    ['windows path', String.raw`attachment; filename="C:\docs\a.txt"`, String.raw`C:\docs\a.txt`],
    ['extended wins', "attachment; filename=x.pdf; filename*=utf-8''y.pdf", 'y.pdf'],
    ['missing end quote', 'attachment; filename="a.txt', 'a.txt'],
  ])('%s', (_case, source, expected) => {
    expect(nameOf(source)).toBe(expected);
  });

  test('never throws', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (source) => {
        expect(parseParameters(source, decodeText).parameters).toBeInstanceOf(Map);
      }),
    );
  });
});

describe('message ids', () => {
  test.each([
    ['<a@b> <c@d>', ['<a@b>', '<c@d>']],
    ['<a@b>\r\n\t<c@\r\n d>', ['<a@b>', '<c@d>']],
    ['"Letter of Ivan <not an id" <a@b>', ['<a@b>']],
    ['a@b (comment x@y)', ['<a@b>']],
    ['a@b, c@d', ['<a@b>', '<c@d>']],
    ['<a@b><a@b>', ['<a@b>']],
    ['', []],
    ['<>', []],
    ['Your message of Monday', []],
  ])('%s', (source, expected) => {
    expect(parseMessageIds(source)).toEqual(expected);
  });

  test('of too many the root and the newest stay', () => {
    const ids = Array.from({ length: 30 }, (_, index) => `<${index}@x>`);
    expect(parseMessageIds(ids.join(' '), 4)).toEqual(['<0@x>', '<27@x>', '<28@x>', '<29@x>']);
  });

  test('one of a header, or null', () => {
    expect(parseMessageId(' <a@b> ')).toBe('<a@b>');
    expect(parseMessageId('none')).toBeNull();
  });
});

describe('dates', () => {
  test.each([
    ['Tue, 10 Nov 2026 10:15:00 +0300 (MSK)', '2026-11-10T07:15:00.000Z'],
    ['10 Nov 26 10:15 +0300', '2026-11-10T07:15:00.000Z'],
    ['Tue, 10 Nov 2026 10:15:00', '2026-11-10T10:15:00.000Z'],
    ['Tue, 10 Nov 2026 10:15:00 GMT', '2026-11-10T10:15:00.000Z'],
    ['Tue, 10 Nov 2026 10:15:00 EST', '2026-11-10T15:15:00.000Z'],
    ['Tue, 10-Nov-2026 10:15:00 -0130', '2026-11-10T11:45:00.000Z'],
    ['29 Feb 2024 23:59:60 +0000', '2024-03-01T00:00:00.000Z'],
    ['2026-11-10T10:15:00+03:00', '2026-11-10T07:15:00.000Z'],
    ['2026-11-10 10:15:00', '2026-11-10T10:15:00.000Z'],
  ])('%s', (source, expected) => {
    expect(new Date(parseHeaderDate(source) ?? Number.NaN).toISOString()).toBe(expected);
  });

  test.each(['', 'yesterday', '32 Nov 2026 10:15:00 +0300', '10 Foo 2026 10:15:00', '10 Nov 2026 25:15:00'])(
    'no date: %s',
    (source) => {
      expect(parseHeaderDate(source)).toBeNull();
    },
  );

  test('agrees with the calendar for every day of two centuries', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        (date) => {
          const seconds = Math.floor(date.getTime() / 1_000) * 1_000;
          expect(parseHeaderDate(new Date(seconds).toUTCString())).toBe(seconds);
        },
      ),
    );
  });
});
