import { describe, expect, test } from 'vitest';
import { documentText, ownText, type DocumentNode } from '#renderer/features/compose/document-text.ts';

const text = (words: string, href?: string): DocumentNode => ({
  type: 'text',
  text: words,
  ...(href === undefined ? {} : { marks: [{ type: 'link', attrs: { href } }] }),
});
const bold = (words: string, href: string): DocumentNode => ({
  type: 'text',
  text: words,
  marks: [{ type: 'bold' }, { type: 'link', attrs: { href } }],
});
const line = (...content: DocumentNode[]): DocumentNode => ({ type: 'paragraph', content });
const of = (type: string, ...content: DocumentNode[]): DocumentNode => ({ type, content });
const item = (...content: DocumentNode[]): DocumentNode => of('listItem', ...content);
const page = 'https://kb.example/1';

describe('the text of a document', () => {
  test.each<[string, DocumentNode[], string]>([
    ['lines', [line(text('Раз')), line(), line(text('Два'))], 'Раз\n\nДва'],
    ['a break in a line', [line(text('Раз'), { type: 'hardBreak' }, text('Два'))], 'Раз\nДва'],
    ['a link of its own', [line(text('Как очистить', page))], `Как очистить: ${page}`],
    ['one with a space behind', [line(text('Как очистить', page), text(' '))], `Как очистить: ${page}`],
    [
      'a link in a sentence',
      [line(text('См. '), text('статью', page), text(', пункт 2.'))],
      `См. статью <${page}>, пункт 2.`,
    ],
    ['one that shows its address', [line(text('См. '), text('kb.example/1', page))], 'См. kb.example/1'],
    ['an address of mail', [line(text('a@x.by', 'mailto:a@x.by'))], 'a@x.by'],
    ['a link of several parts', [line(text('Как ', page), bold('очистить', page))], `Как очистить: ${page}`],
    [
      'a list',
      [of('bulletList', item(line(text('Раз'))), item(line(text('Два')), line(text('ещё'))))],
      '- Раз\n- Два\n  ещё',
    ],
    [
      'a numbered list that goes on',
      [
        {
          type: 'orderedList',
          attrs: { start: 9 },
          content: [item(line(text('Раз'))), item(line(text('Два')))],
        },
      ],
      '9. Раз\n10. Два',
    ],
    [
      'a list in a list',
      [of('bulletList', item(line(text('Раз')), of('orderedList', item(line(text('Два'))))))],
      '- Раз\n  1. Два',
    ],
    [
      'quotes in quotes',
      [of('blockquote', line(text('Раз')), line(), of('blockquote', line(text('Два'))))],
      '> Раз\n>\n>> Два',
    ],
    [
      'what is quoted below',
      [line(text('Да.')), of('quotedPart', line(text('Ирина:')), of('blockquote', line(text('Раз'))))],
      'Да.\nИрина:\n> Раз',
    ],
  ])('%s', (_name, content, expected) => {
    expect(documentText(of('doc', ...content))).toBe(expected);
  });

  test('without the quotes it is the agent’s own', () => {
    const document = of(
      'doc',
      of('blockquote', line(text('Можно?'))),
      line(text('Да.')),
      of('quotedPart', line(text('Ирина: {{?}}'))),
    );
    expect(ownText(document)).toBe('Да.');
  });
});
