import type { SentFolder } from '#main/outgoing/letter-carrier.ts';
import type { OperationAnswer } from '#shared/protocol/operations.ts';
import type { SendClaim, SendClaimAnswer } from '#shared/protocol/send-claim.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Operation } from '#shared/ticket/operation.ts';

type Problem = { readonly kind: 'unreachable'; readonly message: string };
const unreachable: Result<never, Problem> = err({ kind: 'unreachable', message: '' });

/** How the API and the Sent folder fail before the faults heal. */
export interface WorldFaults {
  /** Answers that get lost after what was asked for has been done. */
  readonly lostAnswers: ReadonlySet<'claim' | 'push' | 'append'>;
  /** The API, the mailbox cannot be reached at all. */
  readonly apiIsAway: boolean;
  readonly mailboxIsAway: boolean;
  /** The mail server files what it takes, as some providers do. */
  readonly filesItself: boolean;
}

const leaseMs = 20 * 60_000;

/** The API and the Sent folder as outgoing letters meet them, with books of everything that was done. */
export class SendWorld {
  /** Applied operations that tell of a letter, by Message-ID; the same operation once. */
  readonly told = new Map<string, Operation[]>();
  /** Copies in Sent. */
  readonly copies = new Map<string, string[]>();
  onClaimed: () => void = () => {};
  onPushed: () => void = () => {};
  onAppended: () => void = () => {};
  #faults: WorldFaults;
  readonly #now: () => number;
  readonly #claims = new Map<string, { outgoingId: string; expiresAt: number }>();
  readonly #answers = new Map<string, OperationAnswer>();
  #version = 10;

  constructor(faults: WorldFaults, now: () => number) {
    this.#faults = faults;
    this.#now = now;
  }

  heal(): void {
    this.#faults = { ...this.#faults, lostAnswers: new Set(), apiIsAway: false, mailboxIsAway: false };
  }

  /** As `src-server/sends/claim-send.ts` decides. */
  claim(claim: SendClaim): Result<SendClaimAnswer, { readonly kind: string }> {
    if (this.#faults.apiIsAway) return unreachable;
    const held = this.#claims.get(claim.messageId);
    const isFree =
      held === undefined ||
      held.outgoingId === claim.outgoingId ||
      (held.expiresAt <= this.#now() && !this.told.has(claim.messageId) && !this.copies.has(claim.messageId));
    if (!isFree) return err({ kind: 'conflict' });
    const expiresAt = this.#now() + leaseMs;
    this.#claims.set(claim.messageId, { outgoingId: claim.outgoingId, expiresAt });
    this.onClaimed();
    if (this.#isLost('claim')) return unreachable;
    return ok({ leaseExpiresAt: expiresAt, movedOn: null });
  }

  /** Idempotent for ever by the operation's id. */
  push(
    operations: readonly Operation[],
  ): Result<{ answers: OperationAnswer[] }, { readonly kind: 'unreachable'; readonly message: string }> {
    if (this.#faults.apiIsAway) return unreachable;
    const answers = operations.map((operation) => this.#apply(operation));
    this.onPushed();
    return this.#isLost('push') ? unreachable : ok({ answers });
  }

  #apply(operation: Operation): OperationAnswer {
    const known = this.#answers.get(operation.id);
    if (known !== undefined) return known;
    this.#version += 1;
    const { id } = operation;
    const answer: OperationAnswer = { id, outcome: 'applied', version: this.#version, duplicate: false };
    this.#answers.set(id, answer);
    if (operation.kind === 'record-answer') {
      this.told.set(operation.messageId, [...(this.told.get(operation.messageId) ?? []), operation]);
    }
    return answer;
  }

  /** The mail server took a letter. */
  taken(messageId: string, source: string): void {
    if (this.#faults.filesItself && !this.copies.has(messageId)) this.#store(messageId, source);
  }

  readonly sentFolder: SentFolder = {
    sentCopies: (messageId) =>
      Promise.resolve(this.#faults.mailboxIsAway ? unreachable : ok(this.copies.get(messageId)?.length ?? 0)),
    fileSentCopy: (messageId, source) => {
      if (this.#faults.mailboxIsAway) return Promise.resolve(unreachable);
      if (this.copies.has(messageId)) return Promise.resolve(ok('already-there' as const));
      this.append(messageId, source);
      return Promise.resolve(this.#isLost('append') ? unreachable : ok('filed' as const));
    },
  };

  /** Files a copy without looking whether there is one. */
  append(messageId: string, source: Uint8Array): void {
    this.#store(messageId, Buffer.from(source).toString('latin1'));
    this.onAppended();
  }

  #store(messageId: string, source: string): void {
    this.copies.set(messageId, [...(this.copies.get(messageId) ?? []), source]);
  }

  /** Each answer is lost once. */
  #isLost(answer: 'claim' | 'push' | 'append'): boolean {
    const { lostAnswers } = this.#faults;
    if (!lostAnswers.has(answer)) return false;
    this.#faults = {
      ...this.#faults,
      lostAnswers: new Set([...lostAnswers].filter((one) => one !== answer)),
    };
    return true;
  }
}
