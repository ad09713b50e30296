import type { LettersRequest } from '#shared/bridge/streams.ts';
import type { Connection } from '#shared/bridge/desk-status.ts';
import type { Clock } from '#shared/clock.ts';
import type { LetterId } from '#shared/ids.ts';
import type { MailboxRecord } from '#shared/protocol/mailbox-record.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { LetterLocation, MailFolder } from '#shared/ticket/letter.ts';
import type { Log } from '../log.ts';
import { ChangeSignal, pause } from './change-signal.ts';
import type { ReadLetter } from './frame-lines.ts';
import { IngestLoop } from './ingest-loop.ts';
import type { IngestPort } from './ingest-port.ts';
import { LetterFeed } from './letter-feed.ts';
import { LetterRenderer } from './letter-renderer.ts';
import { LetterRequests, requestError } from './letter-requests.ts';
import { MailConnection, type ConnectionState, type MailConnectionOptions } from './mail-connection.ts';
import type { MailboxError } from './mailbox-error.ts';
import type { MailTimes } from './mail-times.ts';
import type { ParsePool } from './parse/parse-pool.ts';
import { countCopies, fileCopy } from './sent-copies.ts';
import { findSentFolder } from './sent-folder.ts';
import { StalledAlarm } from './stalled-alarm.ts';
import { StreamOutlet } from './stream-outlet.ts';

export interface MailboxStatus {
  readonly connection: Connection;
  readonly progress: { readonly done: number; readonly total: number } | null;
}

export interface MailboxEngineOptions {
  readonly record: MailboxRecord;
  readonly api: IngestPort;
  /** Makes a connection to the mailbox, logged in; `onClose` once when one that stood is gone. */
  readonly open: MailConnectionOptions['open'];
  /** The parser's threads; the caller closes them. */
  readonly parser: ParsePool<ReadLetter>;
  readonly times: MailTimes;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly onStatus: (status: MailboxStatus) => void;
}

interface OpenStream {
  readonly outlet: StreamOutlet;
  readonly end: AbortController;
}

const inboxPath = 'INBOX';

/**
 * Everything the desk does with the mailbox, in one thread.
 *
 *     connection 1: INBOX ──► feeds of INBOX, ingest        (IDLE between)
 *     connection 2: Sent  ──► feeds of Sent, ingest, what people ask for, APPEND (IDLE between)
 *
 * The second one opens after the first has found the Sent folder; without one it watches INBOX too and serves
 * what people ask for.
 */
export class MailboxEngine {
  readonly #options: MailboxEngineOptions;
  readonly #ended = new AbortController();
  readonly #anyChange = new ChangeSignal();
  readonly #secondChanges = new ChangeSignal(this.#anyChange);
  readonly #retry = new ChangeSignal();
  readonly #renderer: LetterRenderer;
  readonly #inbox: MailConnection;
  readonly #second: MailConnection;
  readonly #requests: LetterRequests;
  readonly #streams = new Map<number, OpenStream>();
  readonly #progress = new Map<LetterFeed, { done: number; total: number }>();
  readonly #firstRound = Promise.withResolvers<void>();
  #secondStarted = false;
  #sentPath: string | null = null;
  #sentSearched = false;
  #state: ConnectionState = { state: 'connecting' };
  #lastSyncAt: number | null = null;
  readonly #stalled: StalledAlarm;

  constructor(options: MailboxEngineOptions) {
    this.#options = options;
    const { clock, random, record, open, parser } = options;
    const times = options.times.reconnect;
    this.#renderer = new LetterRenderer(parser);
    this.#inbox = new MailConnection({
      open,
      home: async (client) => {
        this.#foundSent(findSentFolder(await client.list(), record.sentFolder));
        return inboxPath;
      },
      changes: new ChangeSignal(this.#anyChange),
      times,
      clock,
      random,
      onState: (state) => {
        this.#onInboxState(state);
      },
    });
    this.#second = new MailConnection({
      open,
      home: async (client) => {
        // Not where the first connection has found it: it may have been renamed since.
        this.#sentPath = findSentFolder(await client.list(), record.sentFolder);
        return this.#sentPath ?? inboxPath;
      },
      changes: this.#secondChanges,
      times,
      clock,
      random,
      onState: ({ state }) => {
        // The folder may have been found while this connection was on its way to where it was before.
        if (state === 'online') this.#checkSecondHome();
        if (state === 'waiting') this.#options.log.warn('mailbox-second-connection-waits');
      },
    });
    this.#stalled = new StalledAlarm({
      stalledMs: options.times.stalledMs,
      // A connection that does not stand says so itself.
      isDue: () => this.#state.state === 'online',
      onChange: (isRaised) => {
        if (isRaised) options.log.warn('mailbox-sync-stalled');
        this.#report();
      },
    });
    this.#requests = new LetterRequests({
      renderer: this.#renderer,
      session: () => this.#second.current() ?? this.#inbox.current(),
      path: (folder) => this.#path(folder),
    });
  }

  start(): void {
    const { record, api, times, clock, random, log } = this.#options;
    this.#inbox.start();
    void new IngestLoop({
      ticketsFrom: record.ticketsFrom,
      sources: (['inbox', 'sent'] as const).map((folder) => ({
        folder,
        connection: this.#connection(folder),
        path: () => (this.#sentSearched ? this.#path(folder) : null),
      })),
      api,
      renderer: this.#renderer,
      changes: this.#anyChange,
      retry: this.#retry,
      times,
      clock,
      random,
      log,
      onRound: () => {
        this.#stalled.onProgress();
      },
      onFirstRound: this.#firstRound.resolve,
    }).run(this.#ended.signal);
    void this.#watchFolders();
    void this.#stalled.run(this.#ended.signal);
  }

  close(): void {
    this.#ended.abort();
    for (const stream of this.#streams.keys()) this.closeStream(stream);
    this.#inbox.close();
    this.#second.close();
  }

  /** Tries whatever waits at once. */
  retryNow(): void {
    this.#inbox.retryNow();
    this.#second.retryNow();
    this.#retry.notify();
  }

  /** Sends what a reader lacks, then what comes; `onEnd` when the stream ends by itself. */
  openStream(
    stream: number,
    request: LettersRequest,
    send: (bytes: Uint8Array<ArrayBuffer>) => void,
    onEnd: () => void,
  ): void {
    const end = new AbortController();
    const outlet = new StreamOutlet(send, () => {
      this.closeStream(stream);
      onEnd();
    });
    this.#streams.set(stream, { outlet, end });
    const signal = AbortSignal.any([end.signal, this.#ended.signal]);
    for (const folder of ['inbox', 'sent'] as const) {
      const feed: LetterFeed = new LetterFeed({
        folder,
        cursor: request.folders.find((cursor) => cursor.folder === folder) ?? null,
        connection: this.#connection(folder),
        path: () => this.#path(folder),
        renderer: this.#renderer,
        outlet,
        turn: this.#firstRound.promise,
        times: this.#options.times,
        clock: this.#options.clock,
        log: this.#options.log,
        onProgress: (progress) => {
          this.#onProgress(feed, progress);
        },
        onSynced: () => {
          this.#lastSyncAt = this.#options.clock.now();
          this.#report();
        },
      });
      void feed.run(signal).finally(() => {
        this.#onProgress(feed, null);
      });
    }
  }

  closeStream(stream: number): void {
    const open = this.#streams.get(stream);
    this.#streams.delete(stream);
    open?.end.abort();
    open?.outlet.close();
  }

  taken(stream: number, bytes: number): void {
    this.#streams.get(stream)?.outlet.taken(bytes);
  }

  /** Brings a letter, with the texts of a large one, to every open stream. */
  async fetchLetter(id: LetterId, locations: readonly LetterLocation[]): Promise<Result<void, MailboxError>> {
    const line = await this.#requests.line(id, locations);
    if (!line.ok) return line;
    for (const { outlet } of this.#streams.values()) outlet.push(line.value.slice());
    return ok(undefined);
  }

  attachment: LetterRequests['attachment'] = (request) => this.#requests.attachment(request);

  async sentCopies(messageId: string): Promise<Result<number, MailboxError>> {
    return await this.#inSent((client) => countCopies(client, messageId));
  }

  async fileSentCopy(
    messageId: string,
    bytes: Uint8Array,
  ): Promise<Result<'filed' | 'already-there', MailboxError>> {
    const result = await this.#inSent((client, path) => fileCopy(client, path, messageId, bytes));
    // Not every server announces what the connection itself brought.
    if (result.ok && result.value === 'filed') this.#secondChanges.notify();
    return result;
  }

  async #inSent<T>(
    job: (client: Parameters<typeof countCopies>[0], path: string) => Promise<T>,
  ): Promise<Result<T, MailboxError>> {
    if (this.#sentSearched && this.#sentPath === null) return err({ kind: 'folder-missing' });
    const path = this.#sentPath;
    const session = this.#second.current();
    if (session === null || path === null) return err({ kind: 'unreachable' });
    try {
      return ok(await session.run('asked-for', path, (client) => job(client, path)));
    } catch (error) {
      return err(requestError(error));
    }
  }

  /** Another program may rename, make or remove the Sent folder at any time, and no server tells. */
  async #watchFolders(): Promise<void> {
    const { record, times } = this.#options;
    const ended = this.#ended.signal;
    for (;;) {
      await pause(times.fullCheckMs, ended);
      const session = this.#inbox.current();
      if (ended.aborted) return;
      if (session === null) continue;
      try {
        const folders = await session.run('sync', inboxPath, (client) => client.list());
        this.#foundSent(findSentFolder(folders, record.sentFolder));
      } catch {
        // The connection is gone or the server unwilling; both are noticed elsewhere.
      }
    }
  }

  #foundSent(path: string | null): void {
    this.#sentPath = path;
    this.#sentSearched = true;
    this.#checkSecondHome();
  }

  /** The second connection starts again where its home is not the Sent folder, or is none any more. */
  #checkSecondHome(): void {
    const session = this.#second.current();
    if (session !== null && session.home !== (this.#sentPath ?? inboxPath)) session.close();
  }

  #connection(folder: MailFolder): MailConnection {
    return folder === 'inbox' ? this.#inbox : this.#second;
  }

  #path(folder: MailFolder): string | null {
    return folder === 'inbox' ? inboxPath : this.#sentPath;
  }

  #onInboxState(state: ConnectionState): void {
    this.#state = state;
    if (state.state === 'online' && !this.#secondStarted) {
      this.#secondStarted = true;
      this.#second.start();
    }
    if (state.state === 'waiting') this.#options.log.warn('mailbox-waits', { problem: state.problem });
    this.#report();
  }

  #onProgress(feed: LetterFeed, progress: { done: number; total: number } | null): void {
    if (progress === null) {
      if (!this.#progress.delete(feed)) return;
    } else {
      this.#progress.set(feed, progress);
    }
    this.#report();
  }

  #report(): void {
    if (this.#ended.signal.aborted) return;
    const all = [...this.#progress.values()];
    const sum = (count: (progress: { done: number; total: number }) => number): number =>
      all.reduce((total, progress) => total + count(progress), 0);
    this.#options.onStatus({
      connection: {
        state: this.#state.state,
        problem: this.#problem(),
        retryAt: this.#state.state === 'waiting' ? this.#state.retryAt : null,
        lastSyncAt: this.#lastSyncAt,
      },
      progress: all.length === 0 ? null : { done: sum(({ done }) => done), total: sum(({ total }) => total) },
    });
  }

  #problem(): Connection['problem'] {
    if (this.#state.state === 'waiting') return this.#state.problem;
    if (this.#stalled.isRaised) return 'sync-stalled';
    return this.#sentSearched && this.#sentPath === null ? 'folder-missing' : null;
  }
}
