import { Type, type Static } from 'typebox';
import { AgentIdSchema, LetterIdSchema, TicketIdSchema } from '../ids.ts';
import { BounceRecipientSchema } from '../mail/bounce-recipient.ts';
import { MomentSchema } from '../moment.ts';
import { AnswerKindSchema } from '../regulation/answer-kind.ts';
import { CategoryIdSchema } from '../regulation/category.ts';

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
  /** Closed: nobody waits for a reaction any more, though none may have been given. */
  Type.Object({ kind: Type.Literal('closing'), at: MomentSchema }),
  /** A mail server said that an answer did not arrive, or (not `permanent`) not yet. */
  Type.Object({
    kind: Type.Literal('bounce'),
    at: MomentSchema,
    letterId: LetterIdSchema,
    /** Message-ID of the answer, with angle brackets. */
    messageId: Type.String(),
    recipients: Type.Array(BounceRecipientSchema),
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

/** How an agent ends a ticket; what is not `done` closes one that nobody answered by letter, and needs a reason. */
export const AgentClosingOutcomeSchema = Type.Union([
  Type.Literal('done'),
  Type.Literal('answered-by-phone'),
  Type.Literal('no-answer-needed'),
  Type.Literal('not-a-request'),
]);
export type AgentClosingOutcome = Static<typeof AgentClosingOutcomeSchema>;

/** How a ticket ended. */
export const ClosingOutcomeSchema = Type.Union([
  ...AgentClosingOutcomeSchema.anyOf,
  /** The client stayed silent after an answer (regulation §3: 48 hours); only the API closes so. */
  Type.Literal('silence'),
  /** Its letters are another ticket's now, `mergedInto`. */
  Type.Literal('merged'),
]);

/** What one ticket has to do with another, seen from the ticket that holds the link. */
export const TicketRelationSchema = Type.Union([
  Type.Literal('related'),
  /** The client wrote about it again, too late to open it once more. */
  Type.Literal('follow-up-of'),
  Type.Literal('continued-by'),
  Type.Literal('split-from'),
  Type.Literal('split-into'),
  Type.Literal('merged-from'),
]);
export type TicketRelation = Static<typeof TicketRelationSchema>;

/** Facts by their ids in the operator's profile, each a short text. */
export const FactsSchema = Type.Record(
  Type.String({ pattern: '^[a-z][a-zA-Z0-9-]{0,39}$' }),
  Type.String({ maxLength: 2000 }),
);
export type Facts = Static<typeof FactsSchema>;

/** One request of a client, however many letters (regulation §1 «Заявка»). */
export const TicketSchema = Type.Object({
  id: TicketIdSchema,
  /** The short number people say on the phone; unique, growing, with gaps; 0 until the API has given one. */
  number: Type.Integer({ minimum: 0 }),
  /** Eight Crockford base32 digits of the subject token `[STP-XXXXXXXX]`. */
  token: Type.String({ pattern: '^[0-9A-HJKMNP-TV-Z]{8}$' }),
  subject: Type.String(),
  status: TicketStatusSchema,
  /** How the first word came or went: a letter, a call that an agent wrote down, or none: the service's own work. */
  channel: Type.Union([Type.Literal('mail'), Type.Literal('phone'), Type.Literal('internal')]),
  /** Who wrote or called first, or was written to. `address` and `phone` are empty where they are not known. */
  client: Type.Object({ name: Type.String(), address: Type.String(), phone: Type.String() }),
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
  /** Whose job it is, until it is given to somebody else; unlike a claim it does not end by itself. */
  assigneeId: Type.Union([AgentIdSchema, Type.Null()]),
  /** The kind of work (regulation §2). */
  category: Type.Union([CategoryIdSchema, Type.Null()]),
  /** As `normaliseTags` makes them. */
  tags: Type.Array(Type.String()),
  /** What is known of the facts that the kind of work needs; those of a former kind stay. */
  facts: FactsSchema,
  /** Why the solution was put off or refused last (regulation §3); null where it was not, or a solution came since. */
  reason: Type.Union([
    Type.Object({
      id: Type.String(),
      outcome: Type.Union([Type.Literal('postponement'), Type.Literal('refusal')]),
      facts: FactsSchema,
      /** When the ticket comes back into the queue; null: it does not, or has come. */
      lookAgainAt: Type.Union([MomentSchema, Type.Null()]),
      at: MomentSchema,
      agentId: AgentIdSchema,
    }),
    Type.Null(),
  ]),
  /** Out of sight until `until`, or until the client writes; the deadline runs on. */
  snooze: Type.Union([Type.Object({ until: MomentSchema, agentId: AgentIdSchema }), Type.Null()]),
  /** Handed to the developers; `reference` is their own name for it, empty where there is none. */
  escalation: Type.Union([
    Type.Object({ reference: Type.String(), at: MomentSchema, agentId: AgentIdSchema }),
    Type.Null(),
  ]),
  /** How it was closed; null while it is not. */
  closing: Type.Union([
    Type.Object({
      outcome: ClosingOutcomeSchema,
      reason: Type.String(),
      at: MomentSchema,
      /** Null: the API closed it. */
      agentId: Type.Union([AgentIdSchema, Type.Null()]),
    }),
    Type.Null(),
  ]),
  links: Type.Array(Type.Object({ ticketId: TicketIdSchema, relation: TicketRelationSchema })),
  /** Where its letters went; it is closed as `merged` then. */
  mergedInto: Type.Union([TicketIdSchema, Type.Null()]),
  noteCount: Type.Integer({ minimum: 0 }),
  /** Set when a stranger quoted a token or a thread that he is no participant of. */
  possibleFollowUpOf: Type.Union([TicketIdSchema, Type.Null()]),
  letterCount: Type.Integer({ minimum: 0 }),
  lastLetterAt: MomentSchema,
  lastClientLetterAt: Type.Union([MomentSchema, Type.Null()]),
  lastAnswerAt: Type.Union([MomentSchema, Type.Null()]),
});
export type Ticket = Static<typeof TicketSchema>;
