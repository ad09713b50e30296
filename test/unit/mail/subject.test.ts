import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  appendToken,
  findToken,
  formatToken,
  isForwardedSubject,
  stripPrefixes,
} from '#shared/mail/subject.ts';
import { threadingCandidates } from '#shared/mail/threading.ts';
import { startCpuTime } from '../cpu-time.ts';

const randomToken = fc.uint8Array({ minLength: 5, maxLength: 5 }).map(formatToken);

describe('tokens', () => {
  test('are forty bits in eight digits', () => {
    expect(formatToken(new Uint8Array(5))).toBe('00000000');
    expect(formatToken(new Uint8Array(5).fill(255))).toBe('ZZZZZZZZ');
    expect(formatToken(Uint8Array.of(0, 0, 0, 0, 1))).toBe('00000001');
    expect(() => formatToken(new Uint8Array(4))).toThrow(RangeError);
  });

  test('are found again in whatever subject they were put', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 100 }), randomToken, (subject, token) => {
        const sent = appendToken(subject, token);
        expect(findToken(sent)).toBe(token);
        expect(sent.endsWith(`[STP-${token}]`)).toBe(true);
        expect(appendToken(sent, token)).toBe(sent);
      }),
    );
  });

  test.each([
    ['Сайт [STP-ABCD2345]', 'ABCD2345'],
    ['Re: Сайт [stp-abcd2345]', 'ABCD2345'],
    ['Сайт [STP-OIL00000]', '01100000'],
    ['Сайт [STP-ABCD2345] срочно', 'ABCD2345'],
    ['[STP-AAAAAAAA] и [STP-BBBBBBBB]', 'BBBBBBBB'],
    ['Сайт [STP-ABCD234]', null],
    ['Сайт [STP-ABCD23456]', null],
    ['Сайт [STP-ABCDU345]', null],
    ['STP-ABCD2345', null],
  ])('%s', (subject, token) => {
    expect(findToken(subject)).toBe(token);
  });

  test('another ticket’s token is replaced', () => {
    expect(appendToken('Re: Сайт [STP-AAAAAAAA]', 'BBBBBBBB')).toBe('Re: Сайт [STP-BBBBBBBB]');
  });
});

describe('prefixes', () => {
  test.each([
    'Re: Сайт',
    'RE: Сайт',
    're:Сайт',
    'Re[2]: Сайт',
    'Re(3): Сайт',
    'Re^4: Сайт',
    'Fwd: Сайт',
    'FW: Fw: Сайт',
    'Отв: Сайт',
    'Ответ: Сайт',
    'НА: Сайт',
    'HA: Сайт',
    'Адк: Сайт',
    'Адказ: Re: Сайт',
    'Пераслаць: Сайт',
    'Пересл: Сайт',
    'Re: Re[5]: FW: Отв: Сайт',
    'RE : Сайт',
    'RE^3: Сайт',
    'Re*2: Сайт',
    'Re 2: Сайт',
    'RE[12]:RE[11]: Сайт',
    'Отв.: Сайт',
    'ОТВ[2]: Сайт',
    'Ответ: Ответ: Сайт',
    'На: НА: Сайт',
    'Адк[3]: Адк: Сайт',
    'АДК: FW: Сайт',
    'ПЕР: Сайт',
    'Пер.: Сайт',
    'Пересл.: Re: Сайт',
    'Переслано: Сайт',
    'Перасл: Сайт',
    'FWD(2): Сайт',
    'Fwd:Re:Сайт',
    '[Fwd: Сайт]',
    'Re: [Fwd: Re: Сайт]',
    '\u00a0Re:\u00a0 Сайт ',
    'Re： Сайт',
  ])('%s', (subject) => {
    expect(stripPrefixes(subject)).toBe('Сайт');
  });

  test.each([
    'Сайт',
    'Реклама: вопрос',
    'Наш сайт: ошибка',
    'Request: x',
    'Rest: y',
    'На сайте: ошибка',
    'Ответ на письмо',
    'Пересылка документов',
    'Перевод: ошибка',
    'Ответственный: Иванов',
    'Адказны: Іваноў',
    '[Fwd] Сайт',
    '[Сайт]',
    'Re',
    'Fwd',
    '2: x',
  ])('no prefix in %s', (subject) => {
    expect(stripPrefixes(subject)).toBe(subject);
  });

  test('stripping twice is stripping once, whatever the subject', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'Re: ',
        're[2]:',
        'RE^3 :',
        'Отв.: ',
        'Ответ:',
        'На: ',
        'Адк: ',
        'FW:',
        '[Fwd: ',
        'ПЕР: ',
      ),
      fc.constantFrom(']', '[', ' ', '\u00a0', '\u200b', ':', 'Сайт', 'школа', '[STP-ABCD2345]'),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const once = stripPrefixes(pieces.join(''));
        expect(stripPrefixes(once)).toBe(once);
        expect(stripPrefixes(`Re: ${once}`)).toBe(once);
        expect(stripPrefixes(`Пересл[4]: Адк: ${once}`)).toBe(once);
      }),
    );
  });

  test('the token stays', () => {
    expect(stripPrefixes('Отв: [Fwd: Сайт [STP-ABCD2345]]')).toBe('Сайт [STP-ABCD2345]');
    expect(stripPrefixes('НА[2]: Сайт [STP-ABCD2345]')).toBe('Сайт [STP-ABCD2345]');
  });

  test('ten thousand prefixes take no time', () => {
    const cpuMs = startCpuTime();
    expect(stripPrefixes(`${'Re[2]: '.repeat(10_000)}Сайт`)).toBe('Сайт');
    expect(stripPrefixes(`${'[Fwd: '.repeat(10_000)}${']'.repeat(10_000)}`)).not.toBe('');
    stripPrefixes(`Re${' '.repeat(200_000)}x`);
    expect(cpuMs()).toBeLessThan(5_000);
  });

  test('forwarding is told from answering', () => {
    for (const subject of [
      'Fwd: x',
      'FW: Re: x',
      'Пераслана: x',
      'ПЕР: x',
      'Пересл.: x',
      '[Fwd: x]',
      'Fwd[2]: x',
    ]) {
      expect([subject, isForwardedSubject(subject)]).toEqual([subject, true]);
    }
    for (const subject of ['Re: Fwd: x', 'x', 'Отв: x', '[Re: x]', 'Fwd', 'Пересылка документов']) {
      expect([subject, isForwardedSubject(subject)]).toEqual([subject, false]);
    }
  });
});

test('candidates hold every id once, and the token', () => {
  const candidates = threadingCandidates({
    subject: 'Re: Сайт [STP-ABCD2345]',
    inReplyTo: ['<b@x>', '<c@x>'],
    references: ['<a@x>', '<b@x>'],
  });
  expect(candidates).toEqual({
    token: 'ABCD2345',
    inReplyTo: ['<b@x>', '<c@x>'],
    references: ['<a@x>', '<b@x>', '<c@x>'],
  });
});
