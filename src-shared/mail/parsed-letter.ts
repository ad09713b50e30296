import type { DeliveryFailure } from './delivery-status.ts';
import type { LetterAttachment, LetterPart } from './letter-content.ts';
import type { LetterHeader } from './letter-header.ts';

/** An attachment and where it lies in the letter's structure. */
export interface ParsedAttachment extends LetterAttachment {
  /** MIME part number as IMAP counts (RFC 3501 §6.4.5): `2`, `1.3`. */
  readonly partId: string;
}

/** A bounce: who did not get the letter, and which letter of ours it was. */
export interface Bounce {
  readonly recipients: readonly DeliveryFailure[];
  /** Message-ID of the letter that bounced, with angle brackets, where the report carries it. */
  readonly originalMessageId: string | null;
}

/** What the desk makes of a letter. */
export interface ParsedLetter extends LetterHeader {
  /** Displayable parts in order, of alternatives the richest. */
  readonly parts: readonly LetterPart[];
  /** The whole text, line ends LF; made from HTML where a part has no plain alternative. */
  readonly text: string;
  /** The HTML documents one after the other, not sanitised; null where no part is HTML. */
  readonly html: string | null;
  /** The text without quotes and signature; found when it is read. */
  readonly reply: string;
  /** `index` is the position here; names are never empty, one is made where the sender gave none. */
  readonly attachments: readonly ParsedAttachment[];
  readonly bounce: Bounce | null;
  /** True where the letter was cut at a limit of depth, parts or text size: the rest is in the source only. */
  readonly truncated: boolean;
}
