import columnNames from '#resources/import/article-columns.json' with { type: 'json' };
import type { Article, PutArticle } from '#shared/protocol/article.ts';
import { articleUrl } from './article-url.ts';
import { csvRecords, findSeparator, type CsvRecord, type Separator } from './csv-records.ts';

/** Why a line of a file is no article. */
export type BrokenLine =
  | 'quotes'
  | 'missing-column'
  | 'no-title'
  | 'title-too-long'
  | 'bad-url'
  | 'keyword-too-long'
  | 'too-many-keywords'
  | 'duplicate';

/** What an import would do with one line. */
export type ArticleLine = { readonly line: number; readonly raw: string } & (
  | { readonly verdict: 'new'; readonly article: PutArticle }
  | { readonly verdict: 'replaces'; readonly article: PutArticle; readonly replaced: Article }
  | {
      readonly verdict: 'broken';
      readonly why: BrokenLine;
      /** The line that has the same address already, for `duplicate`. */
      readonly sameAs: number | null;
    }
);

/** A file with articles, every line judged. */
export interface ArticleFile {
  readonly separator: Separator;
  /** The line with the names of the columns, as it stands; null where there is none. */
  readonly header: string | null;
  readonly lines: readonly ArticleLine[];
}

type Column = keyof typeof columnNames;
type Columns = Readonly<Record<Column, number>>;

const positions: Columns = { title: 0, url: 1, keywords: 2 };
const named: readonly Column[] = ['title', 'url', 'keywords'];

/**
 * Reads articles from CSV: title, address, words to find it by; in the order that a header names, else in this one.
 *
 * Of two lines with one address the first counts. An address that is known replaces what is there.
 */
export function articleLines(text: string, known: readonly Article[]): ArticleFile {
  const separator = findSeparator(text, (cell) => /^(?:https?:\/\/|www\.)\S+$/iu.test(cell.trim()));
  const records = csvRecords(text, separator);
  const columns = columnsOf(records[0]);
  const header = columns === null ? null : (records[0]?.raw ?? null);
  const byUrl = new Map(known.map((article) => [article.url, article]));
  const seen = new Map<string, number>();
  const lines = records.slice(header === null ? 0 : 1).map(({ line, raw, cells }): ArticleLine => {
    const read = cells === null ? 'quotes' : articleOf(cells, columns);
    if (typeof read === 'string') return { line, raw, verdict: 'broken', why: read, sameAs: null };
    const sameAs = seen.get(read.url);
    if (sameAs !== undefined) return { line, raw, verdict: 'broken', why: 'duplicate', sameAs };
    seen.set(read.url, line);
    const replaced = byUrl.get(read.url);
    return replaced === undefined
      ? { line, raw, verdict: 'new', article: read }
      : { line, raw, verdict: 'replaces', article: read, replaced };
  });
  return { separator, header, lines };
}

/** The columns that a header names; null where the first record is no header. */
function columnsOf(record: CsvRecord | undefined): Columns | null {
  const names = (record?.cells ?? []).map((cell) => cell.trim().toLowerCase());
  const [title = -1, url = -1, keywords = -1] = named.map((column) =>
    names.findIndex((name) => columnNames[column].includes(name)),
  );
  return title === -1 || url === -1 ? null : { title, url, keywords };
}

function articleOf(cells: readonly string[], header: Columns | null): PutArticle | BrokenLine {
  const columns = header ?? positions;
  const titleCell = cells[columns.title];
  const urlCell = cells[columns.url];
  if (titleCell === undefined || urlCell === undefined) return 'missing-column';
  const title = titleCell.replaceAll(/\s+/gu, ' ').trim();
  if (title === '') return 'no-title';
  if (title.length > 300) return 'title-too-long';
  const url = urlCell.trim() === '' ? null : articleUrl(urlCell);
  if (url === null || url.length > 2000) return 'bad-url';
  // Words may stand in one cell or, where nothing is named after them, each in its own.
  const cellsOfWords =
    header === null
      ? cells.slice(columns.keywords)
      : columns.keywords === -1
        ? []
        : [cells[columns.keywords]];
  const keywords = [
    ...new Set(
      cellsOfWords
        .flatMap((cell) => (cell ?? '').split(/[,;|\n]/u))
        .map((word) => word.replaceAll(/\s+/gu, ' ').trim())
        .filter((word) => word !== ''),
    ),
  ];
  if (keywords.some((word) => word.length > 60)) return 'keyword-too-long';
  if (keywords.length > 50) return 'too-many-keywords';
  return { title, url, keywords };
}
