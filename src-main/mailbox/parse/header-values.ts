import { addressLimit, parseAddresses } from '#shared/mail/addresses.ts';
import { decodeWords } from '#shared/mail/encoded-words.ts';
import { allRawValues, firstRawValue, unfoldRawValue, type HeaderField } from '#shared/mail/header-fields.ts';
import type { MailboxAddress } from '#shared/ticket/letter.ts';
import { decodeText } from './decode-text.ts';

/** Longer values are cut: a header of a megabyte is an attack, not a subject. */
const maxValueBytes = 262_144;

/** The first value of that header as text, unfolded, raw 8-bit bytes decoded, encoded words still encoded. */
export function headerText(fields: readonly HeaderField[], name: string): string | null {
  const raw = firstRawValue(fields, name);
  return raw === null ? null : rawToText(raw);
}

/** All values of that header (they may be repeated against the rules), joined by a comma and a space. */
export function joinedHeaderText(fields: readonly HeaderField[], name: string): string {
  return allRawValues(fields, name).map(rawToText).join(', ');
}

/** The first value of that header with its encoded words decoded, or an empty string. */
export function decodedHeader(fields: readonly HeaderField[], name: string): string {
  const text = headerText(fields, name);
  return text === null ? '' : decodeWords(text, decodeText);
}

/** The addresses of all headers of that name. */
export function headerAddresses(fields: readonly HeaderField[], name: string): MailboxAddress[] {
  return parseAddresses(joinedHeaderText(fields, name), decodeText).slice(0, addressLimit);
}

function rawToText(raw: Uint8Array): string {
  return decodeText(unfoldRawValue(raw.subarray(0, maxValueBytes)), null);
}
