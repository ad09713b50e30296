import { Type, type Static } from 'typebox';
import { LetterIdSchema } from '../ids.ts';
import { MomentSchema } from '../moment.ts';
import { LetterDispositionSchema, LetterFactsSchema, MailFolderSchema } from '../ticket/letter.ts';

/** IMAP sequence-set syntax of single UIDs and ranges, `1:5,9` (RFC 3501 §9 sequence-set, without `*`); may be empty. */
export const UidSetSchema = Type.String({
  pattern: '^([0-9]{1,10}(:[0-9]{1,10})?(,[0-9]{1,10}(:[0-9]{1,10})?)*)?$',
  maxLength: 1_000_000,
});

/**
 * `POST /v1/ingest`: facts of letters, oldest first. The API alone decides, under a unique key on the identity, whether a
 * letter is new and which ticket it joins; submitting again is harmless. In the folder `sent` a letter that refers to a
 * ticket and was not sent by a desk is an answer given outside. Answers 409 `conflict` until the mailbox record is set.
 */
export const IngestSchema = Type.Object({
  letters: Type.Array(LetterFactsSchema, { minItems: 1, maxItems: 500 }),
});
export type Ingest = Static<typeof IngestSchema>;

export const IngestAnswerSchema = Type.Object({
  /** In the order of the request. */
  letters: Type.Array(
    Type.Object({ id: LetterIdSchema, disposition: LetterDispositionSchema, isNew: Type.Boolean() }),
  ),
});
export type IngestAnswer = Static<typeof IngestAnswerSchema>;

/**
 * `POST /v1/ingest/missing`: which of these UIDs the API has no fate for yet. A quarantined letter is asked for again,
 * history is once `ticketsFrom` was moved back before it.
 */
export const MissingQuerySchema = Type.Object({
  folder: MailFolderSchema,
  uidValidity: Type.String({ pattern: '^[0-9]{1,20}$' }),
  uids: UidSetSchema,
});
export type MissingQuery = Static<typeof MissingQuerySchema>;
export const MissingAnswerSchema = Type.Object({ uids: UidSetSchema });
export type MissingAnswer = Static<typeof MissingAnswerSchema>;

/** `POST /v1/ingest/quarantine`: a letter whose facts cannot be read; it stays visible and never stops the rest. */
export const QuarantineSchema = Type.Object({
  location: Type.Object({
    folder: MailFolderSchema,
    uidValidity: Type.String({ pattern: '^[0-9]{1,20}$' }),
    uid: Type.Integer({ minimum: 1 }),
  }),
  receivedAt: MomentSchema,
  reason: Type.Literal('unreadable'),
});
export type Quarantine = Static<typeof QuarantineSchema>;

/** `POST /v1/ingest/lease`: takes or extends the expiring ingest lease. Saves work; correctness never depends on it. */
export const IngestLeaseSchema = Type.Object({ deskId: Type.String({ minLength: 1, maxLength: 64 }) });
export const IngestLeaseAnswerSchema = Type.Object({ held: Type.Boolean(), expiresAt: MomentSchema });
export type IngestLeaseAnswer = Static<typeof IngestLeaseAnswerSchema>;

/**
 * `POST /v1/watermark`: every UID that a search after API time `at` found is acknowledged. The API keeps the greatest
 * for a mailbox and its UIDVALIDITYs.
 */
export const WatermarkSchema = Type.Object({
  folders: Type.Array(
    Type.Object({ folder: MailFolderSchema, uidValidity: Type.String({ pattern: '^[0-9]{1,20}$' }) }),
    { minItems: 1, maxItems: 2 },
  ),
  at: MomentSchema,
});
export type Watermark = Static<typeof WatermarkSchema>;
export const WatermarkAnswerSchema = Type.Object({ at: Type.Union([MomentSchema, Type.Null()]) });
export type WatermarkAnswer = Static<typeof WatermarkAnswerSchema>;
