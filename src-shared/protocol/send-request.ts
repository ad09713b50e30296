import { Type, type Static } from 'typebox';
import { OutgoingIdSchema, TicketIdSchema } from '../ids.ts';
import { MomentSchema } from '../moment.ts';
import { MailboxAddressSchema } from '../ticket/letter.ts';

/** `POST /v1/sends/requests/lease`: asks for an automatic letter to send; the API itself has no mail server. */
export const LeaseSendRequestSchema = Type.Object({ deskId: Type.String({ minLength: 1, maxLength: 64 }) });

/** One automatic letter, ready but for the bytes. The desk that leased it is the only one to send it meanwhile. */
export const SendRequestSchema = Type.Object({
  id: OutgoingIdSchema,
  ticketId: TicketIdSchema,
  /** Made by the API once and for all: whoever sends the letter, it is the same one. */
  messageId: Type.String({ maxLength: 998 }),
  to: MailboxAddressSchema,
  /** With the ticket's token. */
  subject: Type.String(),
  text: Type.String(),
  /** The client's letter; null where it has no Message-ID. */
  inReplyTo: Type.Union([Type.String({ maxLength: 998 }), Type.Null()]),
  references: Type.Array(Type.String({ maxLength: 998 })),
  /** For the header `X-STP-Hop`. */
  hops: Type.Integer({ minimum: 1 }),
  leaseExpiresAt: MomentSchema,
});
export type SendRequest = Static<typeof SendRequestSchema>;

export const LeaseSendAnswerSchema = Type.Object({ request: Type.Union([SendRequestSchema, Type.Null()]) });
export type LeaseSendAnswer = Static<typeof LeaseSendAnswerSchema>;

/**
 * `POST /v1/sends/requests/:id/done`: how far the sending came.
 *
 * `leaving` is told, and has to be answered, before the byte without which no server delivers: from then on nobody sends
 * the letter again unless the server's own word says that it did not take it. Answers 409 `conflict` to a desk that has
 * no right to the letter (any more), also where nobody is to be told any more; 404 where there is none.
 */
export const SendReportSchema = Type.Object({
  deskId: Type.String({ minLength: 1, maxLength: 64 }),
  outcome: Type.Union([
    Type.Literal('leaving'),
    Type.Literal('sent'),
    /** Surely not delivered; it may be tried again later. */
    Type.Literal('not-sent'),
    /** Refused for good by the mail server, or no letter can be made for this address. */
    Type.Literal('refused'),
    /** The connection ended before the server's word. */
    Type.Literal('uncertain'),
  ]),
  at: MomentSchema,
  /** The sender as the letter's header names it. */
  from: MailboxAddressSchema,
});
export type SendReport = Static<typeof SendReportSchema>;
