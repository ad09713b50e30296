import { describe, expect, test } from 'vitest';
import { firstUnfilledSlot, hasOwnWords, sendQuestions } from '#renderer/features/compose/letter-checks.ts';
import { examineInput } from '#renderer/features/compose/guard-input.ts';
import { isRecipient, parseRecipients } from '#renderer/features/compose/parse-recipients.ts';
import { signatureOf } from '#renderer/features/compose/signature-of.ts';
import { slotValues } from '#renderer/features/compose/slot-values.ts';
import { findSnippets, findTemplates } from '#renderer/features/compose/find-templates.ts';
import type { GroupId, TemplateId } from '#shared/ids.ts';
import type { Template } from '#shared/protocol/template.ts';
import { promisesFile } from '#shared/text/promises-file.ts';
import { fillSlots } from '#shared/text/slots.ts';
import { receivedAt, ticket } from '../renderer/sample-ticket.ts';

const signature = 'С уважением,\nАнна';

describe('before a letter leaves', () => {
  test.each([
    ['Файл во вложении.', true],
    ['Прикрепляю инструкцию.', true],
    ['прилагаем акт', true],
    ['Інструкцыя далучана да ліста.', true],
    ['Please see the attached file.', true],
    ['Вложите усилия позже', false],
    ['Квота увеличена.', false],
  ])('%s promises a file: %s', (own, expected) => {
    expect(promisesFile(own)).toBe(expected);
  });

  test.each([
    [`\n\n${signature}`, false],
    ['  \n', false],
    [`Готово.\n${signature}`, true],
  ])('%j holds words of the agent: %s', (own, expected) => {
    expect(hasOwnWords({ own, signature })).toBe(expected);
  });

  test.each([
    ['\n\nС уважением,\nАнна', 'С уважением,  \nАнна'],
    ['\n\nС уважением,\nАнна, тел. 1', 'С уважением,\n   Анна,  тел. 1'],
    ['С уважением,\n\nАнна\n', 'С уважением,\n \nАнна'],
  ])('%j is nothing but the signature %j: spaces do not count', (own, written) => {
    expect(hasOwnWords({ own, signature: written })).toBe(false);
    expect(hasOwnWords({ own: `Анна\n${own}`, signature: written })).toBe(true);
  });

  test('what looks like a slip is asked about, all at once', () => {
    const letter = { own: `Файл во вложении.\n${signature}`, signature, attachments: 0, missing: 0 };
    expect(sendQuestions(letter, false)).toEqual(['noAttachment']);
    expect(sendQuestions({ ...letter, attachments: 1 }, false)).toEqual([]);
    expect(sendQuestions({ ...letter, own: signature }, false)).toEqual(['onlyQuote']);
    expect(sendQuestions({ ...letter, own: signature }, true)).toEqual(['confidential']);
    expect(sendQuestions(letter, true)).toEqual(['confidential', 'noAttachment']);
    const halfBrought = { ...letter, own: 'Смотрите.', attachments: 1, missing: 2 };
    expect(sendQuestions(halfBrought, true)).toEqual(['confidential', 'missingFiles']);
  });

  test('the first slot that nobody filled is named', () => {
    expect(firstUnfilledSlot('До {{?дата восстановления}} и {{number}}')).toBe('дата восстановления');
    expect(firstUnfilledSlot('Заявка {{ number }}')).toBe('{{ number }}');
    expect(firstUnfilledSlot('Заявка {{kвота}}')).toBe('{{kвота}}');
    expect(firstUnfilledSlot('Скобки {так} можно')).toBeNull();
  });
});

describe('what is pasted', () => {
  const data = (text: string, html = '', files: File[] = []) => ({
    getData: (type: string) => (type === 'text/html' ? html : text),
    files: files as unknown as FileList,
  });

  test('80 MB are refused before anything reads them', () => {
    expect(examineInput(data('ы'.repeat(40_000_000)), 10)).toEqual({ kind: 'too-long' });
    expect(examineInput(data('', '<p>'.repeat(20_000_000)), 10)).toEqual({ kind: 'too-long' });
  });

  test('what would be too much together with what is there is refused as well', () => {
    expect(examineInput(data('ы'.repeat(500_000)), 300_000)).toEqual({ kind: 'content' });
    expect(examineInput(data('ы'.repeat(500_000)), 500_000)).toEqual({ kind: 'too-long' });
  });

  test('a picture becomes a file, one that comes beside its text does not', () => {
    const picture = new File(['x'], 'image.png', { type: 'image/png' });
    expect(examineInput(data('', '<img src="x">', [picture]), 0)).toEqual({
      kind: 'files',
      files: [picture],
    });
    expect(examineInput(data('Слова', '<b>Слова</b>', [picture]), 0)).toEqual({ kind: 'content' });
  });

  test('words that come with endless HTML lose it', () => {
    expect(examineInput(data('Слова', 'x'.repeat(2_000_001)), 0)).toEqual({ kind: 'plain', text: 'Слова' });
  });
});

describe('recipients', () => {
  test.each([
    ['a@x.by', [{ name: '', address: 'a@x.by' }]],
    [
      'Иван Петров <Ivan@X.by>; b@справка.бел',
      [
        { name: 'Иван Петров', address: 'ivan@x.by' },
        { name: '', address: 'b@xn--80aaf6awgf.xn--90ais' },
      ],
    ],
    [
      'a@x.by\nb@x.by',
      [
        { name: '', address: 'a@x.by' },
        { name: '', address: 'b@x.by' },
      ],
    ],
    ['просто слова', [{ name: '', address: 'просто слова' }]],
  ])('%j', (typed, expected) => {
    expect(parseRecipients(typed)).toEqual(expected);
  });

  test.each([
    ['a@x.by', true],
    ['b@xn--80aaf6awgf.xn--90ais', true],
    ['просто слова', false],
    ['a@x', false],
    ['a b@x.by', false],
    ['a@x..by', false],
    ['"a b"@x.by', false],
    ['почта@x.by', false],
  ])('a letter can go to %s: %s', (address, expected) => {
    expect(isRecipient({ address })).toBe(expected);
  });
});

describe('under which name and with which words', () => {
  const groups = [
    {
      id: 'g1' as GroupId,
      name: 'Первая',
      fromName: ' Первая линия ',
      signature: 'С уважением,\n{{ agent }}\n',
    },
  ];

  test('the group’s, with the agent in it', () => {
    expect(signatureOf({ name: 'Анна $& Иванова', groupId: 'g1' as GroupId }, { groups })).toEqual({
      fromName: 'Первая линия',
      text: 'С уважением,\nАнна $& Иванова',
    });
  });

  test('nobody’s without a group, or with one that is gone', () => {
    const nothing = { fromName: '', text: '' };
    expect(signatureOf({ name: 'Анна', groupId: null }, { groups })).toEqual(nothing);
    expect(signatureOf({ name: 'Анна', groupId: 'g2' as GroupId }, { groups })).toEqual(nothing);
  });

  test('known slots are filled; what is not known stays to be seen', () => {
    const values = slotValues({
      ticket: ticket({ number: 0 }),
      agentName: 'Анна',
      now: receivedAt,
      deadlineAt: receivedAt + 3_600_000,
    });
    expect(fillSlots('{{client}}: {{number}}, {{today}}, {{deadline}}, {{agent}}, {{?срок}}', values)).toBe(
      'Ирина: {{number}}, 10.11.2026, 10.11.2026 11:15, Анна, {{?срок}}',
    );
  });
});

describe('templates', () => {
  const make = (n: number, changes: Partial<Template>): Template => ({
    id: `t${n}` as TemplateId,
    title: `Шаблон ${n}`,
    shortcut: '',
    language: 'ru',
    answerKind: null,
    text: 'Текст',
    ...changes,
  });
  const all = [
    make(1, { title: 'Квота', shortcut: 'кв', text: 'Очистите корзину' }),
    make(2, { title: 'Квота (бел.)', shortcut: 'кв', language: 'be' }),
    make(3, { title: 'Приветствие', shortcut: 'прив' }),
    make(4, { title: 'Корзина' }),
  ];
  const titles = (found: readonly Template[]) => found.map(({ title }) => title);

  test('are found by title, shortcut and text, titles first', () => {
    expect(titles(findTemplates(all, 'корзин'))).toEqual(['Корзина', 'Квота']);
    expect(titles(findTemplates(all, 'ПРИВ'))).toEqual(['Приветствие']);
    expect(findTemplates(all, '')).toHaveLength(4);
  });

  test('by shortcut while one types, those in one’s own language first', () => {
    expect(titles(findSnippets(all, 'кв', 'be'))).toEqual(['Квота (бел.)', 'Квота']);
    expect(titles(findSnippets(all, '', 'ru'))).toEqual(['Квота', 'Приветствие', 'Квота (бел.)']);
    expect(titles(findSnippets(all, 'корз', 'ru'))).toEqual(['Корзина']);
    expect(findSnippets(all, 'нет', 'ru')).toEqual([]);
  });
});
