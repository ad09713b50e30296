/**
 * Undoes a Content-Transfer-Encoding (RFC 2045 §6). Unknown encodings and identity ones give the bytes as they are,
 * without a copy; damaged input gives what can be read. Never throws.
 */
export function decodeBody(body: Uint8Array, encoding: string): Uint8Array {
  switch (encoding) {
    case 'base64':
      return decodeBase64(body);
    case 'quoted-printable':
      return decodeQuotedPrintable(body);
    default:
      return body;
  }
}

const equals = 0x3d;

function decodeBase64(body: Uint8Array): Uint8Array {
  const view = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const padding = view.indexOf(equals);
  if (padding === -1 || isOnlyPadding(view, padding)) return Buffer.from(view.toString('latin1'), 'base64');
  // Some gateways join blocks that were padded one by one; decoding stops at the first padding, so go block by block.
  const blocks = view.toString('latin1').split(/=+/u);
  return Buffer.concat(blocks.map((block) => Buffer.from(block, 'base64')));
}

function isOnlyPadding(bytes: Uint8Array, from: number): boolean {
  for (let index = from; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte !== equals && byte > 0x20) return false;
  }
  return true;
}

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;

/** Quoted-printable; white space at line ends, which transport may have added, goes (RFC 2045 §6.7 rule 3). */
function decodeQuotedPrintable(body: Uint8Array): Uint8Array {
  if (!body.includes(equals)) return body;
  const out = new Uint8Array(body.length);
  let length = 0;
  let index = 0;
  while (index < body.length) {
    const byte = body[index] ?? 0;
    if (byte === equals) {
      const high = hexValue(body[index + 1]);
      const low = hexValue(body[index + 2]);
      if (high >= 0 && low >= 0) {
        out[length] = (high << 4) | low;
        length += 1;
        index += 3;
        continue;
      }
      const next = afterSoftBreak(body, index + 1);
      if (next !== null) {
        index = next;
        continue;
      }
    } else if (byte === LF || byte === CR) {
      while (
        length > 0 &&
        (out[length - 1] === SPACE || out[length - 1] === TAB) &&
        isLiteralSpace(body, index)
      )
        length -= 1;
    }
    out[length] = byte;
    length += 1;
    index += 1;
  }
  return out.subarray(0, length);
}

/** Whether the byte before a line end is a literal space; `=20` at a line's end is meant. */
function isLiteralSpace(body: Uint8Array, lineEnd: number): boolean {
  const byte = body[lineEnd - 1];
  return byte === SPACE || byte === TAB;
}

/** Where the text goes on after `=` and a line end, or null where there is none. */
function afterSoftBreak(body: Uint8Array, from: number): number | null {
  let index = from;
  while (body[index] === SPACE || body[index] === TAB) index += 1;
  if (index >= body.length) return index;
  if (body[index] === CR && body[index + 1] === LF) return index + 2;
  return body[index] === LF || body[index] === CR ? index + 1 : null;
}

function hexValue(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
