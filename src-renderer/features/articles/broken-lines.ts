import type { ArticleFile } from './article-lines.ts';

/**
 * The lines that could not be imported, as they stood and under the same header: corrected, they can be imported again.
 *
 * It begins with a byte order mark, by which Excel knows UTF-8.
 */
export function brokenLinesText({ header, lines }: ArticleFile): string {
  const broken = lines.filter(({ verdict }) => verdict === 'broken').map(({ raw }) => raw);
  return [...(header === null ? [] : [header]), ...broken].join('\r\n');
}

/** See {@link brokenLinesText}. */
export function brokenLinesFile(file: ArticleFile): Blob {
  return new Blob(['\u{FEFF}', brokenLinesText(file), '\r\n'], { type: 'text/csv;charset=utf-8' });
}
