import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseLetter } from '#main/mailbox/parse/parse-letter.ts';
import { splitQuotes, type SplitText } from '#shared/mail/quote-split.ts';
import { startCpuTime } from '../cpu-time.ts';
import { letterOf, serverFacts } from './letter-bytes.ts';
import { answers, forwards, htmlLetters } from './program-letters.ts';

const whole = ({ pieces }: SplitText): string => pieces.map(({ text }) => text).join('');

describe('an answer is what its writer wrote', () => {
  test.each(answers.map((letter) => [letter.program, letter] as const))('%s', (_program, { own, added }) => {
    const text = `${own}\n\n${added}\n`;
    const split = splitQuotes(text);
    expect(split.reply).toBe(own);
    expect(split.rest).not.toBe('');
    expect(whole(split)).toBe(text);
  });

  test('at least forty programs, each its own', () => {
    expect(new Set(answers.map(({ program }) => program)).size).toBe(answers.length);
    expect(answers.length).toBeGreaterThanOrEqual(40);
  });
});

describe('a letter sent on is read whole', () => {
  test.each(forwards.map(({ program, text }) => [program, text]))('%s', (_program, text) => {
    expect(splitQuotes(text).reply).toBe(text);
  });

  test('only the sender’s own signature goes', () => {
    const forward =
      '-------- Пересылаемое сообщение --------\nОт: Отдел\n\nПришлите акт.\n\nС уважением,\nОтдел';
    const split = splitQuotes(`См. ниже.\n\nС уважением,\nИван\n\n${forward}`);
    expect(split.reply).toBe(`См. ниже.\n\n${forward}`);
    expect(split.rest).toBe('С уважением,\nИван');
  });
});

describe('letters that are HTML only', () => {
  test.each(htmlLetters.map((letter) => [letter.program, letter] as const))('%s', (_program, letter) => {
    const source = letterOf(['Content-Type: text/html; charset=utf-8'], letter.html);
    expect(parseLetter(source, serverFacts).reply).toBe(letter.reply);
  });
});

describe('where the answer stands', () => {
  const quote = '10.11.2026 10:15, СТП пишет:\n> Какой адрес?\n> Какой браузер?';

  test('above', () => {
    expect(splitQuotes(`Опера.\n\n${quote}`).reply).toBe('Опера.');
  });
  test('below', () => {
    expect(splitQuotes(`${quote}\n\nОпера.\n\nС уважением,\nИван`).reply).toBe('Опера.');
    expect(splitQuotes(`${quote}\n\nОпера.\n\n-- \nИван`).reply).toBe('Опера.');
  });
  test('above and below', () => {
    expect(splitQuotes(`Добрый день!\n\n${quote}\n\nОпера.`).reply).toBe('Добрый день!\n\n\nОпера.');
  });
  test('between the lines: each answer stays below what it answers', () => {
    const text =
      'Добрый день!\n\nСТП, 10.11.2026 10:15:\n> Адрес?\n\nшкола.бел\n\n> Браузер?\n> Версия?\nОпера\n\n-- \nИван';
    expect(splitQuotes(text).pieces).toEqual([
      { kind: 'reply', text: 'Добрый день!\n\n' },
      { kind: 'quote', text: 'СТП, 10.11.2026 10:15:\n> Адрес?\n\n' },
      { kind: 'reply', text: 'школа.бел\n\n' },
      { kind: 'quote', text: '> Браузер?\n> Версия?\n' },
      { kind: 'reply', text: 'Опера\n\n' },
      { kind: 'signature', text: '-- \nИван' },
    ]);
  });
});

describe('what might be the client’s own stays', () => {
  test.each([
    ['a report of what somebody said', 'Директор 10.11.2026 сообщает:\nсайт не открывается.'],
    ['somebody’s words with the time', 'Завуч в 10:15 написала:\n«не вижу новостей».'],
    ['our own words retold', 'Вы писали 10 ноября 2026 г., что поможете:\n1. кеш\n2. браузер'],
    ['a question below the formula', 'Сайт не открывается.\n\nС уважением, Иван\n\nКогда ответите?'],
    ['a postscript', 'Сайт не открывается.\n\nС уважением,\nИван\n\nP.S. И почта тоже.'],
    ['a request within the formula', 'Добрый день.\nС уважением, просим увеличить квоту.'],
    ['a request below the formula', 'Добрый день.\n\nЗ павагай,\nпросім павялічыць квоту.'],
    ['lines between chapters', 'Новости:\nоткрытие школы\n___\nОбъявления:\nсобрание в среду'],
    ['a dash alone', 'Пункты:\n—\nпервый\n—\nвторой'],
    ['words on what was sent', 'Отправлено с ошибкой, просьба не учитывать.'],
    ['a form', 'Тема: Акт\nКому: директору\nПросим выслать акт.'],
    ['a list with dates', 'Изменить даты:\n10.11.2026 10:15: собрание\n11.11.2026 09:00: линейка'],
  ])('%s', (_what, text) => {
    expect(splitQuotes(text)).toMatchObject({ reply: text, rest: '' });
  });
});

test('all pieces together are the text, whatever it is', () => {
  const chosen = fc.oneof(
    fc.constantFrom(
      ...answers.flatMap(({ own, added }) => [own, added]),
      ...forwards.map(({ text }) => text),
      ...answers.flatMap(({ added }) => added.split('\n')),
      '',
      ' ',
      '-- ',
      '--',
      '\r',
      'С уважением,',
    ),
    fc.string({ maxLength: 30 }),
  );
  fc.assert(
    fc.property(fc.array(chosen, { maxLength: 14 }), fc.boolean(), (parts, forwarded) => {
      const text = parts.join('\n');
      expect(whole(splitQuotes(text, { forwarded }))).toBe(text);
    }),
  );
});

describe('hostile texts take no time', () => {
  const size = 1_000_000;
  test.each([
    '>',
    ' ',
    '> ',
    ' >',
    '\u00a0',
    '-',
    '- ',
    '_',
    '--\n',
    '-- \n',
    '—\n',
    '_____\n',
    '\n',
    '>\n',
    ':\n',
    'a:\n',
    'От: a\n',
    'Кому: a;\n',
    'С уважением,\n',
    'С уважением,\n\n\n\n',
    'Отправлено с \n',
    '10.11.2026 10:15 a@b.example\n',
    '10.11.2026 10:15, a@b.example:\n',
    '10.11.2026 10:15, a@b.example:\n> x\n',
    'писал 10 ноября ',
    '10 ',
    'a@',
    '#',
    '+8 (',
    'p.s',
  ])('%j', (piece) => {
    const cpuMs = startCpuTime();
    for (const text of [piece.repeat(size / piece.length), `x\n${piece.repeat(size / piece.length)}:`]) {
      expect(whole(splitQuotes(text))).toBe(text);
    }
    expect(cpuMs()).toBeLessThan(5_000);
  });
});
