import type { FolderCursor, LettersRequest } from '#shared/bridge/streams.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { MailboxRecord, MailServer } from '#shared/protocol/mailbox-record.ts';
import type { LetterFacts } from '#shared/ticket/letter.ts';
import type { Quarantine, Watermark } from '#shared/protocol/ingest.ts';
import type { IngestPort } from '#main/mailbox/ingest-port.ts';
import { Mailbox, type MailboxOptions } from '#main/mailbox/mailbox.ts';
import type { MailboxStatus } from '#main/mailbox/mailbox-engine.ts';
import { UidSet } from '#shared/mail/uid-set.ts';
import type { ApiCallError } from '#main/tickets/api-call-error.ts';
import { framesOfLine, type SingleFrame } from '#test/fakes/letter-frames.ts';
import type { Dovecot } from '#test/fakes/start-dovecot.ts';

/** Where a worker's module lies when the sources run as they are. */
export function workerUrl(name: string): URL {
  return new URL(`../../../src-main/mailbox/${name}.ts`, import.meta.url);
}

export function plainServer(at: Pick<Dovecot, 'host' | 'port' | 'user' | 'password'>): MailServer {
  return {
    host: at.host,
    port: at.port,
    security: 'none',
    allowPlainText: false,
    user: at.user,
    password: at.password,
  };
}

export function recordFor(imap: MailServer, changes: Partial<MailboxRecord> = {}): MailboxRecord {
  return {
    revision: 1,
    address: 'support@example.test',
    displayName: 'Support',
    ownAddresses: [],
    imap,
    smtp: imap,
    certificateAuthority: null,
    sentFolder: null,
    ticketsFrom: 0,
    ...changes,
  };
}

/** A ticket API's ingest in memory: keeps what it was told, in order. */
export class RecordingPort implements IngestPort {
  readonly ingested: LetterFacts[] = [];
  readonly batches: number[] = [];
  readonly quarantined: Quarantine[] = [];
  readonly watermarks: Watermark[] = [];
  readonly asked: string[] = [];
  leases = 0;
  /** Answers every call with this while it is set. */
  failure: ApiCallError | null = null;
  /** Called before a batch is taken. */
  onIngest: (() => void) | null = null;
  readonly #settled = new Map<string, UidSet>();

  #settle(folder: string, uidValidity: string, uid: number): void {
    const key = `${folder} ${uidValidity}`;
    this.#settled.set(key, (this.#settled.get(key) ?? UidSet.empty).union(UidSet.of([uid])));
  }

  #answer<T>(make: () => T): Promise<Result<T, ApiCallError>> {
    return Promise.resolve(this.failure === null ? ok(make()) : err(this.failure));
  }

  missing: IngestPort['missing'] = ({ folder, uidValidity, uids }) =>
    this.#answer(() => {
      this.asked.push(`${folder} ${uids}`);
      const settled = this.#settled.get(`${folder} ${uidValidity}`) ?? UidSet.empty;
      return { uids: UidSet.parse(uids).difference(settled).format() };
    });

  ingest: IngestPort['ingest'] = ({ letters }) => {
    this.onIngest?.();
    return this.#answer(() => {
      this.batches.push(letters.length);
      for (const letter of letters) {
        this.ingested.push(letter);
        this.#settle(letter.location.folder, letter.location.uidValidity, letter.location.uid);
      }
      const disposition = { state: 'ignored', reason: 'history' } as const;
      return { letters: letters.map(({ id }) => ({ id, disposition, isNew: true })) };
    });
  };

  quarantine: IngestPort['quarantine'] = (letter) =>
    this.#answer(() => {
      this.quarantined.push(letter);
      this.#settle(letter.location.folder, letter.location.uidValidity, letter.location.uid);
      return {};
    });

  lease: IngestPort['lease'] = () =>
    this.#answer(() => {
      this.leases += 1;
      return { held: true, expiresAt: Date.now() + 90_000 };
    });

  putWatermark: IngestPort['putWatermark'] = (watermark) =>
    this.#answer(() => {
      this.watermarks.push(watermark);
      return {};
    });

  serverNow = (): number => Date.now();
}

/** Waits for something that other threads bring about. */
export async function until(condition: () => boolean, what: string, timeoutMs = 20_000): Promise<void> {
  const giveUpAt = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > giveUpAt) throw new Error(`Waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A mailbox with what it said of itself, closed with `await using`. */
export class DeskMailbox implements AsyncDisposable {
  readonly mailbox: Mailbox;
  readonly statuses: MailboxStatus[] = [];
  readonly events: { event: string; facts: Readonly<Record<string, unknown>> }[] = [];
  readonly port: RecordingPort;

  constructor(record: MailboxRecord, options: Partial<MailboxOptions> & { port?: RecordingPort } = {}) {
    this.port = options.port ?? new RecordingPort();
    const note = (event: string, facts: Readonly<Record<string, unknown>> = {}): void => {
      this.events.push({ event, facts });
    };
    this.mailbox = new Mailbox({
      workerUrl,
      record,
      api: this.port,
      clock: { now: () => Date.now() },
      log: { info: note, warn: note, error: note },
      onStatus: (status) => this.statuses.push(status),
      ...options,
    });
    this.mailbox.start();
  }

  status(): MailboxStatus | undefined {
    return this.statuses.at(-1);
  }

  async online(): Promise<void> {
    await until(() => this.status()?.connection.state === 'online', 'the mailbox is online');
  }

  /** Opens a reader. */
  read(request: LettersRequest = { folders: [] }): Reader {
    return new Reader(this.mailbox, request);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.mailbox.close();
  }
}

/** Reads the letters stream as the cache does, cursors included. */
export class Reader {
  readonly frames: SingleFrame[] = [];
  ended = false;
  readonly #abort = new AbortController();
  readonly #cursors = new Map<string, FolderCursor>();

  constructor(mailbox: Mailbox, request: LettersRequest) {
    for (const cursor of request.folders) this.#cursors.set(cursor.folder, cursor);
    void this.#run(mailbox, request);
  }

  async #run(mailbox: Mailbox, request: LettersRequest): Promise<void> {
    const decoder = new TextDecoder();
    for await (const bytes of mailbox.letterLines(request, this.#abort.signal)) {
      const text = decoder.decode(bytes);
      if (!text.endsWith('\n')) throw new Error('A chunk is not made of whole lines.');
      for (const frame of text.slice(0, -1).split('\n').flatMap(framesOfLine)) this.#take(frame);
    }
    this.ended = true;
  }

  #take(frame: SingleFrame): void {
    this.frames.push(frame);
    const place = frame.type === 'letter' || frame.type === 'unreadable' ? frame.location : frame;
    const before = this.#cursors.get(place.folder);
    const cursor =
      before?.uidValidity === place.uidValidity
        ? before
        : { folder: place.folder, uidValidity: place.uidValidity, uids: '', synced: null };
    const uids = UidSet.parse(cursor.uids);
    if ('uid' in place) {
      const one = UidSet.of([place.uid]);
      const others = UidSet.parse(cursor.unreadable ?? '').difference(one);
      const unreadable = (frame.type === 'unreadable' ? others.union(one) : others).format();
      this.#cursors.set(place.folder, { ...cursor, uids: uids.union(one).format(), unreadable });
    } else if (frame.type === 'gone') {
      this.#cursors.set(place.folder, {
        ...cursor,
        uids: uids.difference(UidSet.parse(frame.uids)).format(),
      });
    } else if (frame.type === 'synced') {
      this.#cursors.set(place.folder, { ...cursor, synced: frame.synced });
    } else {
      this.#cursors.set(place.folder, cursor);
    }
  }

  /** What this reader would ask with next time. */
  request(): LettersRequest {
    return { folders: [...this.#cursors.values()] };
  }

  count(type: SingleFrame['type']): number {
    return this.frames.filter((frame) => frame.type === type).length;
  }

  letters(): Extract<SingleFrame, { type: 'letter' }>[] {
    return this.frames.filter((frame) => frame.type === 'letter');
  }

  subjects(): string[] {
    return this.letters().map(({ content }) => content.subject);
  }

  /** Waits until that folder was declared complete that many times. */
  async synced(folder: 'inbox' | 'sent' = 'inbox', times = 1): Promise<void> {
    await until(
      () => this.frames.filter((frame) => frame.type === 'synced' && frame.folder === folder).length >= times,
      `${folder} is synced`,
    );
  }

  stop(): void {
    this.#abort.abort();
  }
}

/** A small letter; header lines are added as they are. */
export function letter(subject: string, headers = '', body = 'Hello.'): string {
  return [
    `From: Client <client@example.test>`,
    'To: support@example.test',
    `Subject: ${subject}`,
    `Message-ID: <${subject.replaceAll(/[^\w]/gu, '-')}@example.test>`,
    'Date: Mon, 16 Nov 2026 10:00:00 +0300',
    ...(headers === '' ? [] : [headers]),
    '',
    body,
    '',
  ].join('\r\n');
}
