import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extractAttachment, parseHeadersOnly, parseLetter } from '#main/mailbox/parse/parse-letter.ts';
import type { ParsedLetter } from '#shared/mail/parsed-letter.ts';
import { encode, letterOf, multipart, serverFacts } from './letter-bytes.ts';

const parse = (source: Uint8Array): ParsedLetter => parseLetter(source, serverFacts);
const plain = (text: string, ...headers: string[]): Buffer =>
  letterOf(['Content-Type: text/plain; charset=utf-8', ...headers], text);
const html = (text: string, ...headers: string[]): Buffer =>
  letterOf(['Content-Type: text/html; charset=utf-8', ...headers], text);
const file = (name: string, content: Buffer, ...headers: string[]): Buffer =>
  letterOf(
    [
      `Content-Type: application/octet-stream; name="${name}"`,
      `Content-Disposition: attachment; filename="${name}"`,
      'Content-Transfer-Encoding: base64',
      ...headers,
    ],
    content.toString('base64').replaceAll(/.{76}/gu, '$&\n'),
  );
const of = (type: string, ...parts: Buffer[]): Buffer =>
  letterOf(
    [`Content-Type: ${type}; boundary="=_b${parts.length}${type.length}"`],
    multipart(`=_b${parts.length}${type.length}`, parts),
  );

test('a whole letter in windows-1251 with a raw 8-bit header', () => {
  const cp1251 = (text: string): Buffer => encode(text, 'windows-1251');
  const source = letterOf(
    [
      cp1251('From: Иван Петров <Ivan@School.by>'),
      cp1251('To: "СТП, поддержка" <info@belinfoportal.by>, b@x.by'),
      'Cc: c@x.by',
      'Reply-To: office@school.by',
      cp1251('Subject: Re: Не работает сайт [STP-ABCD2345]'),
      'Message-ID: <1@school.by>',
      'In-Reply-To: <0@x.by>',
      'References: <r@x.by>\r\n <0@x.by>',
      'Date: Tue, 10 Nov 2026 10:15:00 +0300',
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=windows-1251',
      'Content-Transfer-Encoding: 8bit',
    ],
    cp1251('Добрый день!\r\n\r\n10.11.2026 9:00, СТП пишет:\r\n> Пришлите адрес.\r\n'),
  );
  const letter = parse(source);
  expect(letter).toMatchObject({
    messageId: '<1@school.by>',
    inReplyTo: ['<0@x.by>'],
    references: ['<r@x.by>', '<0@x.by>'],
    from: { name: 'Иван Петров', address: 'ivan@school.by' },
    to: [
      { name: 'СТП, поддержка', address: 'info@belinfoportal.by' },
      { name: '', address: 'b@x.by' },
    ],
    cc: [{ name: '', address: 'c@x.by' }],
    replyTo: [{ name: '', address: 'office@school.by' }],
    subject: 'Re: Не работает сайт [STP-ABCD2345]',
    dateAt: Date.UTC(2026, 10, 10, 7, 15),
    reply: 'Добрый день!',
    html: null,
    attachments: [],
    kind: 'human',
    bounce: null,
    truncated: false,
  });
  expect(letter.text).toBe('Добрый день!\n\n10.11.2026 9:00, СТП пишет:\n> Пришлите адрес.\n');
  expect(letter.parts).toEqual([{ kind: 'text', text: letter.text }]);
  const { id, messageId, from, subject } = parseHeadersOnly(source, serverFacts);
  expect({ id, messageId, from, subject }).toEqual({
    id: letter.id,
    messageId: letter.messageId,
    from: letter.from,
    subject: letter.subject,
  });
});

test.each(['windows-1251', 'koi8-r', 'ibm866', 'iso-8859-5'])(
  'short raw %s headers are read together, and by the charset of the body',
  (charset) => {
    const raw = (line: string): Buffer => encode(line, charset);
    const together = [
      raw('From: Яна <a@b.by>'),
      raw('Subject: Не работает поиск на сайте'),
      raw('To: Ян <c@d.by>'),
    ];
    const letter = parse(letterOf(together, 'x'));
    expect([letter.from.name, letter.to[0]?.name]).toEqual(['Яна', 'Ян']);
    const declared = parse(
      letterOf([raw('Subject: Да'), `Content-Type: text/plain; charset=${charset}`], 'x'),
    );
    expect(declared.subject).toBe('Да');
  },
);

describe('transfer encodings', () => {
  test.each([
    ['quoted-printable', '=D0=9F=D1=80=D0=B8=D0=B2=\n=D0=B5=D1=82 =3D ok   \nend=', 'Привет = ok\nend'],
    ['Quoted-Printable', 'broken =ZZ and = \nsoft', 'broken =ZZ and soft'],
    ['base64', '0J/RgNC4\n0LLQtdGC', 'Привет'],
    ['BASE64', '0J/RgNC4!!0LLQtdGC==', 'Привет'],
    ['base64', '0J8=\n0YA=', 'Пр'],
    ['7bit', 'Plain', 'Plain'],
    ['unknown', 'Plain', 'Plain'],
  ])('%s: %j', (encoding, body, expected) => {
    expect(parse(plain(body, `Content-Transfer-Encoding: ${encoding}`)).text).toBe(expected);
  });

  test('format=flowed', () => {
    const source = letterOf(
      ['Content-Type: text/plain; charset=utf-8; format=flowed'],
      'One \ntwo\n> a \n> b\n-- \nIvan',
    );
    expect(parse(source).text).toBe('One two\n> a b\n-- \nIvan');
  });
});

describe('structure', () => {
  test('displayable parts come in order, each its own document', () => {
    const letter = parse(
      of(
        'multipart/mixed',
        plain('first'),
        file('a.bin', Buffer.from('A')),
        html('<b>second'),
        plain('third'),
      ),
    );
    expect(letter.parts).toEqual([
      { kind: 'text', text: 'first' },
      { kind: 'html', html: '<b>second' },
      { kind: 'text', text: 'third' },
    ]);
    expect(letter.text).toBe('first\n\nsecond\n\nthird');
    expect(letter.html).toContain('<b>second');
    expect(letter.html).toContain('third');
    expect(letter.attachments).toEqual([
      {
        index: 0,
        partId: '2',
        name: 'a.bin',
        type: 'application/octet-stream',
        size: 1,
        contentId: null,
        inline: false,
      },
    ]);
  });

  test('of alternatives the HTML is shown and the plain one is the text', () => {
    const letter = parse(of('multipart/alternative', plain('plain'), html('<p>rich</p>')));
    expect(letter.parts).toEqual([{ kind: 'html', html: '<p>rich</p>' }]);
    expect(letter.text).toBe('plain');
    expect(letter.html).toBe('<p>rich</p>');
  });

  test('an empty plain alternative does not hide the HTML, nor an empty HTML the plain', () => {
    expect(parse(of('multipart/alternative', plain('  \n'), html('<p>rich</p>'))).text).toBe('rich');
    expect(parse(of('multipart/alternative', plain('plain'), html(''))).parts).toEqual([
      { kind: 'text', text: 'plain' },
    ]);
  });

  test('alternative with related images and attachments beside it', () => {
    const image = letterOf(
      ['Content-Type: image/png', 'Content-ID: <logo@x>', 'Content-Transfer-Encoding: base64'],
      Buffer.from('PNG').toString('base64'),
    );
    const letter = parse(
      of(
        'multipart/mixed',
        of(
          'multipart/alternative',
          plain('plain'),
          of('multipart/related', html('<img src="cid:logo@x">'), image),
        ),
        file('акт.pdf', Buffer.from('PDF!')),
      ),
    );
    expect(letter.parts).toEqual([{ kind: 'html', html: '<img src="cid:logo@x">' }]);
    expect(letter.text).toBe('plain');
    expect(
      letter.attachments.map(({ name, size, contentId, inline, partId }) => [
        name,
        size,
        contentId,
        inline,
        partId,
      ]),
    ).toEqual([
      ['attachment-1.png', 3, 'logo@x', true, '1.2.2'],
      ['акт.pdf', 4, null, false, '2'],
    ]);
  });

  test('HTML alone gives text with quotes', () => {
    const letter = parse(
      html('<p>Добрый день!</p><p>Сайт</p><blockquote>Было</blockquote><script>x()</script>'),
    );
    expect(letter.text).toBe('Добрый день!\nСайт\n> Было');
    expect(letter.reply).toBe('Добрый день!\nСайт');
  });

  test.each([
    [
      '<table><tr><td>Сайт</td><td>школа.бел</td></tr><tr><td>Квота</td><td>5 Гб</td></tr></table>',
      'Сайт школа.бел\nКвота 5 Гб',
    ],
    ['<table><tr><td><p>Один</p><p>Два</p></td></tr></table>', 'Один\nДва'],
    ['<p>&#1055;&lt;мир&gt; &amp;&nbsp;&copy;</p><ul><li>a</li></ul>', 'П<мир> & ©\n * a'],
    [
      '<a href="https://x.by/a">тут</a> <a href="https://x.by">https://x.by</a>',
      'тут [https://x.by/a] https://x.by',
    ],
    ['Один<br>Два<div>Три</div>', 'Один\nДва\nТри'],
  ])('text of %s', (document, text) => {
    expect(parse(html(document)).text).toBe(text);
  });

  test('an HTML part without charset is read by its own meta', () => {
    const body = encode(
      '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2"><p>Zażółć</p>',
      'iso-8859-2',
    );
    expect(parse(letterOf(['Content-Type: text/html'], body)).text).toBe('Zażółć');
  });

  test('a nested letter is an attachment under its subject', () => {
    const nested = letterOf(
      ['Content-Type: message/rfc822'],
      letterOf(['Subject: =?utf-8?Q?=D0=90=D0=BA=D1=82?='], 'inside'),
    );
    const letter = parse(of('multipart/mixed', plain('see'), nested));
    expect(letter.text).toBe('see');
    expect(letter.attachments.map(({ name, type }) => [name, type])).toEqual([['Акт.eml', 'message/rfc822']]);
  });

  test('winmail.dat is just an attachment', () => {
    const tnef = letterOf(
      ['Content-Type: application/ms-tnef', 'Content-Transfer-Encoding: base64'],
      'eJ8+Ig==',
    );
    expect(
      parse(of('multipart/mixed', plain('x'), tnef)).attachments.map(({ name, size }) => [name, size]),
    ).toEqual([['winmail.dat', 4]]);
  });

  test('a named text is shown and can be saved; one marked attachment is only saved', () => {
    const named = letterOf(['Content-Type: text/plain; name=log.txt', 'Content-Disposition: inline'], 'log');
    const attached = letterOf(
      [
        'Content-Type: text/plain',
        "Content-Disposition: attachment; filename*0*=utf-8''%D0%BB; filename*1*=%D0%BE%D0%B3.txt",
      ],
      'other',
    );
    const letter = parse(of('multipart/mixed', plain('body'), named, attached));
    expect(letter.text).toBe('body\n\nlog');
    expect(letter.attachments.map(({ name }) => name)).toEqual(['log.txt', 'лог.txt']);
  });

  test('boundaries that start alike do not mix, and the closing one may be missing', () => {
    const inner = multipart('xx', [plain('inner')]);
    const outer = Buffer.concat([
      Buffer.from('preamble\r\n--x\r\nContent-Type: multipart/mixed; boundary=xx\r\n\r\n'),
      inner,
      Buffer.from('\r\n--x  \r\n\r\nlast'),
    ]);
    expect(parse(letterOf(['Content-Type: multipart/mixed; boundary=x'], outer)).text).toBe('inner\n\nlast');
  });

  test('a multipart without its boundary still shows its text', () => {
    const body = multipart('lost', [plain('found')]);
    expect(parse(letterOf(['Content-Type: multipart/mixed'], body)).text).toBe('found');
    expect(parse(letterOf(['Content-Type: multipart/mixed; boundary=other'], 'no parts here')).text).toBe(
      'no parts here',
    );
  });

  test('nesting and part counts are bounded and said', () => {
    let deep = plain('bottom');
    for (let depth = 0; depth < 60; depth += 1) {
      deep = letterOf(
        [`Content-Type: multipart/mixed; boundary=n${depth}.`],
        multipart(`n${depth}.`, [deep]),
      );
    }
    expect(parse(deep).truncated).toBe(true);
    const many = parse(of('multipart/mixed', ...Array.from({ length: 2_500 }, () => plain('x'))));
    expect(many.truncated).toBe(true);
    expect(many.parts.length).toBeGreaterThan(1_900);
  });
});

describe('attachments', () => {
  test('content comes back byte by byte, with the size that was promised', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { minLength: 1, maxLength: 4 }), (contents) => {
        const parts = contents.map((content, index) => file(`${index}.bin`, Buffer.from(content)));
        const source = of('multipart/mixed', plain('x'), ...parts);
        const letter = parse(source);
        for (const [index, content] of contents.entries()) {
          expect(Buffer.from(extractAttachment(source, index) ?? [])).toEqual(Buffer.from(content));
          expect(letter.attachments[index]?.size).toBe(content.length);
        }
        expect(extractAttachment(source, contents.length)).toBeNull();
      }),
    );
  });

  test('a letter of 50 MB is read whole', () => {
    const content = Buffer.alloc(37_000_000, 7);
    const source = of('multipart/mixed', plain('большое'), file('big.bin', content));
    expect(source.length).toBeGreaterThan(50_000_000);
    const letter = parse(source);
    expect(letter.text).toBe('большое');
    expect(letter.attachments[0]?.size).toBe(content.length);
    expect(extractAttachment(source, 0)?.length).toBe(content.length);
  });
});

describe('garbage', () => {
  test('is still a letter', () => {
    expect(parse(new Uint8Array()).text).toBe('');
    expect(parse(Buffer.from('no header, only words')).text).toBe('no header, only words');
    expect(parse(Buffer.from('\r\n\r\n')).from).toEqual({ name: '', address: '' });
  });

  test('never throws, on random bytes and on damaged letters', () => {
    const good = of(
      'multipart/mixed',
      of('multipart/alternative', plain('Привет'), html('<p>Привет</p>')),
      file('a.bin', Buffer.from('content')),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), fc.nat(good.length), fc.nat(200), (noise, at, cut) => {
        const damaged = Buffer.concat([
          good.subarray(0, at),
          noise,
          good.subarray(Math.min(at + cut, good.length)),
        ]);
        for (const source of [noise, damaged]) {
          const letter = parse(source);
          expect(letter.id).toMatch(/^1:[0-9a-f]{64}$/u);
          expect(letter.text).not.toContain('\0');
        }
      }),
      { numRuns: 500 },
    );
  });

  test('hostile headers do not hold the parser up', () => {
    const long = [
      '<'.repeat(50_000),
      '('.repeat(50_000),
      '"'.repeat(50_000),
      '=?utf-8?Q?'.repeat(5_000),
      ' '.repeat(50_000),
      'a@'.repeat(25_000),
    ];
    for (const value of long) {
      const letter = parse(
        letterOf(
          [
            `From: x${value}x`,
            `References: x${value}x`,
            `Subject: x${value}x`,
            `Content-Type: text/plain; x${value}x`,
          ],
          'body',
        ),
      );
      expect(letter.id).toMatch(/^1:/u);
    }
  });
});
