import type { Outgoing } from '#shared/bridge/draft.ts';
import type { OutgoingId } from '#shared/ids.ts';
import { backOffMs, type BackOff } from '../scheduler.ts';

/** A server that is away may be back at any moment. */
const away: BackOff = { firstMs: 2000, maxMs: 60_000 };
/** Servers lock accounts after a few wrong passwords, and a certificate does not change by asking. */
const refusedUs: BackOff = { firstMs: 120_000, maxMs: 900_000 };
/** RFC 5321 §4.5.4.1: give a server that said "later" some time; greylisting takes minutes. */
const later: BackOff = { firstMs: 300_000, maxMs: 1_800_000 };

/** When each letter may be tried again. Kept in memory only: a start is as good a moment as any. */
export class RetryTimes {
  readonly #random: () => number;
  readonly #times = new Map<OutgoingId, { readonly attempt: number; readonly dueAt: number }>();

  constructor(random: () => number) {
    this.#random = random;
  }

  /** The letter stays where it is for this reason; its next try is put off, each time for longer. */
  putOff(id: OutgoingId, reason: Outgoing['reason'], now: number): void {
    const attempt = (this.#times.get(id)?.attempt ?? 0) + 1;
    this.#times.set(id, { attempt, dueAt: now + backOffMs(backOffFor(reason), attempt, this.#random()) });
  }

  /** Whoever waited for this letter may look at it at once. */
  forget(id: OutgoingId): void {
    this.#times.delete(id);
  }

  forgetAll(): void {
    this.#times.clear();
  }

  /** Epoch milliseconds; 0 when it was never put off. */
  dueAt(id: OutgoingId): number {
    return this.#times.get(id)?.dueAt ?? 0;
  }
}

function backOffFor(reason: Outgoing['reason']): BackOff {
  switch (reason) {
    case 'smtp-refused-login':
    case 'smtp-bad-certificate':
      return refusedUs;
    case 'smtp-refused-letter':
    case 'smtp-refused-recipients':
    case 'letter-too-large':
      return later;
    default:
      return away;
  }
}

/** Whether news of any kind is reason enough to try at once: asking the API disturbs no mail server. */
export function isWaitingForNews(reason: Outgoing['reason']): boolean {
  return reason === 'api-unreachable' || reason === 'no-mailbox' || reason === 'ticket-unknown';
}
