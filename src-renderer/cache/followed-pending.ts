import { inBatches, type BatchLimits } from './batches.ts';
import type { OutboxView } from './cache-views.ts';
import { keepReading } from './keep-reading.ts';
import { PendingPart } from './pending-part.ts';
import type { StreamSource } from './stream-source.ts';
import type { TicketId } from '#shared/ids.ts';

interface PendingSource {
  readonly source: Pick<StreamSource, 'pending'>;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/**
 * The pending part of the profile that is signed in, as the journal tells of it.
 *
 * Needs no database: whatever becomes of that one, an agent sees at once what they have not sent yet.
 */
export class FollowedPending {
  readonly part = new PendingPart();
  readonly #ended = new AbortController();
  #isTold = false;

  /** Calls with the tickets that look different, from the first time on that the journal has told of everything. */
  constructor(
    { source, random }: PendingSource,
    limits: BatchLimits,
    onChange: (tickets: ReadonlySet<TicketId>) => void,
  ) {
    const { signal } = this.#ended;
    const read = async (progressed: () => void): Promise<void> => {
      for await (const batch of inBatches(source.pending(signal), ({ json }) => json.length, limits)) {
        if (signal.aborted) return;
        const tickets = this.part.apply(batch.map(({ frame }) => frame));
        this.#isTold = true;
        progressed();
        onChange(tickets);
      }
    };
    void keepReading(read, { signal, random });
  }

  /** What waits, where no base can say what of it is confirmed already; null until the journal has told. */
  get outbox(): OutboxView | null {
    if (!this.#isTold) return null;
    const { operations, drafts, notes, outgoing } = this.part;
    return {
      operations: [...operations.values()].filter(({ state }) => state.kind !== 'confirmed'),
      drafts: [...drafts.values()],
      notes: [...notes.values()],
      outgoing: [...outgoing.values()],
      tickets: [],
    };
  }

  end(): void {
    this.#ended.abort();
  }
}
