import { describe, expect, test } from 'vitest';
import type { ArticleId } from '#shared/ids.ts';
import type { Article } from '#shared/protocol/article.ts';
import { articleLines, type ArticleLine } from '#renderer/features/articles/article-lines.ts';
import { csvRecords, findSeparator } from '#renderer/features/articles/csv-records.ts';
import { decodeCsv } from '#renderer/features/articles/decode-csv.ts';
import { encodeCp1251 } from '#test/fixtures/encode-cp1251.ts';
import { startCpuTime } from '../cpu-time.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

/** What a line became, in one word or two. */
function verdictOf(line: ArticleLine): string {
  if (line.verdict !== 'broken') return `${line.line} ${line.verdict} ${line.article.title}`;
  return `${line.line} ${line.why}${line.sameAs === null ? '' : ` ${line.sameAs}`}`;
}

const verdicts = (text: string, known: readonly Article[] = []) =>
  articleLines(text, known).lines.map(verdictOf);

describe('the bytes of a file', () => {
  const words = 'Квота;https://help.by/kvota;место, диск\nЗвышэнне — ўсё «і»;https://help.by/2';
  test.each([
    ['UTF-8', utf8(words), 'utf-8'],
    ['UTF-8 with a mark', utf8(`\u{FEFF}${words}`), 'utf-8'],
    ['windows-1251', encodeCp1251(words), 'windows-1251'],
    ['UTF-16', new Uint8Array(Buffer.from(`\u{FEFF}${words}`, 'utf16le')), 'utf-16'],
    [
      'UTF-16, the other way round',
      new Uint8Array(Buffer.from(`\u{FEFF}${words}`, 'utf16le').swap16()),
      'utf-16',
    ],
  ] as const)('%s', (_name, bytes, encoding) => {
    expect(decodeCsv(bytes)).toEqual({ text: words, encoding });
  });

  test('of no file at all are an empty text', () => {
    expect(decodeCsv(new Uint8Array())).toEqual({ text: '', encoding: 'utf-8' });
  });
});

describe('the separator', () => {
  test.each([
    ['Квота;https://help.by/a,b', ';'],
    ['Квота,https://help.by/a', ','],
    ['Квота, место\thttps://help.by/a\tслово; другое', '\t'],
    ['"Квота; место","https://help.by/a"', ','],
    ['название;ссылка\nКвота;help.by/a', ';'],
    ['sep=,\nКвота;место,help.by/a', ','],
    ['sep=\t\nКвота\thelp.by/a', '\t'],
    ['просто текст', ';'],
    ['', ';'],
  ])('%j', (text, separator) => {
    expect(findSeparator(text, (cell) => cell.startsWith('http'))).toBe(separator);
  });
});

describe('records', () => {
  test('keep line breaks within quotes, and their own text', () => {
    expect(csvRecords('a;"b\r\nc";d\r\n\r\ne;f', ';')).toEqual([
      { line: 1, raw: 'a;"b\nc";d', cells: ['a', 'b\nc', 'd'] },
      { line: 4, raw: 'e;f', cells: ['e', 'f'] },
    ]);
  });

  test('with a forgotten quote cost their own line only', () => {
    const text = ['"open;1', '"closed";2', 'plain;3', 'inch 5" wide;4', '"also ""quoted""";5'].join('\n');
    expect(csvRecords(text, ';').map(({ line, cells }) => [line, cells])).toEqual([
      [1, null],
      [2, ['closed', '2']],
      [3, ['plain', '3']],
      [4, ['inch 5" wide', '4']],
      [5, ['also "quoted"', '5']],
    ]);
  });
});

describe('lines of articles', () => {
  const known: Article[] = [
    { id: 'a1' as ArticleId, title: 'Старая квота', url: 'https://help.by/kvota', keywords: [] },
  ];

  test.each([
    ['title, address', 'Квота;https://help.by/1', ['1 new Квота']],
    ['an address without scheme', 'Квота;help.by/1', ['1 new Квота']],
    ['an address that is known', 'Квота;https://help.by/kvota', ['1 replaces Квота']],
    ['a header in Russian', 'Название;Ссылка\nКвота;https://help.by/1', ['2 new Квота']],
    ['a header in Belarusian', 'спасылка;назва\nhttps://help.by/1;Квота', ['2 new Квота']],
    ['a header in English', 'URL,keywords,Title\nhttps://help.by/1,,Квота', ['2 new Квота']],
    ['one column', 'Квота', ['1 missing-column']],
    ['a header with a line that is too short', 'url;title\nhttps://help.by/1', ['2 missing-column']],
    ['no title', ' ;https://help.by/1', ['1 no-title']],
    ['a title that is too long', `${'я'.repeat(301)};https://help.by/1`, ['1 title-too-long']],
    ['no address', 'Квота;', ['1 bad-url']],
    ['words for an address', 'Квота;нет ссылки', ['1 bad-url']],
    ['a program for an address', 'Квота;javascript:alert(1)', ['1 bad-url']],
    ['a file for an address', 'Квота;file:///etc/passwd', ['1 bad-url']],
    ['an address with a password', 'Квота;https://u:p@help.by/', ['1 bad-url']],
    [
      'a quote that does not close',
      '"Квота;https://help.by/1\nДиск;https://help.by/2',
      ['1 quotes', '2 new Диск'],
    ],
    ['one address twice', 'А;https://help.by/1\n\nБ;https://HELP.by/1', ['1 new А', '3 duplicate 1']],
    ['a word that is too long', `А;https://help.by/1;${'я'.repeat(61)}`, ['1 keyword-too-long']],
    [
      'too many words',
      `А;https://help.by/1;${Array.from({ length: 51 }, (_, at) => at).join(',')}`,
      ['1 too-many-keywords'],
    ],
    ['nothing', '\n\n', []],
  ])('%s', (_name, text, expected) => {
    expect(verdicts(text, known)).toEqual(expected);
  });

  test('words to find an article by stand in one cell or in several', () => {
    const words = (text: string) =>
      articleLines(text, []).lines.map((line) => (line.verdict === 'broken' ? null : line.article.keywords));
    expect(words('А;https://h.by/1;место, диск,место')).toEqual([['место', 'диск']]);
    expect(words('А,https://h.by/1,место,диск')).toEqual([['место', 'диск']]);
    expect(words('название;url;автор\nА;https://h.by/1;Иванов')).toEqual([[]]);
    expect(words('название;url;слова;автор\nА;https://h.by/1;a | b;Иванов')).toEqual([['a', 'b']]);
  });

  test('an internationalised host is stored in ASCII', () => {
    const [line] = articleLines('Справка;https://справка.бел/квота', []).lines;
    expect(line).toMatchObject({
      article: { url: 'https://xn--80aaf6awgf.xn--90ais/%D0%BA%D0%B2%D0%BE%D1%82%D0%B0' },
    });
  });

  test('10,000 lines in windows-1251 with broken ones among them', () => {
    const rows = Array.from({ length: 10_000 }, (_, at) =>
      at % 1000 === 500
        ? `"Статья ${at};https://help.by/${at}`
        : `Статья № ${at};https://help.by/${at};слово ${at}`,
    );
    const { text, encoding } = decodeCsv(
      encodeCp1251(['Название;Ссылка;Ключевые слова', ...rows].join('\r\n')),
    );
    const cpuMs = startCpuTime();
    const { lines, header } = articleLines(text, []);
    expect(cpuMs()).toBeLessThan(5_000);
    expect([encoding, header]).toEqual(['windows-1251', 'Название;Ссылка;Ключевые слова']);
    const broken = lines.filter(({ verdict }) => verdict === 'broken');
    expect(broken.map(({ line }) => line)).toEqual(Array.from({ length: 10 }, (_, at) => at * 1000 + 502));
    expect(lines).toHaveLength(10_000);
    expect(lines[9]).toMatchObject({ line: 11, article: { title: 'Статья № 9', keywords: ['слово 9'] } });
  });
});
