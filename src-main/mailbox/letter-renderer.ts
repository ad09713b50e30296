import type { ServerFacts } from '#shared/mail/identity.ts';
import type { LetterContent } from '#shared/mail/letter-content.ts';
import type { LetterLocation } from '#shared/ticket/letter.ts';
import { frameLine, letterLines, type ReadLetter, type RenderedLetter } from './frame-lines.ts';
import type { FetchedLetter } from './imap-fetch.ts';
import { largeLetterContent, type LargeLetter } from './large-letter.ts';
import type { ParsePool } from './parse/parse-pool.ts';

/** A letter and the place where it was found. */
export interface LocatedSource {
  readonly letter: FetchedLetter;
  readonly location: LetterLocation;
}

/** The parser's threads do not work; nothing is known of the letters. */
export class ParserUnavailable extends Error {
  constructor() {
    super('The parser is not available.');
    this.name = 'ParserUnavailable';
  }
}

/** Makes lines of letters in the parser's threads. */
export class LetterRenderer {
  readonly #pool: ParsePool<ReadLetter>;

  constructor(pool: ParsePool<ReadLetter>) {
    this.#pool = pool;
  }

  /**
   * The lines of these letters of one folder, newest first; a letter on which the parser dies becomes `unreadable`.
   *
   * @throws ParserUnavailable
   */
  async lines(letters: readonly LocatedSource[]): Promise<Uint8Array<ArrayBuffer>> {
    const rendered = letters.map(async ({ letter, location }): Promise<RenderedLetter> => ({
      location,
      read: await this.#read(letter),
    }));
    return letterLines(await Promise.all(rendered));
  }

  /** What the letter says; null where it cannot be read. */
  async content(letter: FetchedLetter): Promise<LetterContent | null> {
    const read = await this.#read(letter);
    return read === null ? null : (JSON.parse(new TextDecoder().decode(read.json)) as LetterContent);
  }

  /** The line of a letter over the size limit; with its texts it counts as complete. */
  async largeLine(
    location: LetterLocation,
    letter: LargeLetter,
    withText: boolean,
  ): Promise<Uint8Array<ArrayBuffer>> {
    if (!withText) return frameLine({ type: 'letter', location, content: largeLetterContent(letter, false) });
    const { facts, bytes, sizes } = letter;
    const source = { uid: location.uid, bytes, size: facts.size, internalDateAt: facts.internalDateAt };
    const content = await this.content(source);
    if (content === null) return frameLine({ type: 'unreadable', location });
    const { attachments } = largeLetterContent({ facts, sizes, bytes }, true);
    return frameLine({ type: 'letter', location, content: { ...content, attachments } });
  }

  async #read(letter: FetchedLetter): Promise<ReadLetter | null> {
    const parsed = await this.#pool.parse(letter.bytes, serverFacts(letter));
    if (parsed.ok) return parsed.value;
    if (parsed.error.kind === 'unreadable') return null;
    throw new ParserUnavailable();
  }
}

/** What identity falls back to. A server whose INTERNALDATE cannot be read has one answer for all: the epoch. */
export function serverFacts({ internalDateAt, size }: FetchedLetter): ServerFacts {
  return { internalDateAt: internalDateAt ?? 0, size };
}
