import { isDeepStrictEqual } from 'node:util';
import type { Draft, Outgoing } from '#shared/bridge/draft.ts';
import type { DraftId, OutgoingId } from '#shared/ids.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { AttachmentError } from '../journal/attachment-store.ts';
import type { JournalError } from '../journal/journal.ts';
import type { Scheduler } from '../scheduler.ts';
import { decideOutgoing, type OutgoingDecision } from './decide-outgoing.ts';
import { freezeDraft } from './freeze-draft.ts';
import { fromNameOf, type FreezeError } from './freeze-letter.ts';
import { LetterCarrier, type CarrierPorts } from './letter-carrier.ts';
import { openRecipients } from './outgoing-records.ts';
import { isWaitingForNews, RetryTimes } from './retry-times.ts';

/** What the queue works with. */
export interface OutgoingPorts extends CarrierPorts {
  readonly scheduler: Scheduler;
}

type SendError =
  FreezeError | JournalError | AttachmentError | { readonly kind: 'not-found' | 'no-mailbox' | 'conflict' };

/** Letters that are done are kept this long, so that an uncertain twin can be recognised. */
const keepDoneMs = 14 * 24 * 3_600_000;

/**
 * The life of outgoing letters.
 *
 *     queued --claim, connect--> sending --last byte--> uncertain --the server's word--> sent | partial | failed
 *       ^  \--thread moved--> held                          |
 *       |___________ surely not delivered __________________| (only by the server's word, or the agent)
 *
 * Each arrow is a synced journal record, written before what it announces happens. So after a crash `sending` means
 * that the final dot never left (it is queued), and `uncertain` that it may have. Absence of evidence never queues a
 * letter again. Letters leave one at a time in the order in which they were queued; a letter is either being carried or
 * being decided about, never both.
 */
export class OutgoingQueue {
  readonly #ports: OutgoingPorts;
  readonly #carrier: LetterCarrier;
  readonly #times: RetryTimes;
  readonly #closing = new AbortController();
  /** Letters that are being carried or decided about. */
  readonly #busy = new Set<OutgoingId>();
  /** Drafts that are being frozen: one draft is one letter. */
  readonly #freezing = new Set<DraftId>();
  #working: Promise<void> | null = null;
  #again = false;
  /** Nobody is there any more to call a letter back. */
  #isLeaving = false;
  /** Aborted when the wait for the next try is not needed any more. */
  #waiting = new AbortController();

  constructor(ports: OutgoingPorts) {
    this.#ports = ports;
    this.#carrier = new LetterCarrier(ports, this.#closing.signal);
    this.#times = new RetryTimes(() => ports.scheduler.random());
  }

  /** Whether a letter is being made, carried or decided about right now. */
  get isBusy(): boolean {
    return this.#busy.size > 0 || this.#freezing.size > 0;
  }

  /** Takes up what an earlier run left. */
  async start(): Promise<void> {
    const { journal, clock } = this.#ports;
    for (const item of journal.state.outgoing.values()) {
      const { id, filed, state } = item.outgoing;
      const isOld = item.movedAt + keepDoneMs < clock.now();
      const isDone = filed && (state === 'sent' || state === 'partial') && openRecipients(item).length === 0;
      if (isOld && isDone) await this.decide(id, 'dismiss');
    }
    this.kick();
  }

  /** Freezes a saved draft into a letter that leaves after `delayMs`; resolves after it is on disk. */
  async send(draftId: DraftId, delayMs: number): Promise<Result<Outgoing, SendError>> {
    const { journal } = this.#ports;
    const draft = journal.state.drafts.get(draftId);
    if (draft === undefined) return err({ kind: 'not-found' });
    if (this.#freezing.has(draftId)) return err({ kind: 'conflict' });
    this.#freezing.add(draftId);
    try {
      const { attachments, clock } = this.#ports;
      const mailbox = this.#ports.mailbox();
      if (mailbox === null) return err({ kind: 'no-mailbox' });
      const frozen = await freezeDraft(attachments, draft, mailbox, clock.now(), delayMs);
      if (!frozen.ok) return frozen;
      // What was typed or thrown away while the bytes were made is not what would be sent.
      const isSame = hasSameWords(journal.state.drafts.get(draftId), draft);
      const written = isSame ? await journal.append(frozen.value) : err({ kind: 'conflict' as const });
      if (!written.ok) {
        await attachments.remove(frozen.value.mimeFile);
        return written;
      }
      this.kick();
      return ok(frozen.value.outgoing);
    } finally {
      this.#freezing.delete(draftId);
    }
  }

  /** Carries out what the agent decided; `conflict` where the letter's state, or an attempt under way, forbids it. */
  async decide(
    id: OutgoingId,
    decision: OutgoingDecision,
  ): Promise<Result<void, JournalError | { readonly kind: 'not-found' | 'conflict' }>> {
    const { journal, attachments, clock, author } = this.#ports;
    const item = journal.state.outgoing.get(id);
    if (item === undefined) return err({ kind: 'not-found' });
    if (this.#busy.has(id) || this.#carrier.hasLeftOver(id)) return err({ kind: 'conflict' });
    this.#busy.add(id);
    try {
      const name = fromNameOf(item.outgoing.draft, this.#ports.mailbox());
      const from = { name, address: item.envelope.from };
      const decided = decideOutgoing(item, decision, { at: clock.now(), author, from });
      if (!decided.ok) return decided;
      const written = await journal.append(decided.value.records);
      if (!written.ok) return written;
      for (const file of decided.value.unneeded) await attachments.remove(file);
      return ok(undefined);
    } finally {
      this.#busy.delete(id);
      this.#times.forget(id);
      this.kick();
    }
  }

  /** Something changed that letters may have waited for; mail servers that said no are not asked before their time. */
  kick(): void {
    if (this.#closing.signal.aborted) return;
    this.#again = true;
    if (this.#working !== null) return;
    const working = this.#work();
    this.#working = working.finally(() => {
      this.#working = null;
      if (this.#again) this.kick();
    });
  }

  /** Whether a letter waits for a mail server that could not be reached. */
  get waitsForServer(): boolean {
    return this.#waitingForServer().length > 0;
  }

  /** Letters that waited for a mail server which could not be reached are tried at once. */
  networkIsBack(): void {
    for (const id of this.#waitingForServer()) this.#times.forget(id);
    this.kick();
  }

  /** Somebody wants everything tried at once. */
  retryNow(): void {
    this.#times.forgetAll();
    this.kick();
  }

  /**
   * Before the agent leaves: letters that wait only for their time go now, for nobody can call them back any more.
   * Resolves when every letter that could go was tried once.
   */
  async letGo(): Promise<void> {
    this.#isLeaving = true;
    this.kick();
    while (this.#working !== null) await this.#working;
  }

  /** Ends an attempt that is under way: what is not delivered yet waits in the journal. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#waiting.abort();
    await this.#working;
    await this.#carrier.writeLeftOvers();
  }

  async #work(): Promise<void> {
    const { journal } = this.#ports;
    while (this.#again && !this.#closing.signal.aborted) {
      this.#again = false;
      this.#waiting.abort();
      let dueAt = Number.POSITIVE_INFINITY;
      for (const id of journal.state.outgoing.keys()) {
        if (this.#closing.signal.aborted) return;
        await this.#carry(id);
        // One that is being decided about is looked at when that is done.
        if (this.#isOpen(id) && !this.#busy.has(id)) dueAt = Math.min(dueAt, this.#dueAt(id));
      }
      if (Number.isFinite(dueAt)) this.#lookAgain(dueAt);
    }
  }

  async #carry(id: OutgoingId): Promise<void> {
    const { clock, log } = this.#ports;
    if (this.#busy.has(id) || !this.#isDue(id)) return;
    this.#busy.add(id);
    try {
      await this.#carrier.advance(id);
    } catch (error) {
      // A fault with one letter must not hold up the others.
      log.error('outgoing.fault', { id, fault: error instanceof Error ? error.name : 'unknown' });
    } finally {
      this.#busy.delete(id);
      if (this.#isOpen(id)) this.#times.putOff(id, this.#reasonOf(id), clock.now());
      else this.#times.forget(id);
    }
  }

  #isDue(id: OutgoingId): boolean {
    const { clock } = this.#ports;
    const now = clock.now();
    if (this.#releaseAt(id) > now) return false;
    return this.#times.dueAt(id) <= now || isWaitingForNews(this.#reasonOf(id));
  }

  #dueAt(id: OutgoingId): number {
    return Math.max(this.#times.dueAt(id), this.#releaseAt(id));
  }

  #releaseAt(id: OutgoingId): number {
    if (this.#isLeaving) return 0;
    return this.#ports.journal.state.outgoing.get(id)?.outgoing.releaseAt ?? 0;
  }

  #waitingForServer(): OutgoingId[] {
    const ids = [...this.#ports.journal.state.outgoing.keys()];
    return ids.filter((id) => this.#isOpen(id) && this.#reasonOf(id) === 'smtp-unreachable');
  }

  #reasonOf(id: OutgoingId): Outgoing['reason'] {
    return this.#ports.journal.state.outgoing.get(id)?.outgoing.reason ?? null;
  }

  #lookAgain(dueAt: number): void {
    const { clock, scheduler } = this.#ports;
    const waiting = new AbortController();
    this.#waiting = waiting;
    void scheduler.delay(Math.max(0, dueAt - clock.now()), waiting.signal).then(() => {
      if (!waiting.signal.aborted) this.kick();
    });
  }

  /** Whether time alone may bring the letter on. */
  #isOpen(id: OutgoingId): boolean {
    if (this.#carrier.hasLeftOver(id)) return true;
    const item = this.#ports.journal.state.outgoing.get(id);
    switch (item?.outgoing.state) {
      case 'queued':
      case 'sending':
        return true;
      case 'partial':
        return !item.outgoing.filed || openRecipients(item).length > 0;
      case 'sent':
        return !item.outgoing.filed;
      case 'uncertain':
      case 'held':
      case 'failed':
      case undefined:
        return false;
    }
  }
}

function hasSameWords(now: Draft | undefined, before: Draft): boolean {
  return now !== undefined && isDeepStrictEqual({ ...now, updatedAt: 0 }, { ...before, updatedAt: 0 });
}
