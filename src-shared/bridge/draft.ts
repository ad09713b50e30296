import { Type, type Static } from 'typebox';
import {
  AttachmentIdSchema,
  DraftIdSchema,
  LetterIdSchema,
  OutgoingIdSchema,
  TicketIdSchema,
} from '../ids.ts';
import { LetterPurposeSchema } from '../mail/letter-purpose.ts';
import { MomentSchema } from '../moment.ts';
import { AnswerKindSchema } from '../regulation/answer-kind.ts';
import { MailboxAddressSchema } from '../ticket/letter.ts';

/** A file that was added to a draft; its bytes lie encrypted beside the journal. */
export const DraftAttachmentSchema = Type.Object({
  id: AttachmentIdSchema,
  name: Type.String({ minLength: 1, maxLength: 255 }),
  type: Type.String({ maxLength: 255 }),
  size: Type.Integer({ minimum: 0 }),
});
export type DraftAttachment = Static<typeof DraftAttachmentSchema>;

/** An answer that an agent is writing. Saved as one types, never touched by anything remote. */
export const DraftSchema = Type.Object({
  id: DraftIdSchema,
  ticketId: TicketIdSchema,
  /** The ticket's token: appended to the subject when the answer is frozen. */
  ticketToken: Type.String({ pattern: '^[0-9A-HJKMNP-TV-Z]{8}$' }),
  to: Type.Array(MailboxAddressSchema, { maxItems: 50 }),
  cc: Type.Array(MailboxAddressSchema, { maxItems: 50 }),
  /** Without the token; it is appended when the answer is frozen. */
  subject: Type.String({ maxLength: 2000 }),
  text: Type.String({ maxLength: 1_000_000 }),
  /** The same words as HTML, from the same document; empty: the letter is plain text only. */
  html: Type.String({ maxLength: 4_000_000 }),
  purpose: LetterPurposeSchema,
  /** From name; empty: the mailbox's. */
  fromName: Type.String({ maxLength: 200 }),
  answerKind: AnswerKindSchema,
  attachments: Type.Array(DraftAttachmentSchema, { maxItems: 50 }),
  /** Of a forward: the letter that is passed on, and which of its files, by their `index`, are not in yet. */
  forwards: Type.Optional(
    Type.Object({ letterId: LetterIdSchema, missing: Type.Array(Type.Integer({ minimum: 0 })) }),
  ),
  /** Of the letter that is answered (RFC 5322 §3.6.4), with angle brackets. */
  inReplyTo: Type.Union([Type.String({ maxLength: 998 }), Type.Null()]),
  references: Type.Array(Type.String({ maxLength: 998 }), { maxItems: 1000 }),
  /** Feed version of the ticket that the agent saw when opening it: what moved on since is measured from here. */
  ticketVersion: Type.Integer({ minimum: 0 }),
  updatedAt: MomentSchema,
});
export type Draft = Static<typeof DraftSchema>;

export const OutgoingStateSchema = Type.Union([
  Type.Literal('queued'),
  Type.Literal('held'),
  Type.Literal('sending'),
  Type.Literal('uncertain'),
  Type.Literal('partial'),
  Type.Literal('sent'),
  Type.Literal('failed'),
]);
export type OutgoingState = Static<typeof OutgoingStateSchema>;

/** What the desk shows of an outgoing letter; its frozen bytes stay in the main process. */
export const OutgoingSchema = Type.Object({
  id: OutgoingIdSchema,
  ticketId: TicketIdSchema,
  draft: DraftSchema,
  state: OutgoingStateSchema,
  messageId: Type.String(),
  queuedAt: MomentSchema,
  /** It does not leave before this: until then the agent can call it back. */
  releaseAt: MomentSchema,
  /** Why it waits or failed; closed kinds, the desk has words for each. */
  reason: Type.Union([
    Type.Literal('client-wrote'),
    Type.Literal('colleague-answered'),
    Type.Literal('ticket-closed'),
    /** It would go to somebody who was taken out of the ticket after it was written. */
    Type.Literal('recipient-removed'),
    Type.Literal('api-unreachable'),
    /** A ticket that was made on this computer has not reached the API yet; the letter goes right after it. */
    Type.Literal('ticket-unknown'),
    Type.Literal('smtp-unreachable'),
    Type.Literal('smtp-refused-login'),
    Type.Literal('smtp-bad-certificate'),
    Type.Literal('smtp-refused-letter'),
    /** The mail server takes no letter of this size. */
    Type.Literal('letter-too-large'),
    Type.Literal('smtp-refused-recipients'),
    Type.Literal('connection-lost'),
    Type.Literal('claimed-elsewhere'),
    Type.Literal('no-mailbox'),
    /** The letter's own file on this computer is gone or damaged. */
    Type.Literal('bytes-missing'),
    Type.Null(),
  ]),
  recipients: Type.Array(
    Type.Object({
      address: Type.String(),
      state: Type.Union([
        Type.Literal('waiting'),
        Type.Literal('accepted'),
        Type.Literal('deferred'),
        Type.Literal('refused'),
      ]),
    }),
  ),
  /** True when one copy lies in the Sent folder. */
  filed: Type.Boolean(),
});
export type Outgoing = Static<typeof OutgoingSchema>;
