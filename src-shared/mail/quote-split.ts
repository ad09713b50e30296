import {
  isAttribution,
  mentionsDate,
  isForwardMarker,
  isHeaderBlock,
  isOriginalMarker,
  isSalutation,
  isSentFrom,
} from './quote-markers.ts';

/** A text taken apart; every line that is not blank is in exactly one of the two, in the old order. */
export interface SplitText {
  /** What the sender wrote now. */
  readonly reply: string;
  /** Quotes, attributions and signature. */
  readonly rest: string;
}

type LineFate = 'reply' | 'rest';

const maxAttributionLines = 4;
/** A signature is short: a closing formula with more below it was part of the letter. */
const maxSignatureLines = 14;
const maxSignatureLineLength = 160;

/**
 * Splits quotes and signature off a letter's text.
 *
 * Knows the attributions of Gmail, Outlook, Apple Mail, Thunderbird, mail.ru and Yandex in Russian, Belarusian and
 * English, `>` quotes with answers between them, separators and header blocks, `-- ` signatures and closing formulas.
 * A forwarded letter is what its sender wants read and stays in `reply`; say `forwarded` where the subject tells so,
 * because Outlook writes the same header block for both.
 */
export function splitQuotes(text: string, options: { readonly forwarded?: boolean } = {}): SplitText {
  const lines = text.split('\n');
  const fates = markQuotes(lines, options.forwarded ?? false);
  markSignatures(lines, fates);
  const reply = lines.filter((_, index) => fates[index] === 'reply');
  const rest = lines.filter((_, index) => fates[index] === 'rest');
  return { reply: withoutBlankEnds(reply), rest: withoutBlankEnds(rest) };
}

function markQuotes(lines: readonly string[], forwarded: boolean): LineFate[] {
  const fates = lines.map((): LineFate => 'reply');
  let index = 0;
  while (index < lines.length) {
    const line = lines[index] ?? '';
    if (isQuoted(line)) {
      fates[index] = 'rest';
      index += 1;
      continue;
    }
    if (isForwardMarker(line)) return fates;
    if (isOriginalMarker(line) || isHeaderBlock(lines, index)) {
      return forwarded ? fates : fates.fill('rest', index);
    }
    const attributionLines = colonWithin(lines, index) ? attributionAt(lines, index) : 0;
    if (attributionLines === 0) {
      index += 1;
      continue;
    }
    const after = nextFilled(lines, index + attributionLines);
    // Without quote marks nothing tells where the quote ends, so it goes to the end.
    if (after < lines.length && !isQuoted(lines[after] ?? '')) return fates.fill('rest', index);
    fates.fill('rest', index, after);
    index = after;
  }
  return fates;
}

function startsAttribution(lines: readonly string[], index: number): boolean {
  return mentionsDate(lines[index] ?? '') && attributionAt(lines, index + 1, mentionsDate) === 0;
}

/** Whether one of the next lines ends as every attribution does; a cheap look that most lines stop at. */
function colonWithin(lines: readonly string[], index: number): boolean {
  for (let offset = 0; offset < maxAttributionLines; offset += 1) {
    const line = lines[index + offset];
    if (line !== undefined && /:\s*$/u.test(line.slice(-4))) return true;
  }
  return false;
}

/**
 * How many lines from here make one attribution; 0 where none starts. A wrapped one starts with its date, so that the
 * line before an attribution is not taken for its beginning.
 */
function attributionAt(
  lines: readonly string[],
  index: number,
  admits: (line: string) => boolean = () => true,
): number {
  if (!admits(lines[index] ?? '')) return 0;
  let joined = '';
  for (let count = 1; count <= maxAttributionLines; count += 1) {
    const line = lines[index + count - 1];
    if (line === undefined || line.trim() === '' || isQuoted(line)) return 0;
    joined = joined === '' ? line.trim() : `${joined} ${line.trim()}`;
    if (joined.length > 400) return 0;
    if (!joined.endsWith(':') || !isAttribution(joined)) continue;
    return count === 1 || startsAttribution(lines, index) ? count : 0;
  }
  return 0;
}

/** A signature ends where the quote after it starts; there may be one before each quote. */
function markSignatures(lines: readonly string[], fates: LineFate[]): void {
  let segmentStart = 0;
  for (let index = 0; index <= lines.length; index += 1) {
    if (index < lines.length && fates[index] === 'reply') continue;
    const start = signatureStart(lines, segmentStart, index);
    if (start !== null) fates.fill('rest', start, index);
    segmentStart = index + 1;
  }
}

function signatureStart(lines: readonly string[], start: number, end: number): number | null {
  const first = nextFilled(lines, start);
  for (let index = first; index < end; index += 1) {
    const line = lines[index] ?? '';
    if (/^--\s?$/u.test(line) || /^(?:—|–|__+)\s*$/u.test(line)) {
      if (line === '-- ' || isShortBlock(lines, index + 1, end)) return index;
    }
    if (isSentFrom(line) && isShortBlock(lines, index + 1, end)) return index;
    if (index > first && isSalutation(line) && isShortBlock(lines, index + 1, end)) return index;
  }
  return null;
}

function isShortBlock(lines: readonly string[], start: number, end: number): boolean {
  const filled = lines.slice(start, end).filter((line) => line.trim() !== '');
  return filled.length <= maxSignatureLines && filled.every((line) => line.length <= maxSignatureLineLength);
}

function isQuoted(line: string): boolean {
  const first = line.charCodeAt(0);
  if (first !== 0x20 && first !== 0x09 && first !== 0xa0) return first === 0x3e;
  return /^[ \t\u00a0]{1,3}>/u.test(line);
}

function nextFilled(lines: readonly string[], start: number): number {
  let index = start;
  while (index < lines.length && (lines[index] ?? '').trim() === '') index += 1;
  return index;
}

function withoutBlankEnds(lines: readonly string[]): string {
  let start = 0;
  let end = lines.length;
  while (start < end && (lines[start] ?? '').trim() === '') start += 1;
  while (end > start && (lines[end - 1] ?? '').trim() === '') end -= 1;
  return lines.slice(start, end).join('\n').trimEnd();
}
