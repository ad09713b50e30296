import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { likeliestCyrillic, scoreCyrillic, type CyrillicCharset } from './cyrillic-charset.ts';

/** Names that mailers use and the Encoding Standard does not know. */
const aliases: Readonly<Record<string, string>> = {
  cp1251: 'windows-1251',
  win1251: 'windows-1251',
  'win-1251': 'windows-1251',
  'windows-cp1251': 'windows-1251',
  'x-cp1251': 'windows-1251',
  'ms-cyrl': 'windows-1251',
  koi8r: 'koi8-r',
  'koi8-ru': 'koi8-u',
  koi8u: 'koi8-u',
  'cp-866': 'ibm866',
  'x-cp866': 'ibm866',
  'dos-866': 'ibm866',
  'utf-8-mac': 'utf-8',
  utf8mb4: 'utf-8',
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
};
/** Declared by programs that know no better, whatever the bytes are. */
const emptyPromises = new Set([
  '',
  'windows-1252',
  'iso-8859-15',
  'x-user-defined',
  'replacement',
  'x-mac-roman',
  'macintosh',
]);
const cyrillic = new Set<string>([
  'windows-1251',
  'koi8-r',
  'koi8-u',
  'ibm866',
  'iso-8859-5',
  'x-mac-cyrillic',
]);

/** How much likelier another Cyrillic charset must be than the declared one; e to this power. */
const declaredAdvantage = 6;

const decoders = new Map<string, InstanceType<typeof TextDecoder> | null>();
const ascii = 'us-ascii';

/** Turns a part's or a header value's bytes into text, whatever charset was declared. Never throws. */
export function decodeText(bytes: Uint8Array, declared: string | null): string {
  const charset = decideCharset(bytes, declared);
  return charset === ascii ? latin1(bytes) : (decoderFor(charset)?.decode(bytes) ?? latin1(bytes));
}

/**
 * The charset that bytes are really in, by what was declared and by themselves.
 *
 * In order: a declared charset that ASCII bytes can carry (UTF-16, ISO-2022); pure ASCII; valid UTF-8; UTF-8 with a
 * few damaged places; a declared Cyrillic charset unless another one is far likelier; any other specific declaration;
 * else (none, us-ascii, Latin 1) the likeliest Cyrillic charset if the high bytes stand in words of their own, and
 * windows-1252 if they are single accents inside Latin words.
 */
export function decideCharset(bytes: Uint8Array, declared: string | null): string {
  const charset = canonicalCharset(declared);
  if (charset.startsWith('utf-16') || charset.startsWith('iso-2022')) return charset;
  if (isAscii(bytes)) return ascii;
  if (isUtf8(bytes) || isDamagedUtf8(bytes)) return 'utf-8';
  if (charset === 'utf-8' || emptyPromises.has(charset)) {
    return looksWestern(bytes) ? 'windows-1252' : likeliestCyrillic(bytes).charset;
  }
  if (!cyrillic.has(charset)) return charset;
  const likeliest = likeliestCyrillic(bytes);
  const declaredScore = scoreCyrillic(bytes, charset as CyrillicCharset) + declaredAdvantage;
  return likeliest.score > declaredScore ? likeliest.charset : charset;
}

/** The Encoding Standard's name of a declared charset in lower case; empty where it is none that we know. */
function canonicalCharset(declared: string | null): string {
  if (declared === null) return '';
  const name = declared
    .trim()
    .toLowerCase()
    .replaceAll(/^["']+|["';]+$/gu, '');
  return decoderFor(aliases[name] ?? name)?.encoding ?? '';
}

/** Whether high bytes are mostly single ones beside Latin letters (`Müller`), as no Cyrillic text has them. */
function looksWestern(bytes: Uint8Array): boolean {
  let high = 0;
  let pairs = 0;
  let besideLatin = 0;
  for (let index = 0; index < bytes.length && index < 8_192; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte < 0x80) continue;
    high += 1;
    const previous = bytes[index - 1] ?? 0;
    if (previous >= 0x80) pairs += 1;
    if (isLatin(previous) || isLatin(bytes[index + 1] ?? 0)) besideLatin += 1;
  }
  return besideLatin > 0 && pairs * 2 < high;
}

function isLatin(byte: number): boolean {
  const lower = byte | 0x20;
  return byte < 0x80 && lower >= 0x61 && lower <= 0x7a;
}

/** Whether the bytes are UTF-8 but for a few places: a header cut inside a character, one stray byte in a long text. */
function isDamagedUtf8(bytes: Uint8Array): boolean {
  let valid = 0;
  let broken = 0;
  for (let index = 0; index < bytes.length && valid + broken < 300; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte < 0x80) continue;
    const trailing =
      byte >= 0xf0 && byte < 0xf5 ? 3 : byte >= 0xe0 && byte < 0xf0 ? 2 : byte >= 0xc2 && byte < 0xe0 ? 1 : 0;
    let found = 0;
    while (found < trailing && ((bytes[index + found + 1] ?? 0) & 0xc0) === 0x80) found += 1;
    if (trailing > 0 && found === trailing) {
      valid += 1;
      index += trailing;
    } else {
      broken += 1;
    }
  }
  return valid > broken * 6;
}

function decoderFor(charset: string): InstanceType<typeof TextDecoder> | null {
  const known = decoders.get(charset);
  if (known !== undefined) return known;
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  try {
    decoder = new TextDecoder(charset);
  } catch {
    decoder = null;
  }
  // Labels come from letters; without a bound a hostile mailbox would fill the map.
  if (decoders.size < 500) decoders.set(charset, decoder);
  return decoder;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
