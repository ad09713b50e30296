import { decodeWords, withoutControls, type DecodeBytes } from './encoded-words.ts';

/** A structured MIME header value: `text/plain; charset=koi8-r`. */
export interface ParameterisedValue {
  /** Lower case, without comments. */
  readonly value: string;
  /** Names in lower case; values decoded. */
  readonly parameters: ReadonlyMap<string, string>;
}

interface Segment {
  readonly text: string;
  readonly percentEncoded: boolean;
}

const maxParameters = 200;
const maxContinuations = 200;

/**
 * Reads a MIME header value with its parameters (RFC 2045 §5.1), continuations and charsets included (RFC 2231).
 *
 * Tolerates what mailers really write: encoded words in quoted strings, unquoted values with spaces, a missing
 * semicolon at the end, `*` forms beside a plain one (the `*` form wins, RFC 6266 §4.3). Never throws.
 */
export function parseParameters(source: string, decode: DecodeBytes): ParameterisedValue {
  const [head = '', ...rest] = splitOutsideQuotes(source);
  const plain = new Map<string, string>();
  const extended = new Map<string, Map<number, Segment>>();
  for (const item of rest.slice(0, maxParameters)) {
    const equals = item.indexOf('=');
    if (equals <= 0) continue;
    const key = item.slice(0, equals).trim().toLowerCase();
    const text = unquote(item.slice(equals + 1).trim());
    const form = /^([^*]+)\*(?:(\d{1,4})(\*)?)?$/u.exec(key);
    if (form === null) {
      if (!plain.has(key)) plain.set(key, text);
      continue;
    }
    const name = form[1] ?? '';
    const segments = extended.get(name) ?? new Map<number, Segment>();
    extended.set(name, segments);
    const percentEncoded = form[2] === undefined || form[3] === '*';
    segments.set(Number(form[2] ?? 0), { text, percentEncoded });
  }
  const parameters = new Map<string, string>();
  for (const [name, text] of plain) parameters.set(name, decodeWords(text, decode));
  for (const [name, segments] of extended) {
    const value = joinSegments(segments, decode);
    if (value !== '') parameters.set(name, value);
  }
  return { value: stripComment(head).trim().toLowerCase(), parameters };
}

function joinSegments(segments: ReadonlyMap<number, Segment>, decode: DecodeBytes): string {
  const bytes: number[] = [];
  let charset: string | null = null;
  let beyondAscii = false;
  let text = '';
  for (let index = 0; index < maxContinuations; index += 1) {
    const segment = segments.get(index);
    if (segment === undefined) break;
    let content = segment.text;
    if (index === 0 && segment.percentEncoded) {
      const [declared = '', , ...value] = content.split("'");
      if (value.length > 0) {
        charset = declared.trim().toLowerCase() || null;
        content = value.join("'");
      }
    }
    text += content;
    beyondAscii ||= /[^\0-\x7f]/u.test(content);
    pushSegment(bytes, content, segment.percentEncoded);
  }
  // A value whose raw 8-bit bytes were already decoded cannot be taken apart again.
  return withoutControls(beyondAscii ? text : decodeWords(decode(Uint8Array.from(bytes), charset), decode));
}

function pushSegment(bytes: number[], content: string, percentEncoded: boolean): void {
  for (let index = 0; index < content.length; index += 1) {
    const hex = percentEncoded && content[index] === '%' ? content.slice(index + 1, index + 3) : '';
    if (/^[0-9a-f]{2}$/iu.test(hex)) {
      bytes.push(Number.parseInt(hex, 16));
      index += 2;
    } else {
      bytes.push(content.charCodeAt(index) & 0xff);
    }
  }
}

function splitOutsideQuotes(source: string): string[] {
  const items: string[] = [];
  let quoted = false;
  let start = 0;
  for (let index = 0; index < source.length; index += 1) {
    const char = source[index];
    if (char === '\\' && quoted) index += 1;
    else if (char === '"') quoted = !quoted;
    else if (char === ';' && !quoted) {
      items.push(source.slice(start, index));
      start = index + 1;
    }
  }
  items.push(source.slice(start));
  return items;
}

function unquote(text: string): string {
  if (!text.startsWith('"')) return stripComment(text).trim();
  const end = /(?<!\\)"[^"]*$/u.exec(text.slice(1));
  const inner = end === null ? text.slice(1) : text.slice(1, end.index + 1);
  // Windows paths in file names are written without doubling the backslash; only quote and backslash are escapes.
  return inner.replaceAll(/\\(["\\])/gu, '$1');
}

/** Drops a comment that starts the text or follows white space: `Invoice(1).pdf` is a name, not a comment. */
function stripComment(text: string): string {
  const open = text.search(/(?:^|[ \t])\(/u);
  return open === -1 ? text : text.slice(0, open);
}
