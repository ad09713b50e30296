/** Turns bytes into text; `charset` is what the sender declared, null where nothing was. Never throws. */
export type DecodeBytes = (bytes: Uint8Array, charset: string | null) => string;

interface EncodedWord {
  readonly charset: string;
  readonly bytes: Uint8Array;
}

const encodedWord = /=\?([^?\s]{1,60})\?([qb])\?([^?]*)\?=/giu;
/** General category Cc, spelt out: the property's name takes much longer to match. */
// oxlint-disable-next-line no-control-regex
const controls = /[\0-\x1f\x7f-\x9f]+/gu;
const onlyWhiteSpace = /^[ \t\r\n]*$/u;

/**
 * Decodes the encoded words of a header value (RFC 2047); everything else stays as it is.
 *
 * White space between two encoded words goes (§6.2). The bytes of neighbours in one charset are joined before they
 * are decoded, because real mailers split a multibyte character between two words although §5 forbids it. A language
 * tag (RFC 2231 §5) is ignored. The result holds no control characters.
 */
export function decodeWords(value: string, decode: DecodeBytes): string {
  if (!value.includes('=?')) return withoutControls(value);
  let out = '';
  let pending: EncodedWord | null = null;
  let position = 0;
  for (const match of value.matchAll(encodedWord)) {
    const between = value.slice(position, match.index);
    const word = readWord(match[1] ?? '', match[2] ?? '', match[3] ?? '');
    position = match.index + match[0].length;
    if (pending !== null && onlyWhiteSpace.test(between)) {
      if (pending.charset === word.charset) {
        pending = { charset: word.charset, bytes: concat(pending.bytes, word.bytes) };
        continue;
      }
      out += decode(pending.bytes, pending.charset);
    } else {
      if (pending !== null) out += decode(pending.bytes, pending.charset);
      out += between;
    }
    pending = word;
  }
  if (pending !== null) out += decode(pending.bytes, pending.charset);
  return withoutControls(out + value.slice(position));
}

/** Replaces control characters, which no header means and which storage may refuse, by spaces. */
export function withoutControls(value: string): string {
  return value.replaceAll(controls, ' ').trim();
}

function readWord(charsetWithLanguage: string, encoding: string, text: string): EncodedWord {
  const charset = (charsetWithLanguage.split('*', 1)[0] ?? '').toLowerCase();
  return { charset, bytes: encoding.toLowerCase() === 'q' ? decodeQ(text) : decodeBase64(text) };
}

/** The Q encoding of RFC 2047 §4.2. */
function decodeQ(text: string): Uint8Array {
  const bytes: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const hex = code === 0x3d ? text.slice(index + 1, index + 3) : '';
    if (/^[0-9a-f]{2}$/iu.test(hex)) {
      bytes.push(Number.parseInt(hex, 16));
      index += 2;
    } else if (code === 0x5f) {
      bytes.push(0x20);
    } else {
      pushUtf8(bytes, text, index);
    }
  }
  return Uint8Array.from(bytes);
}

/** Text that stands unencoded inside an encoded word is against the rule; ASCII stays, the rest goes as UTF-8. */
function pushUtf8(bytes: number[], text: string, index: number): void {
  const code = text.charCodeAt(index);
  if (code < 0x80) {
    bytes.push(code);
  } else if (code < 0x8_00) {
    bytes.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
  } else {
    bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
  }
}

const base64Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const notBase64 = 64;
/** The value of each ASCII character. */
const base64Values = new Uint8Array(128).fill(notBase64);
for (let value = 0; value < base64Alphabet.length; value += 1) {
  base64Values[base64Alphabet.charCodeAt(value)] = value;
}

/** Base64 that skips whatever is not of its alphabet (RFC 2045 §6.8). */
function decodeBase64(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
  let length = 0;
  let bits = 0;
  let held = 0;
  for (let index = 0; index < text.length; index += 1) {
    const value = base64Values[text.charCodeAt(index)] ?? notBase64;
    if (value === notBase64) continue;
    held = ((held << 6) | value) & 0xff_ff_ff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[length] = (held >> bits) & 0xff;
      length += 1;
    }
  }
  return bytes.subarray(0, length);
}

function concat(left: Uint8Array, right: Uint8Array): Uint8Array {
  const joined = new Uint8Array(left.length + right.length);
  joined.set(left);
  joined.set(right, left.length);
  return joined;
}
