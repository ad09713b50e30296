import type { AttachmentRequest, LettersRequest } from '#shared/bridge/streams.ts';
import type { Connection } from '#shared/bridge/desk-status.ts';
import type { LetterId } from '#shared/ids.ts';
import type { Ingest, MissingQuery, Quarantine, Watermark } from '#shared/protocol/ingest.ts';
import type { MailboxRecord, MailServer } from '#shared/protocol/mailbox-record.ts';
import type { Result } from '#shared/result.ts';
import type { LetterLocation } from '#shared/ticket/letter.ts';
import type { ConnectionProblem } from './connection-problem.ts';
import type { Attachment } from './letter-requests.ts';
import type { MailboxError } from './mailbox-error.ts';

/*
 * What passes between the main thread (Mailbox) and its worker thread. Bytes are transferred, never copied.
 */

/** Given to the worker when it is made. */
export interface MailboxWorkerData {
  /** The module of the parser's threads. */
  readonly parserUrl: string;
}

/** What the main thread asks of the worker, each answered once. */
export interface WorkerCalls {
  readonly 'fetch-letter': {
    readonly params: { readonly id: LetterId; readonly locations: readonly LetterLocation[] };
    readonly result: Result<void, MailboxError>;
  };
  readonly attachment: {
    readonly params: AttachmentRequest;
    readonly result: Result<Attachment, MailboxError>;
  };
  readonly 'sent-copies': {
    readonly params: { readonly messageId: string };
    readonly result: Result<number, MailboxError>;
  };
  readonly 'file-sent-copy': {
    readonly params: { readonly messageId: string; readonly bytes: Uint8Array };
    readonly result: Result<'filed' | 'already-there', MailboxError>;
  };
  readonly test: {
    readonly params: { readonly server: MailServer; readonly certificateAuthority: string | null };
    readonly result: Result<void, ConnectionProblem>;
  };
}
export type WorkerCallName = keyof WorkerCalls;

/** What the worker asks of the ticket API through the main thread. */
export interface ApiCalls {
  readonly missing: MissingQuery;
  readonly ingest: Ingest;
  readonly quarantine: Quarantine;
  readonly lease: null;
  readonly putWatermark: Watermark;
  readonly serverNow: null;
}
export type ApiCallName = keyof ApiCalls;

export type ToWorker =
  | { readonly type: 'start'; readonly record: MailboxRecord }
  | { readonly type: 'retry' }
  | { readonly type: 'close' }
  | { readonly type: 'open-stream'; readonly stream: number; readonly request: LettersRequest }
  | { readonly type: 'close-stream'; readonly stream: number }
  /** The reader took these bytes; more may come. */
  | { readonly type: 'taken'; readonly stream: number; readonly bytes: number }
  | {
      readonly [Name in WorkerCallName]: {
        readonly type: 'call';
        readonly call: number;
        readonly name: Name;
        readonly params: WorkerCalls[Name]['params'];
      };
    }[WorkerCallName]
  /** `answer` is the port's own. */
  | { readonly type: 'api-answer'; readonly call: number; readonly answer: unknown }
  | { readonly type: 'api-failed'; readonly call: number };

export type FromWorker =
  | {
      readonly type: 'status';
      readonly connection: Connection;
      readonly progress: { readonly done: number; readonly total: number } | null;
    }
  | { readonly type: 'lines'; readonly stream: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'stream-ended'; readonly stream: number }
  | { readonly type: 'answer'; readonly call: number; readonly result: WorkerCalls[WorkerCallName]['result'] }
  | {
      readonly [Name in ApiCallName]: {
        readonly type: 'api-call';
        readonly call: number;
        readonly name: Name;
        readonly params: ApiCalls[Name];
      };
    }[ApiCallName]
  | {
      readonly type: 'log';
      readonly level: 'info' | 'warn' | 'error';
      readonly event: string;
      readonly facts: Readonly<Record<string, number | string | boolean>>;
    }
  | { readonly type: 'closed' };
