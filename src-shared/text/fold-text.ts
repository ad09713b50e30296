/**
 * Text as it is compared: lower case, without accents, punctuation as single spaces.
 *
 * Decomposing takes the accents off ё, й and ў, so that each finds the letter under it; the Belarusian i becomes и, so that a
 * word is found whichever of the two languages it was typed in.
 */
export function foldText(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('і', 'и')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
