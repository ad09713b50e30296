import { Type, type Static } from 'typebox';
import { AgentIdSchema, LetterIdSchema, TicketIdSchema } from '../ids.ts';
import { MomentSchema } from '../moment.ts';
import { BounceRecipientSchema } from '../mail/bounce-recipient.ts';
import { AnswerKindSchema } from '../regulation/answer-kind.ts';

export const MailboxAddressSchema = Type.Object({
  name: Type.String(),
  /** Normalised: domain lower-case ASCII (RFC 5890 A-labels); empty where the header had none. */
  address: Type.String(),
});
export type MailboxAddress = Static<typeof MailboxAddressSchema>;

/** Who is speaking, by the standard headers (RFC 3834, RFC 3464, RFC 2369). */
export const LetterKindSchema = Type.Union([
  Type.Literal('human'),
  Type.Literal('auto-reply'),
  Type.Literal('bounce'),
  Type.Literal('list'),
]);
export type LetterKind = Static<typeof LetterKindSchema>;

export const MailFolderSchema = Type.Union([Type.Literal('inbox'), Type.Literal('sent')]);
export type MailFolder = Static<typeof MailFolderSchema>;

/** Where a letter lies in the mailbox at the moment. An address, never an identity (RFC 3501 §2.3.1.1). */
export const LetterLocationSchema = Type.Object({
  folder: MailFolderSchema,
  uidValidity: Type.String({ pattern: '^[0-9]{1,20}$' }),
  uid: Type.Integer({ minimum: 1, maximum: 4_294_967_295 }),
});
export type LetterLocation = Static<typeof LetterLocationSchema>;

/** Whom a letter of the service did not reach. */
export const BounceSchema = Type.Object({
  /** Message-ID of the letter that bounced, with angle brackets; null where the report does not carry it. */
  messageId: Type.Union([Type.String({ maxLength: 998 }), Type.Null()]),
  recipients: Type.Array(BounceRecipientSchema, { maxItems: 1000 }),
});
export type BounceReport = Static<typeof BounceSchema>;

/** What a desk says of a letter that it found; the API alone decides what becomes of it. */
export const LetterFactsSchema = Type.Object({
  id: LetterIdSchema,
  location: LetterLocationSchema,
  /** With angle brackets; null where the letter has none. */
  messageId: Type.Union([Type.String({ maxLength: 998 }), Type.Null()]),
  inReplyTo: Type.Array(Type.String({ maxLength: 998 }), { maxItems: 100 }),
  references: Type.Array(Type.String({ maxLength: 998 }), { maxItems: 1000 }),
  from: MailboxAddressSchema,
  to: Type.Array(MailboxAddressSchema, { maxItems: 1000 }),
  cc: Type.Array(MailboxAddressSchema, { maxItems: 1000 }),
  subject: Type.String({ maxLength: 4000 }),
  /** INTERNALDATE. */
  receivedAt: MomentSchema,
  size: Type.Integer({ minimum: 0 }),
  kind: LetterKindSchema,
  /** What a bounce reports; null for every other letter. */
  bounce: Type.Union([BounceSchema, Type.Null()]),
  /** How often an automatic letter of the service has come back (header X-STP-Hop); 0 for ordinary letters. */
  hops: Type.Integer({ minimum: 0, maximum: 1000 }),
});
export type LetterFacts = Static<typeof LetterFactsSchema>;

/** Where a letter ended; every UID ends in one of these, visibly. */
export const LetterDispositionSchema = Type.Union([
  Type.Object({ state: Type.Literal('ticket'), ticketId: TicketIdSchema }),
  Type.Object({
    state: Type.Literal('ignored'),
    reason: Type.Union([
      /** Received before `ticketsFrom`: searchable history. */
      Type.Literal('history'),
      Type.Literal('auto-reply'),
      Type.Literal('bounce'),
      Type.Literal('list'),
      /** A letter in Sent that refers to no ticket. */
      Type.Literal('unrelated-sent'),
      /** From the support mailbox to itself. */
      Type.Literal('own'),
      Type.Literal('blocked-sender'),
    ]),
  }),
  Type.Object({
    state: Type.Literal('quarantined'),
    reason: Type.Union([Type.Literal('unreadable')]),
    /** Who has looked at it; null: nobody yet, and tickets that it may belong to do not close by themselves. */
    reviewedBy: Type.Union([AgentIdSchema, Type.Null()]),
  }),
]);
export type LetterDisposition = Static<typeof LetterDispositionSchema>;

/** A letter as the API keeps it: facts and fate, never its body. */
export const LetterSchema = Type.Object({
  id: LetterIdSchema,
  direction: Type.Union([Type.Literal('in'), Type.Literal('out')]),
  disposition: LetterDispositionSchema,
  messageId: Type.Union([Type.String(), Type.Null()]),
  from: MailboxAddressSchema,
  to: Type.Array(MailboxAddressSchema),
  cc: Type.Array(MailboxAddressSchema),
  subject: Type.String(),
  receivedAt: MomentSchema,
  kind: LetterKindSchema,
  bounce: LetterFactsSchema.properties.bounce,
  /** For answers of the service; a letter of an agent without one was a forward. */
  answerKind: Type.Union([AnswerKindSchema, Type.Null()]),
  /** Who answered by the desk; null for letters of clients and for answers from another mail program. */
  agentId: Type.Union([AgentIdSchema, Type.Null()]),
  locations: Type.Array(LetterLocationSchema),
});
export type Letter = Static<typeof LetterSchema>;
