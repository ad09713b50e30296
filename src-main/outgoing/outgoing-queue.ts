import { v4 as uuidv4, v7 as uuidv7 } from 'uuid';
import type { Outgoing } from '#shared/bridge/draft.ts';
import type { Clock } from '#shared/clock.ts';
import type { DraftId, OutgoingId } from '#shared/ids.ts';
import type { MailboxRecord } from '#shared/protocol/mailbox-record.ts';
import type { SendClaim, SendClaimAnswer } from '#shared/protocol/send-claim.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Author } from '#shared/ticket/author.ts';
import type { AttachmentError, AttachmentStore } from '../journal/attachment-store.ts';
import type { Journal, JournalError } from '../journal/journal.ts';
import type { JournalRecord } from '../journal/journal-record.ts';
import type { JournalOutgoing } from '../journal/journal-state.ts';
import type { Log } from '../log.ts';
import { backOffMs, type BackOff, type Scheduler } from '../scheduler.ts';
import { deliverBySmtp, type DeliveryOutcome } from './deliver-by-smtp.ts';
import { freezeLetter, type FreezeError, type LoadedAttachment } from './freeze-letter.ts';
import {
  answerOperation,
  moveAfter,
  moveRecord,
  openRecipients,
  operationRecord,
} from './outgoing-records.ts';

/** The Sent folder, as far as outgoing letters need it. */
export interface SentFolder {
  sentCopies(messageId: string): Promise<Result<number, unknown>>;
  fileSentCopy(messageId: string, source: Uint8Array): Promise<Result<'filed' | 'already-there', unknown>>;
}

/** `conflict`: another desk has or had this letter. Everything else is a reason to wait. */
type ClaimError = { readonly kind: string };

/** What the queue works with. */
export interface OutgoingPorts {
  readonly journal: Journal;
  readonly attachments: AttachmentStore;
  claimSend(claim: SendClaim): Promise<Result<SendClaimAnswer, ClaimError>>;
  /** Null until the mailbox record is known. */
  mailbox(): MailboxRecord | null;
  readonly sentFolder: SentFolder;
  readonly author: Author;
  /** Corrected by the API's clock. */
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly log: Log;
}

type SendError = FreezeError | JournalError | AttachmentError | { readonly kind: 'not-found' | 'no-mailbox' };

/** Letters that are done are kept this long, so that an uncertain twin can be recognised. */
const keepSentMs = 14 * 24 * 3_600_000;

const retryBackOff: BackOff = { firstMs: 2000, maxMs: 60_000 };

/**
 * The life of outgoing letters.
 *
 *     queued --claim, connect--> sending --last byte--> uncertain --the server's word--> sent | partial | failed
 *       ^  \--thread moved--> held                          |
 *       |___________ surely not delivered __________________| (only by the server's word, or the agent)
 *
 * Each arrow is a synced journal record, written before what it announces happens. So after a crash `sending` means
 * that the final dot never left (back to queued), and `uncertain` that it may have. Absence of evidence never queues a
 * letter again. Letters leave one at a time in the order in which they were queued.
 */
export class OutgoingQueue {
  readonly #ports: OutgoingPorts;
  readonly #attempts = new Map<OutgoingId, number>();
  #working: Promise<void> | null = null;
  #again = false;
  #closed = false;
  /** Aborted when the wait for the next try is not needed any more. */
  #waiting = new AbortController();
  /** The letter an attempt is being made for. */
  #inHand: OutgoingId | null = null;

  constructor(ports: OutgoingPorts) {
    this.#ports = ports;
  }

  /** Takes up what an earlier run left. */
  async start(): Promise<void> {
    const { journal, clock } = this.#ports;
    for (const item of journal.state.outgoing.values()) {
      const { state, filed, id } = item.outgoing;
      if (state === 'sending') await journal.append(moveRecord(item, clock.now(), { state: 'queued' }));
      if (state === 'sent' && filed && item.movedAt + keepSentMs < clock.now()) await this.#remove(id);
    }
    this.kick();
  }

  /** Freezes a saved draft into a letter; resolves after it is on disk. */
  async send(draftId: DraftId): Promise<Result<Outgoing, SendError>> {
    const { journal, attachments, clock } = this.#ports;
    const draft = journal.state.drafts.get(draftId);
    if (draft === undefined) return err({ kind: 'not-found' });
    const mailbox = this.#ports.mailbox();
    if (mailbox === null) return err({ kind: 'no-mailbox' });
    const loaded: LoadedAttachment[] = [];
    for (const { id, name, type } of draft.attachments) {
      const bytes = await attachments.get(id);
      if (!bytes.ok) return err({ kind: 'not-found' });
      loaded.push({ name, type, bytes: bytes.value });
    }
    const at = clock.now();
    const frozen = await freezeLetter({
      draft,
      attachments: loaded,
      mailbox,
      token: draft.ticketToken,
      unique: uuidv4(),
      at,
    });
    if (!frozen.ok) return frozen;
    const { messageId, envelope, source } = frozen.value;
    const stored = await attachments.put(source);
    if (!stored.ok) return err(stored.error);
    const outgoing: Outgoing = {
      id: uuidv7() as OutgoingId,
      ticketId: draft.ticketId,
      draft,
      state: 'queued',
      messageId,
      queuedAt: at,
      reason: null,
      recipients: envelope.to.map((address) => ({ address, state: 'waiting' })),
      filed: false,
    };
    const written = await journal.append({
      v: 1,
      at,
      kind: 'outgoing-queued',
      outgoing,
      envelope: { from: envelope.from, to: [...envelope.to] },
      mimeFile: stored.value.id,
    });
    if (!written.ok) return written;
    this.kick();
    return ok(outgoing);
  }

  /** Carries out what the agent decided about a letter; `conflict` where its state does not allow that. */
  async decide(
    id: OutgoingId,
    decision: 'edit' | 'send' | 'dismiss',
  ): Promise<Result<void, JournalError | { readonly kind: 'not-found' | 'conflict' }>> {
    const item = this.#ports.journal.state.outgoing.get(id);
    if (item === undefined) return err({ kind: 'not-found' });
    if (this.#inHand === id) return err({ kind: 'conflict' });
    switch (decision) {
      case 'edit':
        return await this.#edit(item);
      case 'send':
        return await this.#release(item);
      case 'dismiss':
        return await this.#dismiss(item);
    }
  }

  /** Something changed that letters may have waited for: looks at all of them now. */
  kick(): void {
    if (this.#closed) return;
    this.#again = true;
    // In a turn of its own: work that finds nothing ends at once, and must not end before it is noted as begun.
    this.#working ??= Promise.resolve().then(() => this.#work());
  }

  /** Resolves when no letter is in hand any more; one that is being sent is finished first. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#waiting.abort();
    await this.#working;
  }

  async #edit(item: JournalOutgoing): Promise<Result<void, JournalError | { readonly kind: 'conflict' }>> {
    const { state, draft, id } = item.outgoing;
    if (state !== 'queued' && state !== 'held' && state !== 'failed') return err({ kind: 'conflict' });
    const { journal, attachments, clock } = this.#ports;
    const at = clock.now();
    const written = await journal.append([
      { v: 1, at, kind: 'outgoing-removed', id },
      { v: 1, at, kind: 'draft-saved', draft: { ...draft, updatedAt: at } },
    ]);
    if (written.ok) await attachments.remove(item.mimeFile);
    return written;
  }

  async #release(item: JournalOutgoing): Promise<Result<void, JournalError | { readonly kind: 'conflict' }>> {
    const { journal, clock } = this.#ports;
    const { id, state, reason } = item.outgoing;
    if (state !== 'queued' && state !== 'held' && state !== 'failed' && state !== 'uncertain') {
      return err({ kind: 'conflict' });
    }
    const check = state === 'queued' && reason === 'api-unreachable' ? 'none' : 'ignore-changes';
    const at = clock.now();
    const recipients = item.outgoing.recipients.map(({ address, state: known }) => ({
      address,
      state: known === 'refused' ? ('waiting' as const) : known,
    }));
    const written = await journal.append([
      { v: 1, at, kind: 'outgoing-released', id, check },
      moveRecord(item, at, { state: 'queued', recipients }),
    ]);
    this.#attempts.delete(id);
    if (written.ok) this.kick();
    return written;
  }

  async #dismiss(item: JournalOutgoing): Promise<Result<void, JournalError | { readonly kind: 'conflict' }>> {
    const { state } = item.outgoing;
    if (state === 'uncertain') {
      // The agent knows that it arrived: the service is told, as the server's word would have done.
      const told = await this.#settle(item, moveRecord(item, this.#ports.clock.now(), { state: 'sent' }));
      if (!told.ok) return told;
      this.kick();
      return ok(undefined);
    }
    if (state !== 'failed' && state !== 'sent' && state !== 'partial') return err({ kind: 'conflict' });
    return await this.#remove(item.outgoing.id);
  }

  async #remove(id: OutgoingId): Promise<Result<void, JournalError>> {
    const { journal, attachments, clock } = this.#ports;
    const item = journal.state.outgoing.get(id);
    const removed = await journal.append({ v: 1, at: clock.now(), kind: 'outgoing-removed', id });
    if (!removed.ok || item === undefined) return removed;
    await attachments.remove(item.mimeFile);
    for (const attachment of item.outgoing.draft.attachments) await attachments.remove(attachment.id);
    return removed;
  }

  async #work(): Promise<void> {
    while (this.#again && !this.#closed) {
      this.#again = false;
      this.#waiting.abort();
      let retryMs = Number.POSITIVE_INFINITY;
      for (const id of this.#ports.journal.state.outgoing.keys()) {
        if (this.#closed) break;
        this.#inHand = id;
        await this.#advance(id);
        this.#inHand = null;
        if (this.#isOpen(id)) retryMs = Math.min(retryMs, this.#nextRetryMs(id));
        else this.#attempts.delete(id);
      }
      if (Number.isFinite(retryMs)) this.#retryAfter(retryMs);
    }
    this.#working = null;
  }

  #retryAfter(delayMs: number): void {
    const waiting = new AbortController();
    this.#waiting = waiting;
    void this.#ports.scheduler.delay(delayMs, waiting.signal).then(() => {
      if (!waiting.signal.aborted) this.kick();
    });
  }

  #nextRetryMs(id: OutgoingId): number {
    const attempt = (this.#attempts.get(id) ?? 0) + 1;
    this.#attempts.set(id, attempt);
    return backOffMs(retryBackOff, attempt, this.#ports.scheduler.random());
  }

  /** Whether time alone may bring the letter on. */
  #isOpen(id: OutgoingId): boolean {
    const item = this.#ports.journal.state.outgoing.get(id);
    switch (item?.outgoing.state) {
      case 'queued':
        return true;
      case 'partial':
        return !item.outgoing.filed || openRecipients(item).length > 0;
      case 'sent':
        return !item.outgoing.filed;
      case 'sending':
      case 'uncertain':
      case 'held':
      case 'failed':
      case undefined:
        return false;
    }
  }

  /** Brings a letter as far as it goes now. */
  async #advance(id: OutgoingId): Promise<void> {
    const item = this.#ports.journal.state.outgoing.get(id);
    if (item === undefined) return;
    const { state } = item.outgoing;
    if (state === 'queued' || (state === 'partial' && openRecipients(item).length > 0))
      await this.#attempt(item);
    await this.#lookForEvidence(id);
    await this.#file(id);
  }

  async #attempt(item: JournalOutgoing): Promise<void> {
    const { journal, attachments, clock, log } = this.#ports;
    const mailbox = this.#ports.mailbox();
    if (mailbox === null) return this.#wait(item, 'no-mailbox');
    if (!(await this.#claim(item))) return;
    const source = await attachments.get(item.mimeFile);
    if (!source.ok) {
      log.error('outgoing.bytes-missing', { id: item.outgoing.id });
      await journal.append(moveRecord(item, clock.now(), { state: 'failed', reason: 'smtp-refused-letter' }));
      return;
    }
    const envelope = { from: item.envelope.from, to: openRecipients(item) };
    const route = { server: mailbox.smtp, certificateAuthority: mailbox.certificateAuthority };
    const outcome = await deliverBySmtp(route, envelope, source.value, {
      connected: () => this.#mark(item, { state: 'sending' }),
      flushing: () => this.#mark(item, { state: 'uncertain' }),
    });
    log.info('outgoing.attempt', { id: item.outgoing.id, outcome: outcome.kind });
    await this.#conclude(item, outcome);
  }

  /** Writes the step before it happens; what cannot be written must not happen. */
  async #mark(item: JournalOutgoing, move: { readonly state: 'sending' | 'uncertain' }): Promise<void> {
    const written = await this.#ports.journal.append(moveRecord(item, this.#ports.clock.now(), move));
    if (!written.ok) throw new Error(written.error.kind);
  }

  /** False when the letter does not leave now. */
  async #claim(item: JournalOutgoing): Promise<boolean> {
    if (item.check === 'none') return true;
    const { journal, clock } = this.#ports;
    const { id, messageId, ticketId, draft } = item.outgoing;
    const claim = await this.#ports.claimSend({
      outgoingId: id,
      messageId,
      ticketId,
      ticketVersion: draft.ticketVersion,
    });
    if (!claim.ok) {
      if (claim.error.kind === 'conflict') {
        await journal.append(moveRecord(item, clock.now(), { state: 'held', reason: 'claimed-elsewhere' }));
      } else {
        await this.#wait(item, 'api-unreachable');
      }
      return false;
    }
    const { movedOn } = claim.value;
    if (movedOn === null || item.check === 'ignore-changes') return true;
    const reason = movedOn.reason === 'closed' ? 'ticket-closed' : movedOn.reason;
    await journal.append(moveRecord(item, clock.now(), { state: 'held', reason }));
    return false;
  }

  async #conclude(item: JournalOutgoing, outcome: DeliveryOutcome): Promise<void> {
    const { journal, clock } = this.#ports;
    const move = moveAfter(item, outcome);
    const record = moveRecord(item, clock.now(), move);
    if (outcome.kind !== 'accepted') {
      await journal.append(record);
      return;
    }
    const recipients = move.recipients ?? item.outgoing.recipients;
    await this.#settle({ ...item, outgoing: { ...item.outgoing, recipients } }, record);
  }

  /** The letter's end and the operation that tells of it: one whole in the journal. */
  async #settle(item: JournalOutgoing, record: JournalRecord): Promise<Result<void, JournalError>> {
    const { journal, clock, author } = this.#ports;
    const from = { name: this.#ports.mailbox()?.displayName ?? '', address: item.envelope.from };
    const operation = answerOperation(item, clock.now(), from);
    return await journal.append([record, operationRecord(operation, author)]);
  }

  /** A copy in Sent that the server filed proves that it took the letter; no copy proves nothing. */
  async #lookForEvidence(id: OutgoingId): Promise<void> {
    const { journal, sentFolder, clock } = this.#ports;
    const item = journal.state.outgoing.get(id);
    if (item?.outgoing.state !== 'uncertain') return;
    const copies = await sentFolder.sentCopies(item.outgoing.messageId);
    if (!copies.ok || copies.value === 0) return;
    const recipients = item.outgoing.recipients.map(({ address }) => ({
      address,
      state: 'accepted' as const,
    }));
    await this.#settle(item, moveRecord(item, clock.now(), { state: 'sent', filed: true, recipients }));
  }

  async #wait(item: JournalOutgoing, reason: 'no-mailbox' | 'api-unreachable'): Promise<void> {
    if (item.outgoing.reason === reason) return;
    const { journal, clock } = this.#ports;
    await journal.append(moveRecord(item, clock.now(), { state: item.outgoing.state, reason }));
  }

  /** Sees to exactly one copy in Sent; the search comes before the append, so that doing it again is harmless. */
  async #file(id: OutgoingId): Promise<void> {
    const { journal, attachments, clock, sentFolder } = this.#ports;
    const item = journal.state.outgoing.get(id);
    if (item === undefined || item.outgoing.filed) return;
    const { state, reason, messageId } = item.outgoing;
    if (state !== 'sent' && state !== 'partial') return;
    const source = await attachments.get(item.mimeFile);
    if (!source.ok) return;
    const filed = await sentFolder.fileSentCopy(messageId, source.value);
    if (filed.ok) await journal.append(moveRecord(item, clock.now(), { state, reason, filed: true }));
  }
}
