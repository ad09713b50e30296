import type { BounceReport } from '../ticket/letter.ts';
import type { LetterHeader } from './letter-header.ts';

/** One displayable part of a letter, a document of its own; alternatives are already chosen. */
export type LetterPart =
  | { readonly kind: 'text'; readonly text: string }
  /** As received: whoever shows it sanitises it first. */
  | { readonly kind: 'html'; readonly html: string };

/** An attachment's description; its bytes are asked for by `index`. */
export interface LetterAttachment {
  readonly index: number;
  /** As the sender wrote it, decoded; never a path to write to. */
  readonly name: string;
  readonly type: string;
  /** Bytes after transfer decoding. */
  readonly size: number;
  /** Without angle brackets; for `cid:` links. */
  readonly contentId: string | null;
  readonly inline: boolean;
}

/**
 * What the desk makes of one letter: everything that is shown of it, besides the attachments' bytes.
 *
 * Header strings are decoded; Message-IDs have their angle brackets.
 */
export interface LetterContent extends LetterHeader {
  /** INTERNALDATE. */
  readonly receivedAt: number;
  readonly size: number;
  readonly parts: readonly LetterPart[];
  /** The whole text of all parts, HTML converted; null where the only part is that text. See `letterText`. */
  readonly text: string | null;
  readonly attachments: readonly LetterAttachment[];
  /** What a bounce reports; null for every other letter. */
  readonly bounce: BounceReport | null;
  /** False for a letter over the size limit: headers and structure are here, parts are fetched on demand. */
  readonly complete: boolean;
}
