import type { LetterId } from '../ids.ts';
import type { LetterKind, MailboxAddress } from '../ticket/letter.ts';
import type { DeliveryFailure } from './delivery-status.ts';

/** One displayable part; each is a document of its own, because an unclosed tag of one must not swallow the next. */
export type LetterPart =
  | { readonly kind: 'text'; readonly text: string }
  /** As it came: sanitise before showing (mail/sanitise-config.ts). */
  | { readonly kind: 'html'; readonly html: string };

/** What is known of an attachment without its content. */
export interface LetterAttachment {
  /** Its position among the letter's attachments; content is fetched by it. */
  readonly index: number;
  /** MIME part number as IMAP counts (RFC 3501 §6.4.5): `2`, `1.3`. */
  readonly partId: string;
  /** Never empty: a name is made where the sender gave none. Not safe as a file name. */
  readonly name: string;
  /** Lower case. */
  readonly type: string;
  /** Decoded bytes. */
  readonly size: number;
  /** Without angle brackets. */
  readonly contentId: string | null;
  /** Shown inside the HTML (`cid:`) or marked inline by the sender. */
  readonly inline: boolean;
}

/** A bounce: who did not get the letter, and which letter of ours it was. */
export interface Bounce {
  readonly recipients: readonly DeliveryFailure[];
  /** Message-ID of the letter that bounced, with angle brackets, where the report carries it. */
  readonly originalMessageId: string | null;
}

/** What a header alone tells. */
export interface LetterHead {
  readonly id: LetterId;
  /** With angle brackets. */
  readonly messageId: string | null;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  readonly from: MailboxAddress;
  readonly to: readonly MailboxAddress[];
  readonly cc: readonly MailboxAddress[];
  readonly replyTo: readonly MailboxAddress[];
  readonly subject: string;
  /** The sender's Date, which may be wrong or missing; receipt is INTERNALDATE. */
  readonly dateAt: number | null;
  readonly kind: LetterKind;
}

/** What the desk makes of a letter. */
export interface ParsedLetter extends LetterHead {
  /** Displayable parts in order, of alternatives the richest. */
  readonly parts: readonly LetterPart[];
  /** The whole text, line ends LF; made from HTML where a part has no plain alternative. */
  readonly text: string;
  /** The HTML documents one after the other, not sanitised; null where no part is HTML. */
  readonly html: string | null;
  /** The text without quotes and signature. */
  readonly reply: string;
  readonly attachments: readonly LetterAttachment[];
  readonly bounce: Bounce | null;
  /** True where the letter was cut at a limit of depth, parts or text size: the rest is in the source only. */
  readonly truncated: boolean;
}
