import type { MailboxAddress } from '../ticket/letter.ts';
import { domainToAscii, domainToUnicode } from '../text/idn.ts';
import { decodeWords, withoutControls, type DecodeBytes } from './encoded-words.ts';

/** Lists are cut here; a letter to more people is no letter of a client (wire schemas hold the same number). */
const addressLimit = 1_000;
const maxAddressLength = 320;

const wholeEncodedWord = /=\?[^?\s]{1,60}\?[qb]\?[^?]*\?=/iuy;
const wordEnd = /[\s,;:<>()"]/gu;

type Token =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'angle'; readonly text: string }
  | { readonly kind: 'comment'; readonly text: string };

/**
 * Reads an address list (RFC 5322 §3.4 with obsolete forms). Groups are flattened, routes dropped, comments serve as
 * names where there is no other (`ivan@x.by (Иван)`). Never throws; what is no address keeps its text as name with an
 * empty address, so that nobody disappears.
 *
 * Encoded words are decoded after the list is taken apart: an encoded comma or bracket is text, never structure.
 */
export function parseAddresses(value: string, decode: DecodeBytes): MailboxAddress[] {
  const found: MailboxAddress[] = [];
  let tokens: Token[] = [];
  const flush = (): void => {
    if (found.length < addressLimit) {
      const address = toAddress(tokens, decode);
      if (address !== null) found.push(address);
    }
    tokens = [];
  };
  let position = 0;
  while (position < value.length && found.length < addressLimit) {
    const char = value[position] ?? '';
    if (char === ',' || char === ';') {
      flush();
      position += 1;
    } else if (char === ':') {
      // A group's name ends here. Without an address before it, what stands there is only a label.
      tokens = tokens.some((token) => token.kind === 'text' && token.text.includes('@')) ? tokens : [];
      position += 1;
    } else {
      const [token, next] = readToken(value, position);
      if (token !== null) tokens.push(token);
      position = next;
    }
  }
  flush();
  return found;
}

/**
 * An address in the form under which it is stored and compared: domain in lower-case ASCII, local part in lower case.
 *
 * RFC 5321 §2.4 lets a host tell local parts apart by case; no host that clients use does, and two tickets for
 * `Info@` and `info@` would be worse. Text without a usable domain comes back trimmed and lower-cased; never throws.
 */
export function normaliseAddress(address: string): string {
  const text = withoutControls(address)
    .replaceAll(/\s+/gu, '')
    .replace(/^mailto:/iu, '')
    .slice(0, maxAddressLength);
  const at = text.lastIndexOf('@');
  if (at <= 0) return text.toLowerCase();
  const local = text.slice(0, at).normalize('NFC').toLowerCase();
  const plainLocal = /^"[^"\\\s@]+"$/u.test(local) ? local.slice(1, -1) : local;
  const domain = text.slice(at + 1);
  return `${plainLocal}@${domainToAscii(domain) ?? domain.toLowerCase()}`;
}

/** The address as people read it: an internationalised domain in its own script. */
export function displayAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return at === -1 ? address : `${address.slice(0, at)}@${domainToUnicode(address.slice(at + 1))}`;
}

function readToken(value: string, start: number): [Token | null, number] {
  const char = value[start] ?? '';
  if (/\s/u.test(char)) return [null, start + 1];
  if (char === '"') {
    const end = closingQuote(value, start + 1);
    const text = value.slice(start + 1, end).replaceAll(/\\(.)/gu, '$1');
    // "odd local"@host is one word, not a name beside an address.
    const domain = /^"@[^\s,;<>()]+/u.exec(value.slice(end));
    if (domain !== null) {
      return [
        { kind: 'text', text: `"${text}"${domain[0].slice(1)}`, quoted: false },
        end + domain[0].length,
      ];
    }
    return [{ kind: 'text', text, quoted: true }, end + 1];
  }
  if (char === '<') {
    const close = value.indexOf('>', start);
    const next = close === -1 ? nextComma(value, start) : close;
    return [{ kind: 'angle', text: value.slice(start + 1, next) }, close === -1 ? next : next + 1];
  }
  if (char === '(') {
    const end = closingParenthesis(value, start);
    return [{ kind: 'comment', text: value.slice(start + 1, end) }, end + 1];
  }
  // Mailers leave commas and brackets bare inside encoded words; the word is one token whatever it holds.
  wholeEncodedWord.lastIndex = start;
  const encoded = char === '=' ? wholeEncodedWord.exec(value) : null;
  if (encoded !== null) return [{ kind: 'text', text: encoded[0], quoted: false }, start + encoded[0].length];
  wordEnd.lastIndex = start + 1;
  const end = wordEnd.exec(value)?.index ?? value.length;
  return [{ kind: 'text', text: value.slice(start, end), quoted: false }, end];
}

function toAddress(tokens: readonly Token[], decode: DecodeBytes): MailboxAddress | null {
  if (tokens.length === 0) return null;
  const angle = tokens.findLast((token) => token.kind === 'angle' && token.text.includes('@'));
  const bare =
    angle === undefined
      ? tokens.find((token) => token.kind === 'text' && !token.quoted && /[^@]@[^@]/u.test(token.text))
      : undefined;
  // '<a@b>' in quotes as whole list entry happens: "ivan@x.by" alone is an address too.
  const quoted =
    angle === undefined && bare === undefined
      ? tokens.find((token) => token.kind === 'text' && /^[^\s@]+@[^\s@]+$/u.test(token.text))
      : undefined;
  const address = angle ?? bare ?? quoted;
  const words = tokens
    .filter((token) => token !== address && token.kind === 'text')
    .map((token) => token.text);
  const comments = tokens.filter((token) => token.kind === 'comment').map((token) => token.text);
  const brackets = tokens
    .filter((token) => token.kind === 'angle' && token !== address)
    .map((token) => token.text);
  const named = words.length > 0 ? words : comments;
  const name = decodeWords([...named, ...brackets].join(' '), decode)
    .replaceAll(/^['"]+|['"]+$/gu, '')
    .slice(0, 500)
    .trim();
  if (address === undefined) return name === '' ? null : { name, address: '' };
  return { name, address: normaliseAddress(withoutRoute(decodeWords(address.text, decode))) };
}

/** Drops a source route, `<@relay:user@host>` (RFC 5322 §4.4). */
function withoutRoute(text: string): string {
  return text.startsWith('@') && text.includes(':') ? text.slice(text.indexOf(':') + 1) : text;
}

function closingQuote(value: string, start: number): number {
  let index = start;
  while (index < value.length && value[index] !== '"') index += value[index] === '\\' ? 2 : 1;
  return Math.min(index, value.length);
}

function closingParenthesis(value: string, start: number): number {
  let depth = 0;
  for (let index = start; index < value.length; index += 1) {
    const char = value[index];
    if (char === '\\') index += 1;
    else if (char === '(') depth += 1;
    else if (char === ')') {
      depth -= 1;
      if (depth === 0) return index;
    }
  }
  return value.length;
}

function nextComma(value: string, start: number): number {
  const comma = value.indexOf(',', start);
  return comma === -1 ? value.length : comma;
}
