import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseLetter } from '#main/mailbox/parse/parse-letter.ts';
import type { ParsedLetter } from '#shared/mail/parsed-letter.ts';
import { serverFacts } from './letter-bytes.ts';

/*
 * Letters laid out as the mail programs of the desk's clients lay them out.
 */

function read(name: string): ParsedLetter {
  return parseLetter(readFileSync(new URL(`../../fixtures/mail/${name}.eml`, import.meta.url)), serverFacts);
}

describe('what the client wrote now', () => {
  test.each([
    ['gmail-reply-ru', 'Добрый день!\n\nТеперь раздел открывается, но пропали фотографии.'],
    ['outlook-reply-ru', 'Добрый день.\n\nПросим увеличить квоту до 5 Гб.'],
    ['mailru-reply', 'Здравствуйте, спасибо!\n\nАдрес сайта: https://школа.бел'],
    ['mailru-reply-html', 'Здравствуйте, спасибо!\n\nАдрес сайта: https://школа.бел'],
    ['yandex-reply-be', 'Добры дзень!\n\nПароль атрымалі, дзякуй.'],
    ['iphone-reply-ru', 'Сайт снова не работает'],
  ])('%s', (name, reply) => {
    const letter = read(name);
    expect(letter.reply).toBe(reply);
    expect(letter.kind).toBe('human');
  });
});

test('an Exchange non-delivery report, text nested in its own multipart', () => {
  const letter = read('exchange-bounce');
  expect(letter.kind).toBe('bounce');
  expect(letter.text).toBe(
    'Не удалось доставить сообщение следующим получателям или группам: nobody@school.by',
  );
  expect(letter.bounce).toEqual({
    recipients: [{ address: 'nobody@school.by', status: '5.1.10', permanent: true }],
    originalMessageId: '<answer-7@belinfoportal.by>',
  });
});
