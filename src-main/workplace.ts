import type { Connection } from '#shared/bridge/desk-status.ts';
import type { MailboxRecord } from '#shared/protocol/mailbox-record.ts';
import type { Role } from '#shared/ticket/author.ts';
import type { AutomaticLetters } from './automatic/automatic-letters.ts';
import type { AttachmentStore } from './journal/attachment-store.ts';
import type { Journal } from './journal/journal.ts';
import { countJournal } from './journal/journal-state.ts';
import type { Mailbox } from './mailbox/mailbox.ts';
import type { ServerPlace } from './network/network-return.ts';
import type { OutgoingQueue } from './outgoing/outgoing-queue.ts';
import type { StatusBoard } from './status-board.ts';
import type { SignedIn } from './tickets/connect-session.ts';
import type { DeskPresence } from './tickets/desk-presence.ts';
import type { Outbox } from './tickets/outbox.ts';
import { Wake } from './tickets/wake.ts';

/** As long as somebody who leaves waits for their last letters; shorter than the whole end of the desk may last. */
const farewellMs = 6000;

/** What a workplace is made of; see `compose.ts`. */
export interface WorkplaceParts {
  readonly signedIn: SignedIn;
  /** As which the agent works here; for another one another workplace is opened. */
  readonly role: Role;
  readonly journal: Journal;
  readonly attachments: AttachmentStore;
  readonly outbox: Outbox;
  readonly presence: DeskPresence;
  readonly makeOutgoing: (place: Workplace) => OutgoingQueue;
  readonly makeAutomatic: (place: Workplace) => AutomaticLetters;
  readonly makeMailbox: (record: MailboxRecord) => Mailbox;
  readonly status: StatusBoard;
}

/** Everything that works for one signed-in agent, from log-in to log-out. */
export class Workplace {
  readonly signedIn: SignedIn;
  readonly role: Role;
  readonly journal: Journal;
  readonly attachments: AttachmentStore;
  readonly outbox: Outbox;
  readonly presence: DeskPresence;
  readonly outgoing: OutgoingQueue;
  /** Rings when the changes should be asked for at once. */
  readonly pullNow = new Wake();
  /** Aborted when the agent leaves: ends every stream. */
  readonly closing = new AbortController();
  readonly #parts: WorkplaceParts;
  readonly #automatic: AutomaticLetters;
  #mailbox: Mailbox | null = null;
  #record: MailboxRecord | null = null;
  /** Aborted, and replaced, with each change of the mailbox: its streams begin anew. */
  #mailboxEnds = new AbortController();
  #changing: Promise<void> = Promise.resolve();

  constructor(parts: WorkplaceParts) {
    this.#parts = parts;
    this.signedIn = parts.signedIn;
    this.role = parts.role;
    this.journal = parts.journal;
    this.attachments = parts.attachments;
    this.outbox = parts.outbox;
    this.presence = parts.presence;
    this.outgoing = parts.makeOutgoing(this);
    this.#automatic = parts.makeAutomatic(this);
  }

  /** Null until a mailbox record is known. */
  get mailbox(): Mailbox | null {
    return this.#mailbox;
  }

  get record(): MailboxRecord | null {
    return this.#record;
  }

  /** Aborts when the present mailbox, or its absence, ends. */
  get mailboxEnds(): AbortSignal {
    return this.#mailboxEnds.signal;
  }

  async start(record: MailboxRecord | null): Promise<void> {
    const { journal, status, outbox } = this.#parts;
    const count = (): void => status.change(countJournal(journal.state));
    journal.subscribe(count);
    count();
    outbox.start();
    this.presence.start();
    await this.useMailbox(record);
    await this.outgoing.start();
    this.#automatic.start();
  }

  /** Connects to another mailbox, or anew with a changed record; the same revision changes nothing. */
  async useMailbox(record: MailboxRecord | null): Promise<void> {
    const change = async (): Promise<void> => {
      if (record?.revision === this.#record?.revision || this.closing.signal.aborted) return;
      const before = this.#mailbox;
      this.#record = record;
      this.#mailbox = record === null ? null : this.#parts.makeMailbox(record);
      this.#mailboxEnds.abort();
      this.#mailboxEnds = new AbortController();
      await before?.close();
      this.#mailbox?.start();
      // The record may hold what the mail server wanted.
      this.outgoing.retryNow();
    };
    const changed = this.#changing.then(change);
    this.#changing = changed.catch(() => {});
    await changed;
  }

  /** Everything that waits for its next try goes on at once. */
  retryNow(): void {
    this.pullNow.ring();
    this.outbox.retryNow();
    this.outgoing.retryNow();
    this.#mailbox?.retryNow();
  }

  /** The servers that cannot be reached, each of which something here waits for. */
  unreachable(): readonly ServerPlace[] {
    const { api, mailbox } = this.#parts.status.status;
    const isAway = ({ state, problem }: Connection): boolean =>
      state === 'waiting' && problem === 'unreachable';
    const places: ServerPlace[] = isAway(api) ? [placeOf(this.signedIn.api.baseUrl)] : [];
    const record = this.#record;
    if (record !== null && isAway(mailbox)) places.push(record.imap);
    if (record !== null && this.outgoing.waitsForServer) places.push(record.smtp);
    return places;
  }

  /** Who waits for a server that could not be reached tries at once; who was refused waits on. */
  networkIsBack(): void {
    this.pullNow.ring();
    this.outbox.retryNow();
    this.outgoing.networkIsBack();
    const { problem } = this.#parts.status.status.mailbox;
    if (problem === null || problem === 'unreachable') this.#mailbox?.retryNow();
  }

  /**
   * Before the agent leaves: says that nobody is at this desk, sends what only waited in case it was called back, and tells the API what was done, as far as
   * both are possible within seconds. The rest waits in the journal for the agent's return.
   */
  async letGo(): Promise<void> {
    const patience = AbortSignal.timeout(farewellMs);
    const isLate = new Promise<void>((resolve) => patience.addEventListener('abort', () => resolve()));
    const isDone = this.outgoing.letGo().then(() => this.outbox.afterPush());
    await Promise.race([Promise.all([isDone, this.presence.close()]), isLate]);
  }

  /** Finishes what is being written; what is not sent yet waits in the journal. */
  async close(): Promise<void> {
    this.closing.abort();
    this.#mailboxEnds.abort();
    await this.#changing;
    // Letters that are just leaving still need the mailbox's Sent folder.
    await this.#automatic.close();
    await Promise.all([
      this.presence.close(),
      this.outbox.close(),
      this.outgoing.close(),
      this.#mailbox?.close(),
    ]);
    await this.journal.close();
  }
}

function placeOf(url: string): ServerPlace {
  const { hostname, port, protocol } = new URL(url);
  const host = hostname.replace(/^\[|\]$/gu, '');
  return { host, port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port) };
}
