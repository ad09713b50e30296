/**
 * A stretch of an attachment's name: as it is, or (`isMark`) the code of a character that cannot be seen.
 */
export interface NamePiece {
  /** Where it begins in what is shown. */
  readonly start: number;
  readonly text: string;
  readonly isMark: boolean;
}

const hidden = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/u;
const hiddenAll = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * An attachment's name as it is shown: nothing in it can pretend.
 *
 * Folders before it go. Characters that are not seen, and those that turn the direction of writing (`gpj.exe` behind
 * U+202E reads `exe.jpg`), become marks such as `U+202E`. The pieces joined are never empty.
 */
export function namePieces(name: string): readonly NamePiece[] {
  const base = name.split(/[\\/]/u).findLast((part) => part.replaceAll(hiddenAll, '').trim() !== '') ?? '';
  const pieces: NamePiece[] = [];
  let start = 0;
  for (const character of base.trim()) {
    const isMark = hidden.test(character);
    const text = isMark ? codePoint(character) : character;
    const last = pieces.at(-1);
    if (!isMark && last?.isMark === false) pieces[pieces.length - 1] = { ...last, text: last.text + text };
    else pieces.push({ start, text, isMark });
    start += text.length;
  }
  return pieces.length > 0 ? pieces : [{ start: 0, text: '?', isMark: true }];
}

/** The same in one text, for labels and announcements. */
export function visibleName(name: string): string {
  return namePieces(name)
    .map(({ text, isMark }) => (isMark ? `[${text}]` : text))
    .join('');
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
