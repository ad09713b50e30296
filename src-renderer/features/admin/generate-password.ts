/** Letters and digits that nobody confuses when a password is read out. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
const groups = 4;
const groupLength = 4;

/**
 * A password to be handed over once: four groups of four, 79 bits.
 *
 * `randomBytes` must come from a cryptographic source; bytes that would favour some letters are thrown away.
 */
export function generatePassword(randomBytes: (count: number) => Uint8Array): string {
  const fair = 256 - (256 % alphabet.length);
  let letters = '';
  while (letters.length < groups * groupLength) {
    for (const byte of randomBytes(groups * groupLength)) {
      if (byte < fair && letters.length < groups * groupLength)
        letters += alphabet[byte % alphabet.length] ?? '';
    }
  }
  return Array.from({ length: groups }, (_, at) =>
    letters.slice(at * groupLength, (at + 1) * groupLength),
  ).join('-');
}
