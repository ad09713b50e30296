import type { LetterPart } from '#shared/mail/letter-content.ts';
import { unwrapFlowed } from '#shared/mail/unwrap-flowed.ts';
import { decodeBody } from './decode-body.ts';
import { decodeText } from './decode-text.ts';
import { isBlankHtml, textOfHtml } from './html-text.ts';
import type { MimePart } from './mime-tree.ts';
import { readParameters } from './parameters.ts';

/** One thing to show: a document and its text. */
export interface Displayed {
  readonly part: LetterPart;
  /** Shows nothing at all. */
  readonly blank: boolean;
  /** Makes the text; a document whose plain alternative is there never pays for the conversion. */
  readonly textNow: () => string;
}

/** A letter's parts sorted by what becomes of them. */
export interface SortedParts {
  readonly displayed: readonly Displayed[];
  readonly attachments: readonly MimePart[];
}

/** Alternatives for machines that only repeat the letter; nobody would save them. */
const machineAlternatives = new Set(['text/x-amp-html', 'text/watch-html', 'text/enriched', 'text/richtext']);

/**
 * Sorts the parts of a letter into what is shown and what is attached, in order.
 *
 * Of alternatives (RFC 2046 §5.1.4) the richest that we show is the document and the plain one is its text; of
 * related parts (RFC 2387) the root is shown. A named text part that is not marked as an attachment is shown and can
 * be saved too. Nested letters (message/rfc822) are attachments.
 */
export function sortParts(root: MimePart): SortedParts {
  const displayed: Displayed[] = [];
  const attachments: MimePart[] = [];
  walk(root, true, displayed, attachments);
  return { displayed, attachments };
}

/** The text of a text part: transfer encoding, charset and format=flowed undone, line ends LF. */
function textOfPart(part: MimePart): string {
  const bytes = decodeBody(part.body, part.encoding);
  const isHtml = part.contentType.value === 'text/html';
  const declared = part.contentType.parameters.get('charset') ?? (isHtml ? metaCharset(bytes) : null);
  let text = decodeText(bytes, declared).replaceAll('\0', '');
  if (text.includes('\r')) text = text.replaceAll(/\r\n?/gu, '\n');
  if (part.contentType.parameters.get('format')?.toLowerCase() === 'flowed') {
    text = unwrapFlowed(text, part.contentType.parameters.get('delsp')?.toLowerCase() === 'yes');
  }
  return text;
}

function walk(part: MimePart, isRoot: boolean, displayed: Displayed[], attachments: MimePart[]): void {
  if (part.children.length > 0) {
    if (part.contentType.value === 'multipart/alternative') walkAlternatives(part, displayed, attachments);
    else if (part.contentType.value === 'multipart/related') walkRelated(part, displayed, attachments);
    else for (const child of part.children) walk(child, false, displayed, attachments);
    return;
  }
  if (!isShown(part)) {
    if (!isEmptyRoot(part, isRoot)) attachments.push(part);
    return;
  }
  const shown = display(part);
  if (!shown.blank) displayed.push(shown);
  if (!isRoot && isNamed(part)) attachments.push(part);
}

function walkAlternatives(part: MimePart, displayed: Displayed[], attachments: MimePart[]): void {
  const readings = part.children.map((child) => {
    const shown: Displayed[] = [];
    const attached: MimePart[] = [];
    if (!machineAlternatives.has(child.contentType.value)) walk(child, false, shown, attached);
    return { shown, attached };
  });
  for (const reading of readings) attachments.push(...reading.attached);
  const candidates = readings.filter(({ shown }) => shown.length > 0);
  const richest =
    candidates.findLast(({ shown }) => shown.some(({ part: { kind } }) => kind === 'html')) ??
    candidates.at(-1);
  if (richest === undefined) return;
  const plain = candidates.find(
    (reading) => reading !== richest && reading.shown.every(({ part: { kind } }) => kind === 'text'),
  );
  if (plain === undefined) {
    displayed.push(...richest.shown);
    return;
  }
  // The plain reading is the text of the whole; it stands with the first document, the others add none.
  const text = plain.shown.map((one) => one.textNow()).join('\n');
  for (const [index, one] of richest.shown.entries()) {
    displayed.push({ ...one, textNow: () => (index === 0 ? text : '') });
  }
}

function walkRelated(part: MimePart, displayed: Displayed[], attachments: MimePart[]): void {
  const start = part.contentType.parameters.get('start')?.replaceAll(/^<|>$/gu, '');
  const named = start === undefined ? -1 : part.children.findIndex((child) => contentIdOf(child) === start);
  const rootIndex = Math.max(named, 0);
  for (const [index, child] of part.children.entries()) {
    if (index === rootIndex || child.children.length > 0) walk(child, false, displayed, attachments);
    else if (isShown(child) && contentIdOf(child) === null) walk(child, false, displayed, attachments);
    else attachments.push(child);
  }
}

/** The Content-ID without angle brackets, or null. */
export function contentIdOf(part: MimePart): string | null {
  const field = part.fields.find(({ name }) => name === 'content-id');
  if (field === undefined) return null;
  const id = decodeText(field.raw, null).replaceAll(/[\s<>]+/gu, '');
  return id === '' ? null : id;
}

function isShown(part: MimePart): boolean {
  const { value } = part.contentType;
  return (value === 'text/plain' || value === 'text/html') && part.disposition.value !== 'attachment';
}

function isNamed(part: MimePart): boolean {
  return part.disposition.parameters.has('filename') || part.contentType.parameters.has('name');
}

/** A letter without header and body has nothing to attach either. */
function isEmptyRoot(part: MimePart, isRoot: boolean): boolean {
  return isRoot && part.body.length === 0;
}

function display(part: MimePart): Displayed {
  const source = textOfPart(part);
  if (part.contentType.value === 'text/plain') {
    return { part: { kind: 'text', text: source }, blank: source.trim() === '', textNow: () => source };
  }
  return {
    part: { kind: 'html', html: source },
    blank: isBlankHtml(source),
    textNow: () => textOfHtml(source),
  };
}

/** The charset that an HTML document names itself, where its part does not. */
function metaCharset(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 2_048)).toString(
    'latin1',
  );
  const short = /<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)/iu.exec(head)?.[1];
  if (short !== undefined) return short;
  const content = /<meta[^>]+content\s*=\s*["']([^"']+)["']/iu.exec(head)?.[1];
  return content === undefined ? null : (readParameters(content).parameters.get('charset') ?? null);
}
