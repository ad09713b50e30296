/*
 * Tells apart the single-byte Cyrillic charsets that one mailbox sees: each byte gets the logarithm of how likely its
 * letter is in Russian or Belarusian text, and impossible neighbours cost extra. KOI8-R read as windows-1251 shows as
 * swapped case (пРИВЕТ), cp866 and ISO-8859-5 as box drawing and rare letters.
 */

/** Charsets among which the guess is made; koi8-u holds every letter of koi8-r and the Belarusian ones. */
const cyrillicCharsets = ['windows-1251', 'koi8-u', 'ibm866', 'iso-8859-5', 'x-mac-cyrillic'] as const;
export type CyrillicCharset = (typeof cyrillicCharsets)[number] | 'koi8-r';

/** Letters per 10,000 in Russian text, with the Belarusian letters at a mixed mailbox's rate. */
const frequencies: Readonly<Record<string, number>> = {
  о: 1080,
  е: 840,
  а: 820,
  и: 720,
  н: 670,
  т: 620,
  с: 540,
  р: 470,
  в: 450,
  л: 430,
  к: 345,
  м: 320,
  д: 295,
  п: 280,
  у: 260,
  я: 200,
  ы: 190,
  ь: 174,
  г: 169,
  з: 164,
  б: 159,
  ч: 144,
  й: 121,
  х: 97,
  ж: 94,
  ш: 73,
  ю: 64,
  ц: 48,
  щ: 36,
  э: 32,
  ф: 26,
  ё: 20,
  і: 150,
  ў: 40,
  ъ: 4,
  ї: 2,
  є: 2,
  ґ: 1,
};

const letterClass = { other: 0, lower: 1, upper: 2 } as const;
type LetterClass = (typeof letterClass)[keyof typeof letterClass];

const punctuationCost = -5;
const strangeCost = -9;
const impossibleCost = -14;
/** A capital inside a word, and Cyrillic touching Latin: both are rare in real text and common in a wrong reading. */
const caseBreakCost = -4;
const scriptMixCost = -2;
/** High bytes looked at; a few words decide already. */
const sampleSize = 300;

interface Model {
  readonly scores: Float64Array;
  readonly classes: Uint8Array;
}

const models = new Map<CyrillicCharset, Model>();

/** The log-likelihood of the bytes read as that charset; comparable between charsets for the same bytes. */
export function scoreCyrillic(bytes: Uint8Array, charset: CyrillicCharset): number {
  const { scores, classes } = modelOf(charset);
  let score = 0;
  let seen = 0;
  let previous: LetterClass = letterClass.other;
  let previousLatin = false;
  for (let index = 0; index < bytes.length && seen < sampleSize; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte < 0x80) {
      const latin = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
      if (latin && previous !== letterClass.other) score += scriptMixCost;
      previous = letterClass.other;
      previousLatin = latin;
      continue;
    }
    seen += 1;
    const current = (classes[byte] ?? 0) as LetterClass;
    score += scores[byte] ?? 0;
    if (current === letterClass.upper && previous === letterClass.lower) score += caseBreakCost;
    if (current !== letterClass.other && previousLatin) score += scriptMixCost;
    previous = current;
    previousLatin = false;
  }
  return score;
}

/** The likeliest charset and its score. */
export function likeliestCyrillic(bytes: Uint8Array): {
  readonly charset: CyrillicCharset;
  readonly score: number;
} {
  let best: { charset: CyrillicCharset; score: number } = { charset: 'windows-1251', score: -Infinity };
  for (const charset of cyrillicCharsets) {
    const score = scoreCyrillic(bytes, charset);
    if (score > best.score) best = { charset, score };
  }
  return best;
}

function modelOf(charset: CyrillicCharset): Model {
  const known = models.get(charset);
  if (known !== undefined) return known;
  const decoder = new TextDecoder(charset);
  const scores = new Float64Array(256);
  const classes = new Uint8Array(256);
  for (let byte = 0x80; byte < 256; byte += 1) {
    const char = decoder.decode(Uint8Array.of(byte));
    const lower = char.toLowerCase();
    const frequency = frequencies[lower];
    if (frequency !== undefined) {
      scores[byte] = Math.log(frequency / 10_000);
      classes[byte] = char === lower ? letterClass.lower : letterClass.upper;
    } else if (/[«»№—–…„“”’‘•\u00a0]/u.test(char)) {
      scores[byte] = punctuationCost;
    } else {
      scores[byte] = /[\p{Cc}\ufffd\ue000-\uf8ff]/u.test(char) ? impossibleCost : strangeCost;
    }
  }
  const model = { scores, classes };
  models.set(charset, model);
  return model;
}
