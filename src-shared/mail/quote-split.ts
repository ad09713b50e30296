import {
  attributionLine,
  continuesAttributionUp,
  isAttribution,
  isForwardMarker,
  isHeaderBlock,
  isMachineAttribution,
  isOriginalMarker,
  mentionsDate,
} from './quote-markers.ts';
import { markSignatures } from './signature-lines.ts';
import type { LineFate } from './line-fate.ts';

/** A stretch of a letter's text; the texts of all pieces, one after the other, are the whole text. */
export interface TextPiece {
  readonly kind: LineFate;
  readonly text: string;
}

/** A text taken apart; every line that is not blank is in exactly one of the two, in the old order. */
export interface SplitText {
  /** What the sender wrote now. */
  readonly reply: string;
  /** Quotes, attributions and signature. */
  readonly rest: string;
  /** All of the text in its order, so that an answer between the lines stands below what it answers. */
  readonly pieces: readonly TextPiece[];
}

const maxAttributionLines = 4;
const maxAttributionLength = 400;

/**
 * Splits quotes and signature off a letter's text.
 *
 * Knows the attributions of Gmail, Outlook, Apple Mail, Thunderbird, The Bat, Roundcube, mail.ru, Yandex and telephones
 * in Russian, Belarusian and English, `>` quotes with answers between them, separators and header blocks, `-- `
 * signatures and closing formulas. Where it is not sure whose words they are they stay in `reply`. A forwarded letter is
 * what its sender wants read and stays whole; say `forwarded` where the subject tells so, because Outlook writes the
 * same header block for both.
 */
export function splitQuotes(text: string, options: { readonly forwarded?: boolean } = {}): SplitText {
  const lines = text.split('\n');
  const fates = lines.map((): LineFate => 'reply');
  const forwardedFrom = markQuotes(lines, fates, options.forwarded ?? false);
  markSignatures(lines, fates, forwardedFrom);
  const reply = lines.filter((_, index) => fates[index] === 'reply');
  const rest = lines.filter((_, index) => fates[index] !== 'reply');
  return { reply: withoutBlankEnds(reply), rest: withoutBlankEnds(rest), pieces: piecesOf(lines, fates) };
}

/** Marks what is quoted; tells the line from which on a forwarded letter stands, the end where there is none. */
function markQuotes(lines: readonly string[], fates: LineFate[], forwarded: boolean): number {
  let index = 0;
  let hasWords = false;
  while (index < lines.length) {
    const line = lines[index] ?? '';
    if (isQuoted(line)) {
      fates[index] = 'quote';
      index += 1;
      continue;
    }
    if (isForwardMarker(line)) return index;
    const isBlock = isHeaderBlock(lines, index);
    if (isBlock || isOriginalMarker(line)) {
      // A letter that is nothing but a header block and what follows was sent on, not answered.
      if (forwarded || (isBlock && !hasWords)) return index;
      fates.fill('quote', index);
      return lines.length;
    }
    const count = colonWithin(lines, index) ? attributionAt(lines, index) : 0;
    const after = count === 0 ? index : quoteAfter(lines, index, count);
    if (after > index) {
      fates.fill('quote', attributionStart(lines, index), after);
      index = after;
      continue;
    }
    hasWords ||= line.trim() !== '';
    index += 1;
  }
  return lines.length;
}

/**
 * Where the lines that belong to an attribution end; its own index where it is none after all. Without quote marks
 * nothing tells where the quote ends, so it goes to the end, but only below an attribution that no person writes.
 */
function quoteAfter(lines: readonly string[], index: number, count: number): number {
  const after = nextFilled(lines, index + count);
  if (after >= lines.length || isQuoted(lines[after] ?? '')) return after;
  return isMachineAttribution(joined(lines, index, count)) ? lines.length : index;
}

/** Yandex puts addressees and subject above its attribution. */
function attributionStart(lines: readonly string[], index: number): number {
  let start = index;
  while (start > 0 && index - start < maxAttributionLines && continuesAttributionUp(lines[start - 1] ?? '')) {
    start -= 1;
  }
  return start;
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
  if ((lines[index] ?? '').length > maxAttributionLength || !admits(lines[index] ?? '')) return 0;
  for (let count = 1; count <= maxAttributionLines; count += 1) {
    const line = lines[index + count - 1];
    if (line === undefined || line.trim() === '' || isQuoted(line)) return 0;
    const text = joined(lines, index, count);
    if (text.length > maxAttributionLength) return 0;
    if (!text.endsWith(':')) continue;
    const isOne =
      isAttribution(text) ||
      (isQuoted(lines[nextFilled(lines, index + count)] ?? '') && attributionLine(text));
    if (isOne) return count === 1 || startsAttribution(lines, index) ? count : 0;
  }
  return 0;
}

function startsAttribution(lines: readonly string[], index: number): boolean {
  return mentionsDate(lines[index] ?? '') && attributionAt(lines, index + 1, mentionsDate) === 0;
}

function joined(lines: readonly string[], index: number, count: number): string {
  return lines
    .slice(index, index + count)
    .map((line) => line.trim())
    .join(' ');
}

/** Blank lines go with what stands above them. */
function piecesOf(lines: readonly string[], fates: readonly LineFate[]): TextPiece[] {
  const pieces: { kind: LineFate; lines: string[] }[] = [];
  for (const [index, line] of lines.entries()) {
    const kind = fates[index] ?? 'reply';
    const last = pieces.at(-1);
    if (last !== undefined && (last.kind === kind || line.trim() === '')) last.lines.push(line);
    else pieces.push({ kind, lines: [line] });
  }
  return pieces.map((piece, index) => ({
    kind: piece.kind,
    text: `${piece.lines.join('\n')}${index < pieces.length - 1 ? '\n' : ''}`,
  }));
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
