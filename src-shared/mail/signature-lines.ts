import type { LineFate } from './line-fate.ts';
import { isOwnSentence, isSalutation, isSentFrom, looksLikeCard } from './signature-markers.ts';

/** A signature is short: a closing formula with more below it was part of the letter. */
const maxLines = 14;
const maxLineLength = 160;

/**
 * Marks signatures. One ends where the quote after it or a forwarded letter starts, so there may be one before each
 * quote; the forwarded letter keeps its own.
 */
export function markSignatures(lines: readonly string[], fates: LineFate[], forwardedFrom: number): void {
  let segmentStart = 0;
  let hasWords = false;
  for (let index = 0; index <= forwardedFrom; index += 1) {
    if (index < forwardedFrom && fates[index] === 'reply') continue;
    const start = signatureStart(lines, segmentStart, index, hasWords);
    if (start !== null) fates.fill('signature', start, index);
    hasWords ||= lines.slice(segmentStart, start ?? index).some((line) => line.trim() !== '');
    segmentStart = index + 1;
  }
}

function signatureStart(
  lines: readonly string[],
  start: number,
  end: number,
  hasWordsBefore: boolean,
): number | null {
  let hasWords = hasWordsBefore;
  for (let index = start; index < end; index += 1) {
    const line = lines[index] ?? '';
    if (line.trim() === '') continue;
    if (line === '-- ' && hasWords) return index;
    if (startsSignature(lines, index, end, hasWords)) return index;
    hasWords = true;
  }
  return null;
}

function startsSignature(lines: readonly string[], index: number, end: number, hasWords: boolean): boolean {
  const line = lines[index] ?? '';
  if (/^--\s?$/u.test(line) || isSentFrom(line)) return isShortBlock(lines, index + 1, end);
  if (/^(?:[—–]|__{1,80})\s?$/u.test(line)) {
    return isShortBlock(lines, index + 1, end) && looksLikeCard(lines.slice(index + 1, end));
  }
  // A letter that starts with the formula has nothing else to say; it is shown.
  return hasWords && isSalutation(line) && isShortBlock(lines, index + 1, end);
}

/** Few short lines, none of which asks or tells something: whoever does so below his name is read. */
function isShortBlock(lines: readonly string[], start: number, end: number): boolean {
  let filled = 0;
  for (let index = start; index < end; index += 1) {
    const line = lines[index] ?? '';
    if (line.length > maxLineLength && line.trim().length > maxLineLength) return false;
    if (line.trim() === '') continue;
    filled += 1;
    if (filled > maxLines || isOwnSentence(line)) return false;
  }
  return true;
}
