import { domainToASCII, domainToUnicode as nodeDomainToUnicode } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText } from '#main/mailbox/parse/decode-text.ts';
import { displayAddress, normaliseAddress, parseAddresses } from '#shared/mail/addresses.ts';
import { domainToAscii, domainToUnicode } from '#shared/text/idn.ts';

const parse = (value: string): string[] =>
  parseAddresses(value, decodeText).map(({ name, address }) => `${name}|${address}`);

describe('address lists', () => {
  test.each([
    ['ivan@x.by', ['|ivan@x.by']],
    ['Ivan <IVAN@X.BY>, petr@x.by', ['Ivan|ivan@x.by', '|petr@x.by']],
    ['"Petrov, Ivan" <a@b.by>', ['Petrov, Ivan|a@b.by']],
    ['=?utf-8?Q?=D0=98=D0=B2=D0=B0=D0=BD=2C_=D0=9F?= <a@b.by>', ['Иван, П|a@b.by']],
    ['=?utf-8?Q?Ivan, Petrov?= <a@b.by>', ['Ivan, Petrov|a@b.by']],
    ['=?utf-8?Q?evil=40x.by=3E=2C?= <a@b.by>', ['evil@x.by>,|a@b.by']],
    ['a@b.by (Иван (старший))', ['Иван (старший)|a@b.by']],
    ['Team: a@b.by, C <c@d.by>; e@f.by', ['|a@b.by', 'C|c@d.by', '|e@f.by']],
    ['undisclosed-recipients:;', []],
    ['<@relay.by:a@b.by>', ['|a@b.by']],
    ['a@b.by <a@b.by>', ['a@b.by|a@b.by']],
    ['"a@b.by"', ['|a@b.by']],
    ['MAILER-DAEMON', ['MAILER-DAEMON|']],
    ['Ivan <a@b.by', ['Ivan|a@b.by']],
    [',,a@b.by,,', ['|a@b.by']],
    ['', []],
  ])('%s', (value, expected) => {
    expect(parse(value)).toEqual(expected);
  });

  test('an encoded comma or bracket never makes another address', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), (name) => {
        const word = `=?utf-8?B?${Buffer.from(name).toString('base64')}?=`;
        expect(parseAddresses(`${word} <a@b.by>`, decodeText).map(({ address }) => address)).toEqual([
          'a@b.by',
        ]);
      }),
    );
  });

  test('never throws, and is bounded', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'binary' }), (value) => {
        expect(Array.isArray(parseAddresses(value, decodeText))).toBe(true);
      }),
    );
    expect(parseAddresses('a@b.by,'.repeat(5_000), decodeText)).toHaveLength(1_000);
  });
});

describe('normalisation', () => {
  test.each([
    [' Info@Веб-Мастерская.БЕЛ ', 'info@xn----8sbabesd4bp6bjck1q.xn--90ais'],
    ['info@xn----8sbabesd4bp6bjck1q.xn--90ais', 'info@xn----8sbabesd4bp6bjck1q.xn--90ais'],
    ['mailto:A@B.by', 'a@b.by'],
    ['"ivan"@x.by', 'ivan@x.by'],
    ['no-at', 'no-at'],
    ['', ''],
  ])('%s', (address, expected) => {
    expect(normaliseAddress(address)).toBe(expected);
  });

  test('is idempotent', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const once = normaliseAddress(text);
        expect(normaliseAddress(once)).toBe(once);
      }),
    );
  });

  test('an internationalised domain is shown in its script', () => {
    expect(displayAddress('info@xn----8sbabesd4bp6bjck1q.xn--90ais')).toBe('info@веб-мастерская.бел');
  });
});

describe('domains', () => {
  test.each([
    ['веб-мастерская.бел', 'xn----8sbabesd4bp6bjck1q.xn--90ais'],
    ['справка.веб-мастерская.бел', 'xn--80aaf6awgf.xn----8sbabesd4bp6bjck1q.xn--90ais'],
    ['админка.веб-мастерская.бел', 'xn--80aalqkki.xn----8sbabesd4bp6bjck1q.xn--90ais'],
    ['СПРАВКА.Бел', 'xn--80aaf6awgf.xn--90ais'],
    ['belinfoportal.by', 'belinfoportal.by'],
  ])('%s', (unicode, ascii) => {
    expect(domainToAscii(unicode)).toBe(ascii);
    expect(domainToUnicode(ascii)).toBe(unicode.toLowerCase());
  });

  test('agree with the platform on Cyrillic labels', () => {
    const letters = 'абвгдеёжзійклмнопрстуўфхцчшыьэюя0123456789'.split('');
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 20 }), (chars) => {
        const domain = `я${chars.join('')}.бел`;
        const ascii = domainToASCII(domain);
        fc.pre(ascii !== '');
        expect(domainToAscii(domain)).toBe(ascii);
        expect(domainToUnicode(ascii)).toBe(nodeDomainToUnicode(ascii));
      }),
    );
  });

  test('a label that mixes scripts is shown as ASCII', () => {
    const lookalike = domainToAscii('pаypal.by') ?? '';
    expect(lookalike).toMatch(/^xn--/u);
    expect(domainToUnicode(lookalike)).toBe(lookalike);
  });

  test.each([
    ['аррӏе.com', 'xn--80ak6aa92e.com'],
    ['вход.ѕес-2.com', 'вход.xn---2-mlc2cxf.com'],
    ['аррӏе.com.', 'xn--80ak6aa92e.com.'],
    ['аррӏе', 'xn--80ak6aa92e'],
  ])('a Cyrillic label that looks Latin is shown as ASCII: %s', (domain, shown) => {
    expect(domainToUnicode(domainToASCII(domain))).toBe(shown);
  });

  test.each(['школа.by', 'кот.бел', 'хост.рф', 'справка.сор.бел', 'школа-7.com'])(
    'a Cyrillic label that one expects is shown in its script: %s',
    (domain) => {
      expect(domainToUnicode(domainToASCII(domain))).toBe(domain);
    },
  );

  test.each(['', 'a..b', 'a b.by', 'a@b', `${'я'.repeat(100)}.by`])('no domain: %j', (domain) => {
    expect(domainToAscii(domain)).toBeNull();
  });
});
