/*
 * Raw header fields (RFC 5322 §2.2) on bytes: identity is taken over raw bytes, and a charset can only be decided
 * while the bytes are still there.
 */

/** One header field: its name in lower case and the raw bytes after the colon, still folded. */
export interface HeaderField {
  readonly name: string;
  readonly raw: Uint8Array;
}

/** The fields of one header block and where the body starts. */
export interface HeaderBlock {
  readonly fields: readonly HeaderField[];
  /** Offset of the first byte of the body, from the start of the given bytes. */
  readonly bodyStart: number;
}

/** Fields past these limits are ignored; real headers stay under a tenth of them. */
const headerLimits = { bytes: 1_048_576, fields: 4_000 } as const;

const CR = 0x0d;
const LF = 0x0a;
const SPACE = 0x20;
const TAB = 0x09;
const COLON = 0x3a;

/**
 * Splits a header block into fields, up to the first empty line or the end of the bytes.
 *
 * Accepts CRLF, LF and mixed line ends. Lines that are no field (an mbox `From ` line, garbage) are skipped; if not
 * one field is found the block has no header and `bodyStart` is 0, so that nothing of a letter without header is
 * lost.
 */
export function splitHeaderFields(bytes: Uint8Array, start = 0, end = bytes.length): HeaderBlock {
  const fields: HeaderField[] = [];
  const limit = Math.min(end, start + headerLimits.bytes);
  let position = start;
  let bodyStart = end;
  while (position < end) {
    const fieldStart = position;
    let lineEnd = endOfLine(bytes, position, end);
    if (isBlankLine(bytes, position, lineEnd)) {
      bodyStart = lineEnd;
      break;
    }
    while (lineEnd < end && isFolding(bytes, lineEnd, end)) lineEnd = endOfLine(bytes, lineEnd, end);
    position = lineEnd;
    if (fieldStart >= limit || fields.length >= headerLimits.fields) continue;
    const field = readField(bytes, fieldStart, Math.min(lineEnd, limit));
    if (field !== null) fields.push(field);
  }
  return { fields, bodyStart: fields.length === 0 ? start : bodyStart };
}

/** The raw value of the first field of that name (lower case), or null. */
export function firstRawValue(fields: readonly HeaderField[], name: string): Uint8Array | null {
  for (const field of fields) if (field.name === name) return field.raw;
  return null;
}

/** The raw values of all fields of that name (lower case), in order. */
export function allRawValues(fields: readonly HeaderField[], name: string): Uint8Array[] {
  const values: Uint8Array[] = [];
  for (const field of fields) if (field.name === name) values.push(field.raw);
  return values;
}

/**
 * Unfolds a raw value: line ends go, the white space after them stays (RFC 5322 §2.2.3), white space at both ends
 * goes.
 */
export function unfoldRawValue(raw: Uint8Array): Uint8Array {
  let start = 0;
  let end = raw.length;
  while (start < end && isSpaceOrBreak(raw[start])) start += 1;
  while (end > start && isSpaceOrBreak(raw[end - 1])) end -= 1;
  const value = raw.subarray(start, end);
  if (!value.includes(LF) && !value.includes(CR)) return value;
  return value.filter((byte) => byte !== CR && byte !== LF);
}

function readField(bytes: Uint8Array, start: number, end: number): HeaderField | null {
  let colon = start;
  while (colon < end && isFieldNameByte(bytes[colon])) colon += 1;
  if (colon === start) return null;
  let nameEnd = colon;
  // "Subject : x" is obsolete syntax (RFC 5322 §4.5) that servers still accept.
  while (colon < end && (bytes[colon] === SPACE || bytes[colon] === TAB)) colon += 1;
  if (bytes[colon] !== COLON || colon >= end || nameEnd - start > 200) return null;
  let name = '';
  for (let index = start; index < nameEnd; index += 1) name += String.fromCharCode(bytes[index] ?? 0);
  nameEnd = end;
  return { name: name.toLowerCase(), raw: bytes.subarray(colon + 1, nameEnd) };
}

function endOfLine(bytes: Uint8Array, from: number, end: number): number {
  const found = bytes.indexOf(LF, from);
  return found === -1 || found >= end ? end : found + 1;
}

function isBlankLine(bytes: Uint8Array, start: number, lineEnd: number): boolean {
  const first = bytes[start];
  return first === LF || (first === CR && (bytes[start + 1] === LF || lineEnd === start + 1));
}

/** Whether the line that starts here continues the field before it; a line of nothing but white space does too. */
function isFolding(bytes: Uint8Array, start: number, end: number): boolean {
  return start < end && (bytes[start] === SPACE || bytes[start] === TAB);
}

function isFieldNameByte(byte: number | undefined): boolean {
  return byte !== undefined && byte > SPACE && byte < 0x7f && byte !== COLON;
}

function isSpaceOrBreak(byte: number | undefined): boolean {
  return byte === SPACE || byte === TAB || byte === CR || byte === LF;
}
