import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { liftRecord } from './lift-record.ts';
import { DraftSchema, OutgoingSchema, OutgoingStateSchema } from '#shared/bridge/draft.ts';
import { NoteDraftSchema } from '#shared/bridge/note-draft.ts';
import {
  AgentIdSchema,
  AttachmentIdSchema,
  DraftIdSchema,
  OperationIdSchema,
  OutgoingIdSchema,
} from '#shared/ids.ts';
import { MomentSchema } from '#shared/moment.ts';
import { RoleSchema } from '#shared/ticket/author.ts';
import { OperationSchema } from '#shared/ticket/operation.ts';
import { RejectionSchema } from '#shared/ticket/rejection.ts';

/*
 * What the journal remembers, one schema a record. `v` is the version of the record's shape: a change of a shape gets a
 * new number and a step in `parseRecord` that lifts the older one, and test/fixtures/journal gets a file of the older
 * version, which must open for ever.
 */

const head = { v: Type.Literal(2), at: MomentSchema };

/** The agent did something to a ticket. */
const OperationSubmittedSchema = Type.Object({
  ...head,
  kind: Type.Literal('operation-submitted'),
  operation: OperationSchema,
  author: Type.Object({ agentId: AgentIdSchema, role: RoleSchema }),
});

/** The API said what became of an operation. */
const OperationAnsweredSchema = Type.Object({
  ...head,
  kind: Type.Literal('operation-answered'),
  id: OperationIdSchema,
  answer: Type.Union([
    Type.Object({
      outcome: Type.Literal('applied'),
      version: Type.Integer(),
      /** Life of the feed to which `version` belongs; null when it was not known. */
      epoch: Type.Union([Type.String(), Type.Null()]),
    }),
    Type.Object({ outcome: Type.Literal('rejected'), rejection: RejectionSchema }),
  ]),
});

/** The feed began a new life, which may not know this operation: it waits to be pushed again. */
const OperationReofferedSchema = Type.Object({
  ...head,
  kind: Type.Literal('operation-reoffered'),
  id: OperationIdSchema,
});

/** Dropped by the agent, or confirmed so long ago that nobody will ask again. */
const OperationRemovedSchema = Type.Object({
  ...head,
  kind: Type.Literal('operation-removed'),
  id: OperationIdSchema,
});

const DraftSavedSchema = Type.Object({ ...head, kind: Type.Literal('draft-saved'), draft: DraftSchema });

const DraftDiscardedSchema = Type.Object({
  ...head,
  kind: Type.Literal('draft-discarded'),
  id: DraftIdSchema,
});

/** A note is being written; submitting the operation of its id takes it away. */
const NoteSavedSchema = Type.Object({ ...head, kind: Type.Literal('note-saved'), note: NoteDraftSchema });

const NoteDiscardedSchema = Type.Object({
  ...head,
  kind: Type.Literal('note-discarded'),
  id: OperationIdSchema,
});

/** A draft was frozen into a letter: the draft is gone and the letter's bytes never change again. */
const OutgoingQueuedSchema = Type.Object({
  ...head,
  kind: Type.Literal('outgoing-queued'),
  outgoing: OutgoingSchema,
  /** RFC 5321 envelope: exactly the recipients that the agent saw. */
  envelope: Type.Object({ from: Type.String(), to: Type.Array(Type.String()) }),
  /** The frozen MIME bytes, in the attachment store. */
  mimeFile: AttachmentIdSchema,
});

const OutgoingMovedSchema = Type.Object({
  ...head,
  kind: Type.Literal('outgoing-moved'),
  id: OutgoingIdSchema,
  state: OutgoingStateSchema,
  reason: OutgoingSchema.properties.reason,
  recipients: OutgoingSchema.properties.recipients,
  filed: Type.Boolean(),
  /** The mail server's last words, kept as evidence. */
  serverWords: Type.Union([Type.String(), Type.Null()]),
});

/** The agent decided how much is to be asked before the letter leaves. */
const OutgoingReleasedSchema = Type.Object({
  ...head,
  kind: Type.Literal('outgoing-released'),
  id: OutgoingIdSchema,
  check: Type.Union([
    /** Ask the API; hold the letter when the ticket moved on. */
    Type.Literal('full'),
    /** Ask the API, send also when the ticket moved on. */
    Type.Literal('ignore-changes'),
    /** The same, and also to those who were taken out of the ticket meanwhile. */
    Type.Literal('ignore-removals'),
    /** Send although the API cannot be asked. */
    Type.Literal('none'),
  ]),
});

const OutgoingRemovedSchema = Type.Object({
  ...head,
  kind: Type.Literal('outgoing-removed'),
  id: OutgoingIdSchema,
});

export const JournalRecordSchema = Type.Union([
  OperationSubmittedSchema,
  OperationAnsweredSchema,
  OperationReofferedSchema,
  OperationRemovedSchema,
  DraftSavedSchema,
  DraftDiscardedSchema,
  NoteSavedSchema,
  NoteDiscardedSchema,
  OutgoingQueuedSchema,
  OutgoingMovedSchema,
  OutgoingReleasedSchema,
  OutgoingRemovedSchema,
]);
export type JournalRecord = Static<typeof JournalRecordSchema>;

/** A record of one kind. */
export type RecordOf<Kind extends JournalRecord['kind']> = Extract<JournalRecord, { kind: Kind }>;

const records = Compile(Type.Array(JournalRecordSchema));

/** Whether a later start can read these back; what cannot be read back must never be written. */
export function canBeRead(written: readonly JournalRecord[]): boolean {
  return records.Check(written);
}

/** Reads the records of one frame; null when a newer desk wrote them. */
export function parseRecords(json: string): readonly JournalRecord[] | null {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return null;
  }
  const lifted = Array.isArray(value) ? value.map(liftRecord) : value;
  return records.Check(lifted) ? lifted : null;
}
