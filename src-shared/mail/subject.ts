/*
 * Subjects: the ticket's token at the end, reply and forward prefixes at the start.
 */

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Letters that Crockford's base32 reads as digits, since people retype tokens. */
const lookalikes: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' };
const tokenPattern = /\[\s*STP-([0-9A-Z]{8})\s*\]/giu;

/** Random bytes that one token takes. */
export const tokenByteLength = 5;

/**
 * Makes the eight token digits of forty random bits (Crockford base32).
 *
 * Throws on a wrong number of bytes: a shorter token would be guessable.
 */
export function formatToken(random: Uint8Array): string {
  if (random.length !== tokenByteLength) throw new RangeError(`a token takes ${tokenByteLength} bytes`);
  let bits = 0n;
  for (const byte of random) bits = (bits << 8n) | BigInt(byte);
  let token = '';
  for (let shift = 35n; shift >= 0n; shift -= 5n) token += crockford[Number((bits >> shift) & 31n)] ?? '';
  return token;
}

/**
 * The token of a subject, eight digits in canonical form, or null.
 *
 * Our letters carry it at the end, but mailers and people append words, so the last one anywhere counts. A token only
 * proposes a ticket: the sender must be a participant of it.
 */
export function findToken(subject: string): string | null {
  let last: string | null = null;
  for (const match of subject.matchAll(tokenPattern)) last = canonicalToken(match[1] ?? '') ?? last;
  return last;
}

/** The subject with exactly this token at its end; other tokens go. */
export function appendToken(subject: string, token: string): string {
  const bare = subject
    .replaceAll(tokenPattern, ' ')
    .replaceAll(/\s{2,}/gu, ' ')
    .trim();
  return bare === '' ? `[STP-${token}]` : `${bare} [STP-${token}]`;
}

function canonicalToken(text: string): string | null {
  const token = text.toUpperCase().replaceAll(/[OIL]/gu, (char) => lookalikes[char] ?? char);
  return Array.from(token).every((char) => crockford.includes(char)) ? token : null;
}

/**
 * Prefixes that mail programs put before a subject: English, Russian and Belarusian ones, and those of neighbours'
 * programs that reach the mailbox. «НА» is what Outlook made of "RE" on a Russian keyboard, "HA" the same in Latin.
 */
const replyWords = [
  're',
  'aw',
  'sv',
  'odp',
  'отв',
  'ответ',
  'на',
  'ha',
  'hа',
  'нa',
  'адк',
  'адказ',
  'вiдп',
  'відп',
];
const forwardWords = [
  'fwd',
  'fw',
  'wg',
  'tr',
  'пд',
  'пер',
  'пересл',
  'переслать',
  'переслано',
  'пересылка',
  'перенаправлено',
  'переадр',
  'перас',
  'перасл',
  'пераслаць',
  'пераслана',
  'перасылка',
];
/** «Re[2]», «RE^3», «Re(4)», «Re*5», «Отв.», «Re 2». */
const counter = String.raw`\.?\s{0,2}(?:\[\d{1,3}\]|\(\d{1,3}\)|[\^*]\d{1,3}|\d{1,3})?`;
/** The longest word, its counter and its colon. */
const maxPrefixLength = 32;
const prefixPattern = prefixOf([...replyWords, ...forwardWords]);
const forwardPattern = prefixOf(forwardWords);

/**
 * The subject without reply and forward prefixes, however often they are repeated or numbered: `Re[2]: FW: Отв: x`
 * is `x`, and so is `[Fwd: x]`. A word without colon is part of the subject. What is left has no prefix any more.
 */
export function stripPrefixes(subject: string): string {
  let start = 0;
  let rest = subject.trim();
  for (;;) {
    const match = prefixPattern.exec(rest.slice(start, start + maxPrefixLength));
    if (match === null) {
      const inner = unwrapped(rest.slice(start));
      if (inner === null) return rest.slice(start);
      rest = inner;
      start = 0;
    } else {
      start += match[0].length;
      while (start < rest.length && /\s/u.test(rest[start] ?? '')) start += 1;
    }
  }
}

/** Whether the outermost prefix says that the letter was forwarded. */
export function isForwardedSubject(subject: string): boolean {
  return forwardPattern.test(subject.trim().replace(/^\[/u, ''));
}

/** What stands in the brackets that old programs put round a forwarded subject, or null. */
function unwrapped(subject: string): string | null {
  if (!subject.startsWith('[') || !subject.endsWith(']')) return null;
  const inner = subject.slice(1, -1);
  if (!forwardPattern.test(inner)) return null;
  const bare = inner.replace(/^[^:]{0,20}:/u, '').replaceAll(tokenPattern, '');
  return /[[\]]/u.test(bare) ? null : inner.trim();
}

function prefixOf(words: readonly string[]): RegExp {
  const longestFirst = words.toSorted((a, b) => b.length - a.length);
  return new RegExp(`^(?:${longestFirst.join('|')})${counter}\\s{0,2}[:：]`, 'iu');
}
