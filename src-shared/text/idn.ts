/*
 * Internationalised domain names: Punycode (RFC 3492) and the mapping that matters in practice (lower case, NFKC).
 * Node's `url` is not available here, and a renderer's URL parser rejects whole addresses that only display badly.
 */

const base = 36;
const tMin = 1;
const tMax = 26;
const skew = 38;
const damp = 700;
const initialBias = 72;
const initialN = 128;
const acePrefix = 'xn--';

/** The domain in lower-case ASCII (A-labels), or null where it cannot be one. `Справка.Бел` is `xn--80aaf6awgf.xn--90ais`. */
export function domainToAscii(domain: string): string | null {
  const labels = domain
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[。．｡]/gu, '.')
    .replace(/\.$/u, '')
    .split('.');
  const ascii: string[] = [];
  for (const label of labels) {
    if (label === '' || /[\s\p{Cc}@<>()[\],;:"\\]/u.test(label)) return null;
    const encoded = isAscii(label) ? label : `${acePrefix}${encodePunycode(label)}`;
    if (encoded.length > 63) return null;
    ascii.push(encoded);
  }
  const joined = ascii.join('.');
  return joined.length <= 253 ? joined : null;
}

/**
 * The domain as people read it. A label that can look exactly like another one stays ASCII (UTS 39): one that mixes
 * Latin with Cyrillic or Greek, and one whose Cyrillic letters all pass for Latin ones, such as `аррӏе` in `аррӏе.com`.
 * Below a Cyrillic top-level domain the latter is what people expect, and stays readable: `кот.бел`.
 */
export function domainToUnicode(domain: string): string {
  const labels = domain.split('.');
  const named = labels.filter((label) => label !== '');
  const expectsCyrillic = named.length > 1 && /\p{Script=Cyrillic}/u.test(decodeLabel(named.at(-1) ?? ''));
  return labels
    .map((label) => {
      const decoded = decodeLabel(label);
      const misleads = mixesScripts(decoded) || (!expectsCyrillic && passesForLatin(decoded));
      return misleads ? label : decoded;
    })
    .join('.');
}

/** A label that is no A-label comes back as it is. */
function decodeLabel(label: string): string {
  if (!label.toLowerCase().startsWith(acePrefix)) return label;
  return decodePunycode(label.slice(acePrefix.length).toLowerCase()) ?? label;
}

function mixesScripts(label: string): boolean {
  const scripts = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u].filter((script) =>
    script.test(label),
  );
  return scripts.length > 1 || /[^\p{L}\p{M}\p{N}-]/u.test(label);
}

/**
 * Whether a label is Cyrillic and no letter in it tells it from a Latin one. The letters are those that pass for Latin
 * in one common typeface or another, small capitals (в, к, м, н, т) included: UTS 39's confusables, and what browsers
 * keep as Punycode.
 */
function passesForLatin(label: string): boolean {
  return /\p{Script=Cyrillic}/u.test(label) && /^[авгекмнопрстухъьіјѕһӏѡѵүҽԁԗԛԝ\p{N}-]+$/u.test(label);
}

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/u.test(text);
}

/** Punycode of one label, RFC 3492 §6.3. */
function encodePunycode(label: string): string {
  const points = Array.from(label, (char) => char.codePointAt(0) ?? 0);
  const basic = points.filter((point) => point < initialN);
  let out = String.fromCodePoint(...basic);
  let handled = basic.length;
  if (handled > 0) out += '-';
  let n = initialN;
  let delta = 0;
  let bias = initialBias;
  while (handled < points.length) {
    let next = Number.MAX_SAFE_INTEGER;
    for (const point of points) if (point >= n && point < next) next = point;
    delta += (next - n) * (handled + 1);
    n = next;
    for (const point of points) {
      if (point < n) delta += 1;
      if (point !== n) continue;
      out += encodeVariableInteger(delta, bias);
      bias = adapt(delta, handled + 1, handled === basic.length);
      delta = 0;
      handled += 1;
    }
    delta += 1;
    n += 1;
  }
  return out;
}

function encodeVariableInteger(value: number, bias: number): string {
  let out = '';
  let rest = value;
  for (let k = base; ; k += base) {
    const t = threshold(k, bias);
    if (rest < t) return out + toDigit(rest);
    out += toDigit(t + ((rest - t) % (base - t)));
    rest = Math.floor((rest - t) / (base - t));
  }
}

/** RFC 3492 §6.2; null where the input is no Punycode. */
function decodePunycode(input: string): string | null {
  const delimiter = input.lastIndexOf('-');
  const points: number[] = [];
  for (const char of delimiter > 0 ? input.slice(0, delimiter) : '') {
    const code = char.charCodeAt(0);
    if (code >= initialN) return null;
    points.push(code);
  }
  let n = initialN;
  let i = 0;
  let bias = initialBias;
  let position = delimiter > 0 ? delimiter + 1 : 0;
  while (position < input.length) {
    const before = i;
    let weight = 1;
    for (let k = base; ; k += base) {
      const digit = fromDigit(input.charCodeAt(position));
      position += 1;
      if (digit === null) return null;
      i += digit * weight;
      if (i > 0x7f_ff_ff_ff) return null;
      const t = threshold(k, bias);
      if (digit < t) break;
      weight *= base - t;
    }
    bias = adapt(i - before, points.length + 1, before === 0);
    n += Math.floor(i / (points.length + 1));
    i %= points.length + 1;
    if (n > 0x10_ff_ff || (n >= 0xd8_00 && n <= 0xdf_ff)) return null;
    points.splice(i, 0, n);
    i += 1;
  }
  return String.fromCodePoint(...points);
}

function threshold(k: number, bias: number): number {
  return Math.min(Math.max(k - bias, tMin), tMax);
}

function adapt(delta: number, count: number, first: boolean): number {
  let rest = first ? Math.floor(delta / damp) : Math.floor(delta / 2);
  rest += Math.floor(rest / count);
  let k = 0;
  while (rest > ((base - tMin) * tMax) / 2) {
    rest = Math.floor(rest / (base - tMin));
    k += base;
  }
  return k + Math.floor(((base - tMin + 1) * rest) / (rest + skew));
}

function toDigit(value: number): string {
  return String.fromCharCode(value < 26 ? value + 0x61 : value - 26 + 0x30);
}

function fromDigit(code: number): number | null {
  if (code >= 0x61 && code <= 0x7a) return code - 0x61;
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 26;
  return null;
}
