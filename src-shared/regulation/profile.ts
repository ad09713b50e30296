import { Type, type Static } from 'typebox';
import { AutomaticLetterSchema } from './automatic-letter.ts';
import { CategoryIdSchema } from './category.ts';
import { FactSchema, LocalisedTextSchema, ProfileIdSchema } from './fact.ts';

const closed = { additionalProperties: false } as const;

const Text = Type.String({ minLength: 1 });

/** What one kind of answer does. Every kind of `ANSWER_KINDS` is listed once. */
const AnswerKindRule = Type.Object(
  {
    kind: Type.String(),
    /** Whether it is a reaction: the client no longer waits for one. */
    stopsClock: Type.Boolean(),
    /** Whether silence of the client after it closes the ticket. */
    armsClosing: Type.Boolean(),
  },
  closed,
);

/** One reason for which the regulation lets a solution be put off or refused. */
const Reason = Type.Object(
  {
    id: ProfileIdSchema,
    /** Its place in the regulation's list, from 1. */
    item: Type.Integer({ minimum: 1 }),
    title: LocalisedTextSchema,
    outcome: Type.Union([Type.Literal('postponement'), Type.Literal('refusal')]),
    /** Whether the letter that gives the reason is a reaction (`stops`), or the clock runs on nevertheless. */
    clock: Type.Union([Type.Literal('stops'), Type.Literal('runs')]),
    /** Whether a date is needed on which somebody looks at the ticket again. */
    needsLookAgain: Type.Boolean(),
    facts: Type.Array(FactSchema),
    /** The letter to the client; `{{fact}}` is filled with a fact by its id, `{{lookAgain}}` with the date. */
    clientText: LocalisedTextSchema,
  },
  closed,
);

/**
 * A support service's regulation as data: how it counts deadlines, what its answers do, when tickets close, and for
 * which reasons it postpones or refuses. Another service brings its own. Stored, edited and exchanged in this form.
 */
export const ProfileSchema = Type.Object(
  {
    /** Changes with every edit; what was computed by a profile names the version. */
    version: Text,
    operator: LocalisedTextSchema,
    /** The file of the kinds of work, beside the profile. */
    categories: Type.String({ pattern: '^[a-z0-9-]+\\.json$' }),
    /** The reading of "three working days"; see `DeadlinePolicy`. */
    deadline: Type.Object(
      {
        mode: Type.Union([Type.Literal('A'), Type.Literal('C'), Type.Literal('D')]),
        days: Type.Integer({ minimum: 1, maximum: 250 }),
        targetMode: Type.Union([Type.Literal('A'), Type.Literal('B'), Type.Literal('C'), Type.Literal('D')]),
        targetDays: Type.Integer({ minimum: 1, maximum: 250 }),
        dayEnds: Type.Union([Type.Literal('closing'), Type.Literal('midnight')]),
        shortDayMinutes: Type.Union([Type.Literal(0), Type.Literal(60)]),
        atRiskMinutes: Type.Integer({ minimum: 0, maximum: 100_000 }),
      },
      closed,
    ),
    answerKinds: Type.Array(AnswerKindRule),
    closing: Type.Object(
      {
        /** Plain hours of silence after an arming answer. */
        afterHours: Type.Integer({ minimum: 1, maximum: 8760 }),
        /** Closes no ticket before its client had a working day to come back. */
        notBeforeEndOfNextWorkingDay: Type.Boolean(),
        /** A letter that comes later after the closing opens a new ticket with a link to the closed one. */
        reopenWithinDays: Type.Integer({ minimum: 1, maximum: 3650 }),
      },
      closed,
    ),
    /** What the service writes to clients by itself; one that is not listed is never sent. */
    automaticLetters: Type.Array(AutomaticLetterSchema),
    /** The kind of work that lies outside of the service's responsibility, and the reason it is refused with. */
    outOfScope: Type.Object({ category: CategoryIdSchema, reason: ProfileIdSchema }, closed),
    reasons: Type.Array(Reason),
  },
  closed,
);

/** See {@link ProfileSchema}. A value of this type that came from outside went through `parseProfile`. */
export type Profile = Static<typeof ProfileSchema>;

/** See {@link Reason}. */
export type Reason = Static<typeof Reason>;
