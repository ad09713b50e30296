import { Type, type Static } from 'typebox';
import { LetterIdSchema, type LetterId } from '../ids.ts';
import type { LetterContent } from '../mail/letter-content.ts';
import type { Change } from '../protocol/changes.ts';
import { UidSetSchema } from '../protocol/ingest.ts';
import {
  LetterLocationSchema,
  MailFolderSchema,
  type LetterLocation,
  type MailFolder,
} from '../ticket/letter.ts';
import type { PendingChange } from './pending.ts';

/*
 * Bulk data goes from the main process to the cache worker as streaming responses of the app scheme: one JSON document
 * a line (NDJSON, UTF-8), with back-pressure. The reader owns its cursors and sends them when it asks; the writer keeps
 * nothing about it. A stream goes on until either side closes it; the reader then asks again with its newest cursors.
 * Requests are POST with a JSON body, relative to the page's origin.
 */

export const streamPaths = {
  changes: '/stream/changes',
  letters: '/stream/letters',
  pending: '/stream/pending',
  /** POST, query `name` and `type`, body: the bytes; answers {attachment: DraftAttachment} once they are on disk. */
  upload: '/stream/upload',
  /** POST AttachmentRequest; answers the bytes. */
  attachment: '/stream/attachment',
} as const;

/** Where the reader of changes stands; `epoch` null and `after` 0 at first. */
export const ChangesRequestSchema = Type.Object({
  epoch: Type.Union([Type.String(), Type.Null()]),
  after: Type.Integer({ minimum: 0 }),
});
export type ChangesRequest = Static<typeof ChangesRequestSchema>;

export type ChangesFrame =
  | {
      readonly type: 'changes';
      readonly epoch: string;
      readonly next: number;
      /** The feed's end when this was read, of which `next` is a share; absent where nobody knows. */
      readonly head?: number;
      readonly changes: readonly Change[];
    }
  /** The feed began a new life: forget the base, go on from 0; the stream sends on from there by itself. */
  | { readonly type: 'reset'; readonly epoch: string }
  /** The reader has everything up to now. */
  | { readonly type: 'caught-up' };

/** What the reader has of one folder. */
export const FolderCursorSchema = Type.Object({
  folder: MailFolderSchema,
  uidValidity: Type.String(),
  /** UIDs whose letters it has, or knows to be unreadable. */
  uids: UidSetSchema,
  /** Those of them that could not be read, to be tried again from time to time; left out: none. */
  unreadable: Type.Optional(UidSetSchema),
  /** HIGHESTMODSEQ (RFC 7162) and UIDNEXT, EXISTS at which this was complete; null before the first full sync. */
  synced: Type.Union([
    Type.Object({
      highestModseq: Type.Union([Type.String(), Type.Null()]),
      uidNext: Type.Integer({ minimum: 1 }),
      exists: Type.Integer({ minimum: 0 }),
    }),
    Type.Null(),
  ]),
});
export type FolderCursor = Static<typeof FolderCursorSchema>;

export const LettersRequestSchema = Type.Object({ folders: Type.Array(FolderCursorSchema, { maxItems: 2 }) });
export type LettersRequest = Static<typeof LettersRequestSchema>;

export type LettersFrame =
  /** Opens a folder; with another `uidValidity` than the cursor's all locations of the folder are void. */
  | { readonly type: 'folder'; readonly folder: MailFolder; readonly uidValidity: string }
  /** Newest first within a folder. */
  | { readonly type: 'letter'; readonly location: LetterLocation; readonly content: LetterContent }
  /**
   * Many letters at once, newest first. `contents` is the JSON of each one's `LetterContent` in their order, laid out by
   * `packParts`, deflated (RFC 1951) and in base64: letters shrink to a third, and so does the work of storing them.
   */
  | {
      readonly type: 'letters';
      readonly folder: MailFolder;
      readonly uidValidity: string;
      readonly letters: readonly { readonly id: LetterId; readonly uid: number }[];
      readonly contents: string;
    }
  /** Has a place in the mailbox, cannot be read for now; a `letter` takes its place once it can. */
  | { readonly type: 'unreadable'; readonly location: LetterLocation }
  | {
      readonly type: 'gone';
      readonly folder: MailFolder;
      readonly uidValidity: string;
      readonly uids: string;
    }
  /** Reconciled against UID SEARCH: everything that was there is here. */
  | {
      readonly type: 'synced';
      readonly folder: MailFolder;
      readonly uidValidity: string;
      readonly synced: NonNullable<FolderCursor['synced']>;
    };

export type PendingFrame =
  /** Replaces everything known before. */
  | { readonly type: 'snapshot'; readonly changes: readonly PendingChange[] }
  | { readonly type: 'change'; readonly change: PendingChange };

export const AttachmentRequestSchema = Type.Object({
  letterId: LetterIdSchema,
  locations: Type.Array(LetterLocationSchema, { minItems: 1, maxItems: 20 }),
  index: Type.Integer({ minimum: 0 }),
});
export type AttachmentRequest = Static<typeof AttachmentRequestSchema>;
