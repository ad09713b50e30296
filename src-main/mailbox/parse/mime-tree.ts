import type { ParameterisedValue } from '#shared/mail/content-parameters.ts';
import { splitHeaderFields, type HeaderField } from '#shared/mail/header-fields.ts';
import { headerText } from './header-values.ts';
import { readParameters } from './parameters.ts';

/*
 * The MIME structure of a letter as offsets into its bytes: nothing is copied or decoded before somebody asks.
 * postal-mime, which the tests use as a second opinion, hands out text that is already decoded by the declared
 * charset and headers that are already UTF-8; the bytes on which a charset can be decided are gone by then.
 */

/** One part; `body` is a view of the letter's bytes, still encoded. */
export interface MimePart {
  /** As IMAP counts (RFC 3501 §6.4.5); empty for a multipart at the top. */
  readonly partId: string;
  readonly fields: readonly HeaderField[];
  readonly contentType: ParameterisedValue;
  /** Lower case; empty where none is given. */
  readonly disposition: ParameterisedValue;
  readonly encoding: string;
  readonly body: Uint8Array;
  readonly children: readonly MimePart[];
}

/** A letter's structure, and whether a limit cut it. */
export interface MimeTree {
  readonly root: MimePart;
  readonly truncated: boolean;
}

/** No letter of a person comes near these. */
const mimeLimits = { depth: 40, parts: 2_000 } as const;

const CR = 0x0d;
const LF = 0x0a;
const DASH = 0x2d;

interface Progress {
  parts: number;
  truncated: boolean;
}

const noParameters: ReadonlyMap<string, string> = new Map();
const plainText: ParameterisedValue = { value: 'text/plain', parameters: noParameters };
const noDisposition: ParameterisedValue = { value: '', parameters: noParameters };

/**
 * Reads the structure. Never throws: a multipart whose boundary is missing or never occurs is shown as text, a part
 * past the limits is kept whole as an attachment.
 */
export function readMimeTree(source: Uint8Array): MimeTree {
  const progress = { parts: 0, truncated: false };
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  const root = readPart(bytes, { partId: '', depth: 0, inDigest: false }, progress);
  return { root, truncated: progress.truncated };
}

interface Place {
  readonly partId: string;
  readonly depth: number;
  readonly inDigest: boolean;
}

function readPart(bytes: Buffer, place: Place, progress: Progress): MimePart {
  progress.parts += 1;
  // A part of a multipart may start with the empty line at once: it has no header, and all of it is body.
  const { fields, bodyStart } = startsWithBreak(bytes)
    ? { fields: [], bodyStart: bytes[0] === CR ? 2 : 1 }
    : splitHeaderFields(bytes);
  const body = bytes.subarray(bodyStart);
  const type = contentTypeOf(fields, place.inDigest);
  const shared = {
    fields,
    disposition: structured(fields, 'content-disposition') ?? noDisposition,
    encoding: (headerText(fields, 'content-transfer-encoding') ?? '').replace(/[\s(;].*$/u, '').toLowerCase(),
    body,
  };
  if (!type.value.startsWith('multipart/')) {
    return { ...shared, partId: place.partId === '' ? '1' : place.partId, contentType: type, children: [] };
  }
  const sections = sectionsOf(body, type.parameters.get('boundary') ?? '');
  if (sections.length === 0) {
    return {
      ...shared,
      partId: place.partId === '' ? '1' : place.partId,
      contentType: plainText,
      children: [],
    };
  }
  if (place.depth >= mimeLimits.depth) {
    progress.truncated = true;
    return {
      ...shared,
      partId: place.partId,
      contentType: { ...type, value: 'application/octet-stream' },
      children: [],
    };
  }
  const children: MimePart[] = [];
  for (const [index, section] of sections.entries()) {
    if (progress.parts >= mimeLimits.parts) {
      progress.truncated = true;
      break;
    }
    const partId = place.partId === '' ? String(index + 1) : `${place.partId}.${index + 1}`;
    children.push(
      readPart(
        section,
        { partId, depth: place.depth + 1, inDigest: type.value === 'multipart/digest' },
        progress,
      ),
    );
  }
  return { ...shared, partId: place.partId, contentType: type, children };
}

function contentTypeOf(fields: readonly HeaderField[], inDigest: boolean): ParameterisedValue {
  const given = structured(fields, 'content-type');
  // RFC 2045 §5.2 and RFC 2046 §5.1.5 give the defaults; `text` alone is what old programs write.
  if (given === null || given.value === '') {
    return inDigest ? { value: 'message/rfc822', parameters: noParameters } : plainText;
  }
  if (!given.value.includes('/'))
    return { ...given, value: given.value === 'html' ? 'text/html' : 'text/plain' };
  return { ...given, value: given.value.replaceAll(/\s+/gu, '') };
}

function structured(fields: readonly HeaderField[], name: string): ParameterisedValue | null {
  const text = headerText(fields, name);
  return text === null ? null : readParameters(text);
}

/** The bodies between boundary lines (RFC 2046 §5.1.1); preamble and epilogue go. */
function sectionsOf(body: Buffer, declared: string): Buffer[] {
  const boundary = declared === '' ? firstBoundary(body) : declared;
  if (boundary === '') return [];
  const delimiter = Buffer.from(`--${boundary}`, 'utf8');
  const sections: Buffer[] = [];
  let sectionStart = -1;
  let position = 0;
  for (;;) {
    const found = body.indexOf(delimiter, position);
    if (found === -1) break;
    position = found + delimiter.length;
    if (found > 0 && body[found - 1] !== LF) continue;
    const closing = body[position] === DASH && body[position + 1] === DASH;
    let lineEnd = closing ? position + 2 : position;
    while (body[lineEnd] === 0x20 || body[lineEnd] === 0x09) lineEnd += 1;
    const atEnd = lineEnd >= body.length;
    // A longer boundary of an inner multipart may start with this one.
    if (!atEnd && body[lineEnd] !== LF && body[lineEnd] !== CR) continue;
    if (sectionStart !== -1)
      sections.push(body.subarray(sectionStart, beforeBreak(body, sectionStart, found)));
    if (closing) return sections;
    const lineFeed = atEnd ? -1 : body.indexOf(LF, lineEnd);
    sectionStart = lineFeed === -1 ? body.length : lineFeed + 1;
    position = sectionStart;
  }
  // A letter that was cut off has no closing delimiter.
  if (sectionStart !== -1 && sectionStart < body.length) sections.push(body.subarray(sectionStart));
  return sections;
}

/** What the boundary must have been where the header lost it. */
function firstBoundary(body: Buffer): string {
  const head = body.subarray(0, 4_096).toString('latin1');
  return /(?:^|\n)--([^\s-][^\r\n]{0,69}?)[ \t]*\r?\n[A-Za-z-]+:/u.exec(head)?.[1] ?? '';
}

/** The line break before a delimiter belongs to the delimiter. */
function beforeBreak(body: Buffer, start: number, found: number): number {
  let end = found;
  if (end > start && body[end - 1] === LF) end -= 1;
  if (end > start && body[end - 1] === CR) end -= 1;
  return Math.max(end, start);
}

function startsWithBreak(bytes: Uint8Array): boolean {
  return bytes[0] === LF || (bytes[0] === CR && bytes[1] === LF);
}
