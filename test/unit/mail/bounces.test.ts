import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readReport } from '#main/mailbox/parse/delivery-report.ts';
import { sortParts } from '#main/mailbox/parse/displayed-parts.ts';
import { HeaderValues } from '#main/mailbox/parse/header-values.ts';
import { readMimeTree } from '#main/mailbox/parse/mime-tree.ts';
import { parseLetter } from '#main/mailbox/parse/parse-letter.ts';
import { readBounce } from '#shared/mail/bounce.ts';
import { readBounceText } from '#shared/mail/bounce-text.ts';
import { readReason } from '#shared/mail/delivery-reason.ts';
import type { Bounce } from '#shared/mail/parsed-letter.ts';
import { startCpuTime } from '../cpu-time.ts';
import { serverFacts } from './letter-bytes.ts';

const folder = new URL('../../fixtures/mail/bounces/', import.meta.url);

/** A fixture's kind and what is read of it; recipients as `address status` and `later` where it may pass. */
function read(name: string): readonly string[] {
  const source = readFileSync(new URL(`${name}.eml`, folder));
  const letter = parseLetter(source, serverFacts);
  const { root } = readMimeTree(source);
  const report = readReport(root, sortParts(root).attachments);
  const bounce = readBounce({
    reported: report?.failures ?? null,
    failedRecipients: new HeaderValues(root.fields).joined('x-failed-recipients'),
    text: letter.text,
    returnedMessageId: report?.originalMessageId ?? null,
    inReplyTo: letter.inReplyTo,
  });
  expect(letter.kind).toBe('bounce');
  expect(bounce.originalMessageId).toBe('<answer-7@service.example>');
  return described(bounce);
}

function described(bounce: Pick<Bounce, 'recipients'>): readonly string[] {
  return bounce.recipients.map(
    ({ address, status, permanent }) => `${address} ${status ?? '-'}${permanent ? '' : ' later'}`,
  );
}

const expected: Readonly<Record<string, readonly string[]>> = {
  'postfix-user-unknown': ['nobody@school.example 5.1.1'],
  'postfix-delayed': ['director@school.example 4.4.1 later'],
  'exim-user-unknown': ['nobody@school.example 5.1.1'],
  'exim-two-recipients': ['full@school.example 5.2.2', 'slow@dom.example 4.4.7 later'],
  'exim-delay-warning': ['director@school.example 4.4.1 later'],
  'exim-no-domain': ['director@shcool.example 5.1.2'],
  'office365-not-found': ['nobody@school.example 5.1.10'],
  'exchange-full-ru': ['director@school.example 5.2.2'],
  'exchange-text-ru': ['petrov@school.example 5.1.1'],
  'gmail-not-found': ['nobody@gmail.example 5.1.1'],
  'gmail-old-text': ['nobody@school.example 5.1.1'],
  'mailru-not-found': ['nobody@mail.example 5.1.1'],
  'mailru-full-ru': ['irina@mail.example 4.2.2 later', 'oleg@mail.example 5.1.1'],
  'yandex-spam': ['director@school.example 5.7.1'],
  'yandex-text-ru': ['nobody@school.example 5.1.1'],
  'qmail-failure': ['nobody@school.example 5.1.1', 'slow@dom.example 4.4.3 later'],
  'report-in-gateway-mail': [
    'a@school.example 5.1.1',
    'c@school.example 4.4.7 later',
    'd@school.example 5.1.1',
  ],
  'text-be': ['nobody@school.example 5.1.1'],
  'inline-sentence': ['nobody@dom.example 5.2.1'],
};

describe('who did not get the letter, why, and which letter it was', () => {
  test.each(Object.entries(expected))('%s', (name, recipients) => {
    expect(read(name)).toEqual(recipients);
  });

  test('every fixture is looked at', () => {
    expect(readdirSync(folder).toSorted()).toEqual(
      Object.keys(expected)
        .map((name) => `${name}.eml`)
        .toSorted(),
    );
  });
});

describe('the notice for people alone', () => {
  test.each(
    Object.keys(expected).filter((name) => !['exchange-full-ru', 'report-in-gateway-mail'].includes(name)),
  )('says the same as the report: %s', (name) => {
    const letter = parseLetter(readFileSync(new URL(`${name}.eml`, folder)), serverFacts);
    expect(described({ recipients: readBounceText(letter.text).failures })).toEqual(expected[name]);
  });

  test('of a returned letter no address is taken', () => {
    const text =
      'Failed to deliver your message.\n\n----- Original message -----\nTo: a@b.example\n\nc@d.example';
    expect(readBounceText(text).failures).toEqual([]);
  });
});

describe('reasons', () => {
  test.each([
    ['550 5.1.1 <a@b.example> user unknown', '5.1.1', true],
    ['550-5.1.1 The account\n550 5.1.1 does not exist', '5.1.1', true],
    ['552 #5.2.2 mailbox full', '5.2.2', true],
    ['452 4.2.2 over quota', '4.2.2', false],
    ['452 mailbox full', '4.2.2', false],
    ['Mailbox quota exceeded', '5.2.2', true],
    ['почтовый ящик переполнен', '5.2.2', true],
    ['550 почтовый ящик не существует', '5.1.1', true],
    ['Пользователь petrov не найден', '5.1.1', true],
    ['паштовая скрыня не існуе', '5.1.1', true],
    ['Почтовый ящик заблокирован', '5.2.1', true],
    ['550 Account disabled', '5.2.1', true],
    ['450 mailbox unavailable', '4.2.1', false],
    ['451 Greylisted, try again later', '4.7.1', false],
    ['554 Message rejected as spam', '5.7.1', true],
    ['Письмо отклонено: спам', '5.7.1', true],
    ['552 message size exceeds fixed limit', '5.3.4', true],
    ['connect to mx.example[192.0.2.1]:25: Connection refused', '4.4.1', false],
    ['retry timeout exceeded', '4.4.7', false],
    ['Host mx.example not found', '5.1.2', true],
    ['домен не существует', '5.1.2', true],
    ['5.0.0 550 no such user', '5.1.1', true],
    ['host [5.1.2.33] said no on 5.11.2026', null, true],
    ['', null, true],
  ])('%s', (words, status, permanent) => {
    expect(readReason(words)).toEqual({ status, permanent });
  });
});

test('hostile notices take no time', () => {
  const cpuMs = startCpuTime();
  for (const piece of [
    '>',
    ' ',
    'a@',
    '<a@b',
    '(',
    '-',
    '*',
    'delay ',
    'a',
    '1.',
    '\n',
    'a@b.example\n',
    'message-id:\n',
  ]) {
    readBounceText(piece.repeat(Math.ceil(1_000_000 / piece.length)));
  }
  expect(cpuMs()).toBeLessThan(5_000);
});
