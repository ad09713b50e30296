import type { LetterId } from '../ids.ts';
import type { LetterKind, MailboxAddress } from '../ticket/letter.ts';

/** What a letter's header alone tells. */
export interface LetterHeader {
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
