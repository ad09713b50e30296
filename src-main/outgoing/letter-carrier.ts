import type { Clock } from '#shared/clock.ts';
import type { OutgoingId } from '#shared/ids.ts';
import type { MailboxRecord } from '#shared/protocol/mailbox-record.ts';
import type { SendClaim, SendClaimAnswer } from '#shared/protocol/send-claim.ts';
import type { Result } from '#shared/result.ts';
import type { Author } from '#shared/ticket/author.ts';
import type { RecordAnswer } from '#shared/ticket/operations/record-answer.ts';
import type { AttachmentStore } from '../journal/attachment-store.ts';
import type { Journal } from '../journal/journal.ts';
import type { JournalRecord } from '../journal/journal-record.ts';
import type { JournalOutgoing } from '../journal/journal-state.ts';
import type { Log } from '../log.ts';
import { deliverBySmtp, type DeliveryOutcome, type DeliverySteps } from './deliver-by-smtp.ts';
import { fromNameOf } from './freeze-letter.ts';
import { smtpLimits, type SmtpLimits } from './open-smtp.ts';
import {
  arrivedMove,
  bytesMissingMove,
  departureRecord,
  flushingMove,
  hasAccepted,
  moveAfter,
  moveRecord,
  openRecipients,
  removedRecipients,
  waitingState,
  withheldMove,
} from './outgoing-records.ts';

/** The Sent folder, as far as outgoing letters need it. */
export interface SentFolder {
  sentCopies(messageId: string): Promise<Result<number, unknown>>;
  fileSentCopy(messageId: string, source: Uint8Array): Promise<Result<'filed' | 'already-there', unknown>>;
}

export interface CarrierPorts {
  readonly journal: Journal;
  readonly attachments: AttachmentStore;
  /**
   * `conflict`: another desk has or had this letter. Everything else is a reason to wait; `not-found` is a ticket of
   * which the API does not know yet, because the operation that creates it is still on its way.
   */
  claimSend(claim: SendClaim): Promise<Result<SendClaimAnswer, { readonly kind: string }>>;
  /** Null until the mailbox record is known. */
  mailbox(): MailboxRecord | null;
  readonly sentFolder: SentFolder;
  readonly author: Author;
  /** Corrected by the API's clock. */
  readonly clock: Clock;
  readonly log: Log;
  readonly smtpLimits?: SmtpLimits;
}

/** A letter may leave; null where no claim stands behind it, because the agent wanted it so. */
interface Permission {
  readonly leaseExpiresAt: number | null;
}

/**
 * Brings one letter on, as far as it goes: claim, SMTP, evidence, the copy in Sent.
 *
 * What a server said is never lost: a word that the disk refused is kept here and written before anything else is done
 * with that letter.
 */
export class LetterCarrier {
  readonly #ports: CarrierPorts;
  readonly #stop: AbortSignal;
  readonly #unwritten = new Map<OutgoingId, readonly JournalRecord[]>();

  /** `stop` ends an attempt that is under way: at once before the final dot, soon after it. */
  constructor(ports: CarrierPorts, stop: AbortSignal) {
    this.#ports = ports;
    this.#stop = stop;
  }

  /** The caller sees to it that nobody else works on this letter meanwhile. */
  async advance(id: OutgoingId): Promise<void> {
    if (!(await this.#writeLeftOver(id))) return;
    const item = this.#ports.journal.state.outgoing.get(id);
    if (item === undefined) return;
    const { state } = item.outgoing;
    // Nobody is sending it now, so `sending` means that an attempt ended before its final dot.
    const isLeaving = state === 'queued' || state === 'sending';
    if (isLeaving || (state === 'partial' && openRecipients(item).length > 0)) await this.#attempt(item);
    await this.#lookForEvidence(id);
    await this.#file(id);
  }

  /** Whether something of the letter has still to be written. */
  hasLeftOver(id: OutgoingId): boolean {
    return this.#unwritten.has(id);
  }

  /** Before the end: what the disk refused gets one more chance, for nobody remembers it afterwards. */
  async writeLeftOvers(): Promise<void> {
    for (const id of this.#unwritten.keys()) await this.#writeLeftOver(id);
  }

  async #attempt(item: JournalOutgoing): Promise<void> {
    const { attachments, log } = this.#ports;
    const mailbox = this.#ports.mailbox();
    if (mailbox === null) return this.#wait(item, 'no-mailbox');
    const permission = await this.#claim(item);
    if (permission === null) return;
    const source = await attachments.get(item.mimeFile);
    if (!source.ok) {
      log.error('outgoing.bytes-missing', { id: item.outgoing.id });
      await this.#write(item, [this.#moved(item, bytesMissingMove(item))]);
      return;
    }
    const envelope = { from: item.envelope.from, to: openRecipients(item) };
    const route = { server: mailbox.smtp, certificateAuthority: mailbox.certificateAuthority };
    const limits = this.#ports.smtpLimits ?? smtpLimits;
    const steps: DeliverySteps = {
      connected: () => this.#mark(item, { state: 'sending' }),
      flushing: async (recipients) => {
        await this.#keepClaim(item, permission, limits.silenceMs);
        await this.#mark(item, flushingMove(item, recipients));
      },
    };
    const outcome = await deliverBySmtp(route, envelope, source.value, steps, this.#stop, limits);
    log.info('outgoing.attempt', { id: item.outgoing.id, outcome: outcome.kind });
    // What the server said of single recipients before the dot stands, however the attempt ended.
    const recipients =
      this.#ports.journal.state.outgoing.get(item.outgoing.id)?.outgoing.recipients ??
      item.outgoing.recipients;
    await this.#conclude({ ...item, outgoing: { ...item.outgoing, recipients } }, outcome);
  }

  /** Before the dot: a claim that might end before the server's word is taken anew, or the letter does not leave. */
  async #keepClaim(
    item: JournalOutgoing,
    { leaseExpiresAt }: Permission,
    untilWordMs: number,
  ): Promise<void> {
    const needed = this.#ports.clock.now() + untilWordMs;
    if (leaseExpiresAt === null || leaseExpiresAt >= needed) return;
    const renewed = await this.#ports.claimSend(claimOf(item));
    if (!renewed.ok || renewed.value.leaseExpiresAt < needed) throw new Error('the claim was lost');
  }

  /** Writes a step before it happens; what cannot be written, or concerns a letter that is gone, must not happen. */
  async #mark(item: JournalOutgoing, move: Parameters<typeof moveRecord>[2]): Promise<void> {
    const { journal } = this.#ports;
    const written = await journal.append(this.#moved(item, move));
    if (!written.ok) throw new Error(written.error.kind);
    if (!journal.state.outgoing.has(item.outgoing.id)) throw new Error('gone');
  }

  /** Null when the letter does not leave now. */
  async #claim(item: JournalOutgoing): Promise<Permission | null> {
    if (item.check === 'none') return { leaseExpiresAt: null };
    const claim = await this.#ports.claimSend(claimOf(item));
    if (!claim.ok && claim.error.kind !== 'conflict') {
      await this.#wait(item, claim.error.kind === 'not-found' ? 'ticket-unknown' : 'api-unreachable');
      return null;
    }
    // What some have got is on its way to the others: there is nothing left to hold.
    const isUnderWay = hasAccepted(item);
    if (!claim.ok) {
      if (isUnderWay) await this.#wait(item, 'claimed-elsewhere');
      else await this.#write(item, [this.#moved(item, { state: 'held', reason: 'claimed-elsewhere' })]);
      return null;
    }
    const { movedOn, leaseExpiresAt, removed = [] } = claim.value;
    const goesToRemoved = item.check !== 'ignore-removals' && removedRecipients(item, removed).length > 0;
    if (isUnderWay) {
      if (!goesToRemoved) return { leaseExpiresAt };
      // Those who are left are tried next.
      await this.#write(item, [this.#moved(item, withheldMove(item, removed))]);
      return null;
    }
    // What happened comes first: whoever lets the letter go in spite of it is asked about its readers after that.
    if (movedOn !== null && item.check === 'full') {
      const reason = movedOn.reason === 'closed' ? 'ticket-closed' : movedOn.reason;
      await this.#write(item, [this.#moved(item, { state: 'held', reason })]);
      return null;
    }
    if (!goesToRemoved) return { leaseExpiresAt };
    await this.#write(item, [this.#moved(item, { state: 'held', reason: 'recipient-removed' })]);
    return null;
  }

  async #conclude(item: JournalOutgoing, outcome: DeliveryOutcome): Promise<void> {
    const move = moveAfter(item, outcome);
    const moved = this.#moved(item, move);
    if (outcome.kind !== 'accepted') return this.#write(item, [moved]);
    // The letter's end and the operation that tells of it are one whole in the journal.
    const recipients = move.recipients ?? item.outgoing.recipients;
    const settled = { ...item, outgoing: { ...item.outgoing, recipients } };
    await this.#write(item, [moved, this.#departed(settled, this.#ports.clock.now())]);
  }

  /**
   * A copy in Sent that the server filed proves that it took the letter; no copy proves nothing, and neither does one that
   * may stem from an earlier attempt.
   */
  async #lookForEvidence(id: OutgoingId): Promise<void> {
    const { journal, sentFolder } = this.#ports;
    const item = journal.state.outgoing.get(id);
    if (item?.outgoing.state !== 'uncertain' || item.outgoing.filed) return;
    if (hasAccepted(item)) return;
    const copies = await sentFolder.sentCopies(item.outgoing.messageId);
    if (!copies.ok || copies.value === 0) return;
    const move = arrivedMove(item);
    const { recipients = item.outgoing.recipients } = move;
    const settled = { ...item, outgoing: { ...item.outgoing, recipients } };
    await this.#write(item, [
      this.#moved(item, { ...move, filed: true }),
      this.#departed(settled, item.movedAt),
    ]);
  }

  async #wait(
    item: JournalOutgoing,
    reason: 'no-mailbox' | 'api-unreachable' | 'ticket-unknown' | 'claimed-elsewhere',
  ): Promise<void> {
    const { state } = item.outgoing;
    const waiting = state === 'sending' ? waitingState(item) : state;
    if (item.outgoing.reason === reason && waiting === state) return;
    await this.#write(item, [this.#moved(item, { state: waiting, reason })]);
  }

  /** Sees to one copy in Sent; the search comes before the append, so that doing it again is harmless. */
  async #file(id: OutgoingId): Promise<void> {
    const { journal, attachments, sentFolder } = this.#ports;
    const item = journal.state.outgoing.get(id);
    if (item === undefined || item.outgoing.filed) return;
    const { state, reason, messageId } = item.outgoing;
    if (state !== 'sent' && state !== 'partial') return;
    const source = await attachments.get(item.mimeFile);
    if (!source.ok) return;
    const filed = await sentFolder.fileSentCopy(messageId, source.value);
    if (filed.ok) await this.#write(item, [this.#moved(item, { state, reason, filed: true })]);
  }

  #moved(item: JournalOutgoing, move: Parameters<typeof moveRecord>[2]): JournalRecord {
    return moveRecord(item, this.#ports.clock.now(), move);
  }

  #departed(item: JournalOutgoing, leftAt: number): JournalRecord {
    const { author } = this.#ports;
    const from: RecordAnswer['from'] = {
      name: fromNameOf(item.outgoing.draft, this.#ports.mailbox()),
      address: item.envelope.from,
    };
    return departureRecord(item, leftAt, author, from);
  }

  async #write(item: JournalOutgoing, records: readonly JournalRecord[]): Promise<void> {
    const written = await this.#ports.journal.append(records);
    if (!written.ok) this.#unwritten.set(item.outgoing.id, records);
  }

  /** False while the disk still refuses. */
  async #writeLeftOver(id: OutgoingId): Promise<boolean> {
    const records = this.#unwritten.get(id);
    if (records === undefined) return true;
    const written = await this.#ports.journal.append(records);
    if (written.ok) this.#unwritten.delete(id);
    return written.ok;
  }
}

function claimOf({ outgoing }: JournalOutgoing): SendClaim {
  const { id, messageId, ticketId, draft } = outgoing;
  const { ticketVersion, purpose } = draft;
  return { outgoingId: id, messageId, ticketId, ticketVersion, purpose };
}
