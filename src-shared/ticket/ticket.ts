import { Type, type Static } from 'typebox';
import { AgentIdSchema, LetterIdSchema, TicketIdSchema } from '../ids.ts';
import { MomentSchema } from '../moment.ts';
import { AnswerKindSchema } from '../regulation/answer-kind.ts';

/**
 * One thing that happened to a ticket's reaction clock. Kept in the ticket so that deadlines and their ledger are a
 * pure function of the ticket, also after a late ancestor corrected the receipt time.
 */
export const TicketEventSchema = Type.Union([
  Type.Object({
    kind: Type.Literal('client-contact'),
    at: MomentSchema,
    letterId: Type.Union([LetterIdSchema, Type.Null()]),
  }),
  Type.Object({
    kind: Type.Literal('answer'),
    at: MomentSchema,
    answerKind: AnswerKindSchema,
    human: Type.Boolean(),
    /** Message-ID of the answer, with angle brackets: one answer is one event however often it is reported. */
    messageId: Type.String(),
    /** Null for an answer that was given from another mail program. */
    agentId: Type.Union([AgentIdSchema, Type.Null()]),
  }),
]);
export type TicketEvent = Static<typeof TicketEventSchema>;

const TicketStatusSchema = Type.Union([
  /** Somebody of the service has to act. */
  Type.Literal('open'),
  /** Answered; the client's word is awaited. */
  Type.Literal('waiting'),
  Type.Literal('closed'),
]);

/** One request of a client, however many letters (regulation §1 «Заявка»). */
export const TicketSchema = Type.Object({
  id: TicketIdSchema,
  /** The short number people say on the phone; unique, growing, with gaps. */
  number: Type.Integer({ minimum: 1 }),
  /** Eight Crockford base32 digits of the subject token `[STP-XXXXXXXX]`. */
  token: Type.String({ pattern: '^[0-9A-HJKMNP-TV-Z]{8}$' }),
  subject: Type.String(),
  status: TicketStatusSchema,
  /** Who wrote first. */
  client: Type.Object({ name: Type.String(), address: Type.String() }),
  /** Normalised addresses that may join this ticket; a stranger never does. */
  participants: Type.Array(Type.String()),
  /** Receipt of the earliest client letter (INTERNALDATE). */
  receivedAt: MomentSchema,
  /** Start of the open reaction period; null while nothing awaits a reaction. */
  reactionStartedAt: Type.Union([MomentSchema, Type.Null()]),
  /** Ordered by `at`. */
  events: Type.Array(TicketEventSchema),
  critical: Type.Union([
    Type.Object({ reason: Type.String(), at: MomentSchema, agentId: AgentIdSchema }),
    Type.Null(),
  ]),
  /** Holder by claim, until released, answered or `until`. */
  holder: Type.Union([Type.Object({ agentId: AgentIdSchema, until: MomentSchema }), Type.Null()]),
  /** Set when a stranger quoted a token or a thread that he is no participant of. */
  possibleFollowUpOf: Type.Union([TicketIdSchema, Type.Null()]),
  letterCount: Type.Integer({ minimum: 0 }),
  lastLetterAt: MomentSchema,
  lastClientLetterAt: Type.Union([MomentSchema, Type.Null()]),
  lastAnswerAt: Type.Union([MomentSchema, Type.Null()]),
});
export type Ticket = Static<typeof TicketSchema>;
