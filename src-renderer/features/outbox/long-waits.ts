import type { OutboxView } from '../../cache/cache-views.ts';
import { begunByLetter } from './operation-wait.ts';

const longMs = 3_600_000;
/** What a desk finds waiting when it starts has a chance to leave first. */
const chanceMs = 60_000;

/** Finds what has waited for long to be sent; each letter and operation once. */
export class LongWaits {
  /** When each was first seen to wait; `told` after it was found. */
  readonly #seen = new Map<string, number | 'told'>();

  /** How many wait for more than an hour that were not found before. What waits for its agent is not counted. */
  look(outbox: Pick<OutboxView, 'operations' | 'outgoing' | 'drafts'>, now: number): number {
    const waiting = waitingSince(outbox);
    for (const id of this.#seen.keys()) if (!waiting.has(id)) this.#seen.delete(id);
    let found = 0;
    for (const [id, sinceAt] of waiting) {
      const seenAt = this.#seen.get(id) ?? now;
      if (seenAt !== 'told' && now - sinceAt > longMs && now - seenAt >= chanceMs) {
        found += 1;
        this.#seen.set(id, 'told');
      } else this.#seen.set(id, seenAt);
    }
    return found;
  }
}

/** Since when each letter and operation waits that should leave by itself. */
function waitingSince({
  operations,
  outgoing,
  drafts,
}: Pick<OutboxView, 'operations' | 'outgoing' | 'drafts'>): ReadonlyMap<string, number> {
  // Operations on a ticket that begins with a letter wait until their agent has written it.
  const begun = begunByLetter(drafts);
  return new Map<string, number>([
    ...operations.flatMap(({ operation: { id, ticketId, madeAt }, state }): [string, number][] =>
      state.kind === 'waiting' && !begun.has(ticketId) ? [[id, madeAt]] : [],
    ),
    ...outgoing.flatMap(({ id, state, releaseAt }): [string, number][] =>
      state === 'queued' ? [[id, releaseAt]] : [],
    ),
  ]);
}
