import { Worker } from 'node:worker_threads';
import type { AttachmentRequest, LettersRequest } from '#shared/bridge/streams.ts';
import type { Clock } from '#shared/clock.ts';
import type { LetterId } from '#shared/ids.ts';
import type { MailboxRecord, MailServer } from '#shared/protocol/mailbox-record.ts';
import { err, type Result } from '#shared/result.ts';
import type { LetterLocation } from '#shared/ticket/letter.ts';
import type { Log } from '../log.ts';
import { ByteQueue } from './byte-queue.ts';
import type { ConnectionProblem } from './connection-problem.ts';
import type { IngestPort } from './ingest-port.ts';
import type { Attachment } from './letter-requests.ts';
import type { MailboxError } from './mailbox-error.ts';
import type { MailboxStatus } from './mailbox-engine.ts';
import type {
  FromWorker,
  MailboxWorkerData,
  ToWorker,
  WorkerCallName,
  WorkerCalls,
} from './worker-messages.ts';

export interface MailboxOptions {
  /** Where the module of a worker thread is: `mailbox-worker`, `letter-json-worker`. */
  readonly workerUrl: (name: string) => URL;
  readonly record: MailboxRecord;
  readonly api: IngestPort;
  readonly clock: Clock;
  readonly log: Log;
  readonly onStatus: (status: MailboxStatus) => void;
}

const restartMs = 2_000;
/** A thread that does not end by then is ended. */
const closeMs = 3_000;

/**
 * The support mailbox as the main process sees it; everything is done in a worker thread.
 *
 * Reads and never owns: folders are opened with EXAMINE, nothing is flagged or deleted; the one write is the copy of
 * a sent letter.
 */
export class Mailbox {
  readonly #options: MailboxOptions;
  readonly #streams = new Map<number, ByteQueue>();
  readonly #calls = new Map<number, (result: WorkerCalls[WorkerCallName]['result']) => void>();
  #worker: Worker | null = null;
  #restart: NodeJS.Timeout | null = null;
  #closed = false;
  #next = 1;
  #onClosed: (() => void) | null = null;

  constructor(options: MailboxOptions) {
    this.#options = options;
  }

  /** Connects and logs in to an IMAP server; reads nothing. */
  static async test(
    workerUrl: (name: string) => URL,
    server: MailServer,
    certificateAuthority: string | null,
  ): Promise<Result<void, ConnectionProblem>> {
    const worker = startWorker(workerUrl);
    try {
      return await new Promise((resolve, reject) => {
        worker.on('error', reject);
        worker.on('message', (message: FromWorker) => {
          if (message.type === 'answer') resolve(message.result as WorkerCalls['test']['result']);
        });
        const params = { server, certificateAuthority };
        const call: ToWorker = { type: 'call', call: 1, name: 'test', params };
        worker.postMessage(call, []);
      });
    } finally {
      await worker.terminate();
    }
  }

  start(): void {
    if (this.#worker !== null || this.#closed) return;
    const { workerUrl, record, log } = this.#options;
    const worker = startWorker(workerUrl);
    this.#worker = worker;
    worker.on('message', (message: FromWorker) => {
      if (this.#worker === worker) this.#onMessage(message);
    });
    worker.on('error', (error) => {
      log.error('mailbox-thread-failed', { reason: error instanceof Error ? error.name : 'unknown' });
    });
    worker.on('exit', () => {
      if (this.#worker === worker) this.#onExit();
    });
    this.#post({ type: 'start', record });
  }

  /** Logs out of nothing, waits for nothing that is under way: connections just end. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#restart !== null) clearTimeout(this.#restart);
    const worker = this.#worker;
    if (worker === null) return;
    await new Promise<void>((resolve) => {
      this.#onClosed = resolve;
      worker.once('exit', () => resolve());
      setTimeout(resolve, closeMs).unref();
      this.#post({ type: 'close' });
    });
    this.#worker = null;
    await worker.terminate();
    this.#dropAll();
  }

  /** Tries the mail server, and what ingest waits for, at once. */
  retryNow(): void {
    this.#post({ type: 'retry' });
  }

  /**
   * What a reader lacks, newest first, then what comes: `LettersFrame`s as NDJSON, each chunk whole lines.
   *
   * Goes on until the signal aborts or the reader stops; ends by itself only when the mailbox is closed or its thread
   * died, and then the reader asks again with its newest cursors. A reader that is slow slows the fetch.
   */
  async *letterLines(
    request: LettersRequest,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
    if (this.#worker === null || signal.aborted) return;
    const stream = this.#next;
    this.#next += 1;
    const queue = new ByteQueue();
    this.#streams.set(stream, queue);
    const stop = (): void => {
      queue.end();
    };
    signal.addEventListener('abort', stop, { once: true });
    this.#post({ type: 'open-stream', stream, request });
    try {
      for (;;) {
        const bytes = await queue.next();
        if (bytes === null || signal.aborted) return;
        yield bytes;
        this.#post({ type: 'taken', stream, bytes: bytes.length });
      }
    } finally {
      signal.removeEventListener('abort', stop);
      if (this.#streams.delete(stream)) this.#post({ type: 'close-stream', stream });
    }
  }

  /** Fetches a letter, with the texts of a large one; it arrives by every open stream. */
  async fetchLetter(id: LetterId, locations: readonly LetterLocation[]): Promise<Result<void, MailboxError>> {
    return await this.#call((call) => ({
      type: 'call',
      call,
      name: 'fetch-letter',
      params: { id, locations },
    }));
  }

  async attachment(request: AttachmentRequest): Promise<Result<Attachment, MailboxError>> {
    return await this.#call((call) => ({ type: 'call', call, name: 'attachment', params: request }));
  }

  /** How many letters in Sent carry that Message-ID (with angle brackets). */
  async sentCopies(messageId: string): Promise<Result<number, MailboxError>> {
    return await this.#call((call) => ({ type: 'call', call, name: 'sent-copies', params: { messageId } }));
  }

  /** Files a sent letter unless Sent has it. After `unreachable` nobody knows whether it was filed; ask again. */
  async fileSentCopy(
    messageId: string,
    bytes: Uint8Array,
  ): Promise<Result<'filed' | 'already-there', MailboxError>> {
    return await this.#call((call) => ({
      type: 'call',
      call,
      name: 'file-sent-copy',
      params: { messageId, bytes },
    }));
  }

  #call<T>(message: (call: number) => ToWorker): Promise<Result<T, MailboxError>> {
    if (this.#worker === null) return Promise.resolve(err({ kind: 'unreachable' }));
    const call = this.#next;
    this.#next += 1;
    return new Promise((resolve) => {
      this.#calls.set(call, (result) => {
        // The worker answers a call with that call's own result (WorkerCalls).
        resolve(result as Result<T, MailboxError>);
      });
      this.#post(message(call));
    });
  }

  #post(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  #onMessage(message: FromWorker): void {
    const { log, onStatus } = this.#options;
    switch (message.type) {
      case 'lines': {
        const queue = this.#streams.get(message.stream);
        if (queue === undefined) this.#post({ type: 'close-stream', stream: message.stream });
        else queue.push(message.bytes);
        return;
      }
      case 'stream-ended':
        this.#streams.get(message.stream)?.end();
        return;
      case 'status':
        onStatus({
          connection: message.connection,
          progress: message.progress,
        });
        return;
      case 'answer': {
        const resolve = this.#calls.get(message.call);
        this.#calls.delete(message.call);
        resolve?.(message.result);
        return;
      }
      case 'api-call':
        void this.#askApi(message);
        return;
      case 'log':
        log[message.level](message.event, message.facts);
        return;
      case 'closed':
        this.#onClosed?.();
    }
  }

  async #askApi(message: Extract<FromWorker, { type: 'api-call' }>): Promise<void> {
    const { call } = message;
    try {
      this.#post({ type: 'api-answer', call, answer: await this.#apiAnswer(message) });
    } catch {
      this.#post({ type: 'api-failed', call });
    }
  }

  async #apiAnswer(message: Extract<FromWorker, { type: 'api-call' }>): Promise<unknown> {
    const { api } = this.#options;
    switch (message.name) {
      case 'missing':
        return await api.missing(message.params);
      case 'ingest':
        return await api.ingest(message.params);
      case 'quarantine':
        return await api.quarantine(message.params);
      case 'lease':
        return await api.lease();
      case 'putWatermark':
        return await api.putWatermark(message.params);
      case 'serverNow':
        return await api.serverNow();
    }
  }

  /** The thread died: whoever waits is told, and a new one starts. */
  #onExit(): void {
    this.#worker = null;
    this.#dropAll();
    if (this.#closed) return;
    this.#restart = setTimeout(() => {
      this.start();
    }, restartMs);
    this.#restart.unref();
  }

  #dropAll(): void {
    for (const queue of this.#streams.values()) queue.end();
    this.#streams.clear();
    for (const resolve of this.#calls.values()) resolve(err({ kind: 'unreachable' }));
    this.#calls.clear();
  }
}

function startWorker(workerUrl: (name: string) => URL): Worker {
  const data: MailboxWorkerData = { parserUrl: workerUrl('letter-json-worker').href };
  return new Worker(workerUrl('mailbox-worker'), { workerData: data });
}
