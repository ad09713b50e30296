import { isAscii } from 'node:buffer';
import { parseAddresses } from '#shared/mail/addresses.ts';
import { decodeWords } from '#shared/mail/encoded-words.ts';
import { allRawValues, firstRawValue, unfoldRawValue, type HeaderField } from '#shared/mail/header-fields.ts';
import type { MailboxAddress } from '#shared/ticket/letter.ts';
import { decideCharset, decodeText } from './decode-text.ts';
import { readParameters } from './parameters.ts';
import { remembered } from './remembered.ts';

/** Longer values are cut: a header of a megabyte is an attack, not a subject. */
const maxValueBytes = 262_144;

/** Headers in which people's words stand, and raw 8-bit bytes with them. */
const wordyHeaders = new Set(['from', 'to', 'cc', 'reply-to', 'sender', 'subject']);

const readAddresses = remembered((text) => parseAddresses(text, decodeText));

/** The header values of one letter or part as text; raw 8-bit bytes are read in one charset for all of them. */
export class HeaderValues {
  readonly #fields: readonly HeaderField[];
  readonly #charset: string | null;
  /** What was asked for already: classification comes back to the same few again and again. */
  readonly #first = new Map<string, string | null>();

  constructor(fields: readonly HeaderField[]) {
    this.#fields = fields;
    this.#charset = rawCharset(fields);
  }

  /** The first value of that header, unfolded; encoded words stay encoded. Null where there is no such header. */
  first(name: string): string | null {
    const known = this.#first.get(name);
    if (known !== undefined) return known;
    const raw = firstRawValue(this.#fields, name);
    const text = raw === null ? null : rawToText(raw, this.#charset);
    this.#first.set(name, text);
    return text;
  }

  /** All values of that header (they may be repeated against the rules), joined by a comma and a space. */
  joined(name: string): string {
    return allRawValues(this.#fields, name)
      .map((raw) => rawToText(raw, this.#charset))
      .join(', ');
  }

  /** The first value of that header with its encoded words decoded, or an empty string. */
  decoded(name: string): string {
    const text = this.first(name);
    return text === null ? '' : decodeWords(text, decodeText);
  }

  /** The addresses of all headers of that name. */
  addresses(name: string): readonly MailboxAddress[] {
    return readAddresses(this.joined(name));
  }
}

/** The first value of that header as text, read by itself. */
export function headerText(fields: readonly HeaderField[], name: string): string | null {
  const raw = firstRawValue(fields, name);
  return raw === null ? null : rawToText(raw, null);
}

/**
 * The charset of raw 8-bit header values: a name of four letters alone is too short to tell, all of them together and
 * the charset that the letter declares for its body are enough.
 */
function rawCharset(fields: readonly HeaderField[]): string | null {
  const raw = fields
    .filter((field) => wordyHeaders.has(field.name) && !isAscii(field.raw))
    .map((field) => field.raw);
  if (raw.length === 0) return null;
  const declared = readParameters(headerText(fields, 'content-type') ?? '').parameters.get('charset');
  return decideCharset(Buffer.concat(raw), declared ?? null);
}

function rawToText(raw: Uint8Array, charset: string | null): string {
  const value = raw.length > maxValueBytes ? raw.subarray(0, maxValueBytes) : raw;
  return decodeText(unfoldRawValue(value), charset);
}
