import { Type, type Static } from 'typebox';
import { AgentIdSchema, OutgoingIdSchema, TicketIdSchema } from '../ids.ts';
import { LetterPurposeSchema } from '../mail/letter-purpose.ts';
import { MomentSchema } from '../moment.ts';

/**
 * `POST /v1/sends/claim`: taken before SMTP starts, so that two desks cannot both send one letter. Unique by Message-ID,
 * leased; the same outgoing letter may claim again, also for recipients that were deferred. Answers 409 `conflict` while
 * another outgoing letter holds it, or once another was sent.
 * `ticketVersion` is what the answer was written against; `movedOn` tells that the ticket changed since, `removed` who
 * was taken out of it and is not meant to read on.
 */
export const SendClaimSchema = Type.Object({
  outgoingId: OutgoingIdSchema,
  messageId: Type.String({ minLength: 3, maxLength: 998 }),
  ticketId: TicketIdSchema,
  /** Feed version of the ticket that the agent saw when beginning the answer. */
  ticketVersion: Type.Integer({ minimum: 0 }),
  /** What the letter is: a copy of a forward found in Sent is no answer, and nothing that moved on holds it. */
  purpose: LetterPurposeSchema,
});
export type SendClaim = Static<typeof SendClaimSchema>;

export const SendClaimAnswerSchema = Type.Object({
  leaseExpiresAt: MomentSchema,
  /** Null: nothing happened on the ticket since. Else what did; the desk holds the answer for the agent to decide. */
  movedOn: Type.Union([
    Type.Object({
      reason: Type.Union([
        Type.Literal('client-wrote'),
        Type.Literal('colleague-answered'),
        Type.Literal('closed'),
      ]),
      agentId: Type.Union([AgentIdSchema, Type.Null()]),
      at: MomentSchema,
    }),
    Type.Null(),
  ]),
  /** Normalised addresses of participants whom somebody, the author included, took out since; absent: of nobody. */
  removed: Type.Optional(Type.Array(Type.String())),
});
export type SendClaimAnswer = Static<typeof SendClaimAnswerSchema>;
