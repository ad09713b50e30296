const shownCharacters = 200_000;

/** The text of a file, or null where it is none. */
export interface TextFile {
  readonly text: string;
  /** True when there is more than is shown. */
  readonly cut: boolean;
}

/**
 * Reads a text file of unknown encoding: by its mark, else UTF-8, else windows-1251, which client's programs still write.
 *
 * Null for a file with bytes that no text has (NUL without a UTF-16 mark).
 */
export function decodeTextFile(bytes: Uint8Array): TextFile | null {
  const text = decode(bytes);
  if (text === null) return null;
  return { text: text.slice(0, shownCharacters), cut: text.length > shownCharacters };
}

function decode(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1251').decode(bytes);
  }
}
