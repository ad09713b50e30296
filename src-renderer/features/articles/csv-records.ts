import Papa from 'papaparse';

/** One record of a CSV file; `cells` is null where its quotes do not close. */
export interface CsvRecord {
  /** Number of its first line in the file, from 1. */
  readonly line: number;
  /** Exactly what stands there, line ends of several lines as `\n`. */
  readonly raw: string;
  readonly cells: readonly string[] | null;
}

export type Separator = ';' | ',' | '\t';

const separators: readonly Separator[] = [';', ',', '\t'];

/** A cell rarely runs over more lines than this; a quote that stays open longer was forgotten. */
const maxLinesOfRecord = 10;

/** How many lines tell which separator a file has. */
const sampledLines = 50;

/**
 * Takes a CSV file apart into records; empty lines are left out.
 *
 * A forgotten quote costs its own line only, not the rest of the file, which a parser of whole files would take for one
 * long cell.
 */
export function csvRecords(text: string, separator: Separator): CsvRecord[] {
  const lines = linesOf(text);
  const records: CsvRecord[] = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? '';
    if (line.trim() === '' || (at === 0 && isSeparatorHint(line))) {
      at += 1;
      continue;
    }
    const whole = closedRecord(lines, at, separator);
    records.push(
      whole === null
        ? { line: at + 1, raw: line, cells: null }
        : { line: at + 1, raw: lines.slice(at, at + whole.lines).join('\n'), cells: whole.cells },
    );
    at += whole?.lines ?? 1;
  }
  return records;
}

/**
 * The separator under which the most lines have a cell for which `isTelling` holds; a semicolon where none has, and the
 * one that Excel's first line `sep=;` names.
 */
export function findSeparator(text: string, isTelling: (cell: string) => boolean): Separator {
  const lines = linesOf(text)
    .filter((line) => line.trim() !== '')
    .slice(0, sampledLines);
  const named = lines[0] === undefined || !isSeparatorHint(lines[0]) ? undefined : lines[0].trim().slice(4);
  const hinted = separators.find((separator) => separator === named || (separator === '\t' && named === ''));
  if (named !== undefined && hinted !== undefined) return hinted;
  const counts = separators.map((separator) => {
    const told = lines.filter((line) => {
      const cells = cellsOf(line, separator) ?? line.split(separator);
      return cells.length > 1 && cells.some(isTelling);
    });
    return { separator, count: told.length };
  });
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).separator;
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|\n|\r/u);
}

/** Excel's own line before all others, `sep=;`. */
function isSeparatorHint(line: string): boolean {
  return /^sep=.?$/iu.test(line);
}

/** The record that begins at a line, if its quotes close before the file's next records would be swallowed. */
function closedRecord(
  lines: readonly string[],
  at: number,
  separator: Separator,
): { readonly lines: number; readonly cells: string[] } | null {
  for (let taken = 1; taken <= maxLinesOfRecord && at + taken <= lines.length; taken += 1) {
    const cells = cellsOf(lines.slice(at, at + taken).join('\n'), separator);
    if (cells !== null) return { lines: taken, cells };
  }
  return null;
}

/** The cells of one record; null where its quotes are wrong. */
function cellsOf(record: string, separator: Separator): string[] | null {
  // A carriage return never occurs here: a quoted cell may hold line feeds.
  const parsed = Papa.parse<string[]>(record, { delimiter: separator, newline: '\r' });
  return parsed.errors.length > 0 ? null : (parsed.data[0] ?? null);
}
