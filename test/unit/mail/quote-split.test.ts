import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitQuotes } from '#shared/mail/quote-split.ts';

const reply = 'Спасибо, заработало.\n\nНо не видно новостей.';

const quotes: Readonly<Record<string, string>> = {
  'Gmail en':
    'On Tue, Nov 10, 2026 at 10:15 AM STP <info@belinfoportal.by> wrote:\n\n> Очистите кеш.\n> \n>> Что делать?',
  'Gmail en wrapped':
    'On Tue, Nov 10, 2026 at 10:15 AM Служба технической поддержки\n<info@belinfoportal.by> wrote:\n\n> Очистите кеш.',
  'Gmail ru': 'вт, 10 нояб. 2026 г. в 10:15, СТП <info@belinfoportal.by>:\n\n> Очистите кеш.',
  'Gmail be': 'аў, 10 ліс 2026 г. у 10:15 СТП <info@belinfoportal.by> піша:\n\n> Ачысціце кэш.',
  'Gmail ru unquoted':
    'вт, 10 нояб. 2026 г. в 10:15, СТП <info@belinfoportal.by>:\n\nОчистите кеш.\nС уважением, СТП',
  'mail.ru': 'Вторник, 10 ноября 2026, 10:15 +03:00 от СТП <info@belinfoportal.by>:\n \nОчистите кеш.',
  Yandex: '10.11.2026, 10:15, "СТП" <info@belinfoportal.by>:\n\n> Очистите кеш.',
  'Yandex full': '10 ноября 2026 г., 10:15, СТП <info@belinfoportal.by> написал(а):\nОчистите кеш.',
  'Thunderbird ru': '10.11.2026 10:15, СТП пишет:\n> Очистите кеш.',
  'Thunderbird be': '10.11.2026 10:15, СТП піша:\n> Ачысціце кэш.',
  'Thunderbird en': 'On 10.11.2026 10:15, STP wrote:\n> Clear the cache.',
  'iPhone ru': '> 10 нояб. 2026 г., в 10:15, СТП <info@belinfoportal.by> написал(а):\n> \n> Очистите кеш.',
  'iPhone ru outside':
    '10 нояб. 2026 г., в 10:15, СТП <info@belinfoportal.by> написал(а):\n\n> Очистите кеш.',
  'Outlook ru':
    'От: СТП [mailto:info@belinfoportal.by]\nОтправлено: 10 ноября 2026 г. 10:15\nКому: Иван\nТема: RE: Сайт\n\nОчистите кеш.',
  'Outlook ru line':
    '________________________________\nОт: СТП\nОтправлено: вторник, 10 ноября 2026 г. 10:15\nКому: Иван\nТема: Сайт\n\nОчистите кеш.',
  'Outlook be': 'Ад: СТП\nАдпраўлена: 10 лістапада 2026 г. 10:15\nКаму: Іван\nТэма: Сайт\n\nАчысціце кэш.',
  'Outlook en':
    '-----Original Message-----\nFrom: STP\nSent: Tuesday\nTo: Ivan\nSubject: Site\n\nClear the cache.',
  'Outlook bold':
    '*From:* STP\n*Sent:* Tuesday, November 10, 2026 10:15\n*To:* Ivan\n*Subject:* Site\n\nClear.',
  'separator ru': '-------- Исходное сообщение --------\nОт: СТП\nКому: Иван\nТема: Сайт\n\nОчистите кеш.',
  'separator be': '-------- Зыходнае паведамленне --------\nАд: СТП\n\nАчысціце кэш.',
};

describe('quotes go', () => {
  test.each(Object.entries(quotes))('%s', (_program, quote) => {
    const split = splitQuotes(`${reply}\n\n${quote}\n`);
    expect(split.reply).toBe(reply);
    expect(split.rest).toBe(quote.trim());
  });
});

describe('signatures go', () => {
  test.each([
    '-- \nИван Петров\nдиректор',
    '--\nИван Петров',
    'С уважением,\nИван Петров\nСШ № 1, г. Минск\n+375 17 111-22-33',
    'С уважением, директор Иван Петров',
    'С наилучшими пожеланиями,\nИван',
    'З павагай,\nІван Пятроў',
    'З павагай, Іван',
    'Best regards,\nIvan',
    'Kind regards\nIvan',
    'Отправлено с iPhone',
    'Отправлено из мобильной Почты Mail',
    'Sent from my iPhone',
    'Адпраўлена з Пошты',
  ])('%s', (signature) => {
    expect(splitQuotes(`${reply}\n\n${signature}`)).toMatchObject({ reply, rest: signature });
  });

  test('before a quote too', () => {
    const split = splitQuotes(
      `${reply}\n\nС уважением,\nИван\n\n10.11.2026 10:15, СТП пишет:\n> Очистите кеш.`,
    );
    expect(split.reply).toBe(reply);
  });
});

describe('what the client wrote stays', () => {
  test.each(['Спасибо.', 'Сделано 9.11.2026.', 'Да'])('right above an attribution: %s', (line) => {
    expect(splitQuotes(`${line}\n10.11.2026 10:15, СТП пишет:\n> Готово?`).reply).toBe(line);
    const wrapped = 'On Tue, Nov 10, 2026 at 10:15 AM STP\n<info@x.by> wrote:';
    expect(splitQuotes(`${line}\n\n${wrapped}\n\n> Готово?`)).toMatchObject({
      reply: line,
      rest: `${wrapped}\n\n> Готово?`,
    });
  });

  test('answers between the lines', () => {
    const text = '10.11.2026 10:15, СТП пишет:\n> Какой адрес?\nwww.школа.бел\n> Какой браузер?\nОпера.\n';
    expect(splitQuotes(text)).toMatchObject({
      reply: 'www.школа.бел\nОпера.',
      rest: '10.11.2026 10:15, СТП пишет:\n> Какой адрес?\n> Какой браузер?',
    });
  });

  test('an answer below the quote', () => {
    expect(splitQuotes('On 10.11.2026 10:15, STP wrote:\n> Done?\n\nYes, thanks.').reply).toBe(
      'Yes, thanks.',
    );
  });

  test('a forwarded letter', () => {
    const forwarded =
      'См. ниже.\n\n---------- Forwarded message ---------\nОт: Отдел\nТема: Акт\nКому: Иван\n\nПришлите акт.';
    expect(splitQuotes(forwarded).reply).toBe(forwarded);
    const outlook = 'См. ниже.\n\nОт: Отдел\nОтправлено: вчера\nКому: Иван\nТема: Акт\n\nПришлите акт.';
    expect(splitQuotes(outlook, { forwarded: true }).reply).toBe(outlook);
    expect(splitQuotes(outlook).reply).toBe('См. ниже.');
  });

  test.each([
    'С уважением отношусь к вашей работе, но сайт не открывается.',
    'Прошу удалить раздел:\nНовости за 2026 год',
    'Список от 10.11.2026 10:15 прилагаю:\n1. Иванов\n2. Петров',
    'Тема: Акт\nПросим выслать акт.',
    'Сайт -- визитка школы',
    'С уважением',
  ])('%s', (text) => {
    expect(splitQuotes(text)).toMatchObject({ reply: text, rest: '' });
  });

  test('a long text below a closing formula is no signature', () => {
    const tail = Array.from({ length: 20 }, (_, index) => `пункт ${index}`).join('\n');
    expect(splitQuotes(`Письмо.\nС уважением,\n${tail}`).rest).toBe('');
  });
});

test('no line is lost or doubled, whatever the text', () => {
  const pieces = [
    ...Object.values(quotes),
    reply,
    '-- \nИван',
    'С уважением,',
    '> x',
    '',
    'Текст:',
    'От: кого',
    'Тема: x',
    '___________',
  ];
  const text = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 40 })), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(text, (chosen) => {
      const source = chosen.join('\n');
      const split = splitQuotes(source);
      const filled = (value: string): string[] =>
        value
          .split('\n')
          .map((line) => line.trimEnd())
          .filter((line) => line.trim() !== '');
      expect([...filled(split.reply), ...filled(split.rest)].sort()).toEqual(filled(source).sort());
      expect(split.pieces.map((piece) => piece.text).join('')).toBe(source);
    }),
  );
});
