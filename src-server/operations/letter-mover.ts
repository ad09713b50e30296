import type { LetterId, TicketId } from '#shared/ids.ts';
import type { Letter } from '#shared/ticket/letter.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import type { Queryable } from '../database/database.ts';
import type { ChangedEntity } from '../feed/commit-changes.ts';
import { writeLetters } from '../ingest/letter-rows.ts';
import { storableId } from '../ingest/message-refs.ts';

interface Move {
  readonly from: TicketId;
  readonly to: TicketId;
  /** Null: all of them. */
  readonly letterIds: readonly LetterId[] | null;
}

/**
 * Carries letters to the ticket that merging or splitting made theirs, and with them the ids by which replies find it.
 *
 * Who claimed or recorded a letter on a ticket that was merged keeps it there: those are looked up through the merge.
 */
export class LetterMover {
  readonly #transaction: Queryable;
  readonly #moves: Move[] = [];

  constructor(transaction: Queryable) {
    this.#transaction = transaction;
  }

  /** Notes what an applied operation means for letters. */
  note(operation: Operation): void {
    const from = operation.ticketId;
    if (operation.kind === 'merge-ticket') this.#moves.push({ from, to: operation.into, letterIds: null });
    if (operation.kind === 'split-ticket') {
      this.#moves.push({ from, to: operation.newTicketId, letterIds: operation.letterIds });
    }
  }

  /** Moves everything noted, in order, and returns the letters that changed. All other letters are written by then. */
  async write(): Promise<readonly ChangedEntity[]> {
    const changed: ChangedEntity[] = [];
    for (const move of this.#moves) {
      const letters = await this.#carry(move);
      await (move.letterIds === null ? this.#moveAllRefs(move) : this.#moveRefs(move, letters));
      changed.push(...letters.map(({ id }): ChangedEntity => ({ kind: 'letter', id })));
    }
    return changed;
  }

  async #carry({ from, to, letterIds }: Move): Promise<readonly Letter[]> {
    const rows = await this.#transaction.query<{ state: string }>(
      `select state from letter where ticket_id = $1 and ($2::text[] is null or id = any($2::text[]))
       order by id for update`,
      [from, letterIds],
    );
    const letters = rows.map(({ state }): Letter => ({
      ...(JSON.parse(state) as Letter),
      disposition: { state: 'ticket', ticketId: to },
    }));
    await writeLetters(this.#transaction, letters);
    return letters;
  }

  async #moveAllRefs({ from, to }: Move): Promise<void> {
    await this.#transaction.query(
      `insert into message_ref as m (message_id, ticket_id, owned)
       select message_id, $2, owned from message_ref where ticket_id = $1 order by message_id
       on conflict (message_id, ticket_id) do update set owned = true where excluded.owned and not m.owned`,
      [from, to],
    );
    await this.#transaction.query('delete from message_ref where ticket_id = $1', [from]);
  }

  /** What answers the letters goes with them; what they answered stays, and is known to both. */
  async #moveRefs({ from, to }: Move, letters: readonly Letter[]): Promise<void> {
    const ids = letters.flatMap(({ messageId }) => (messageId === null ? [] : [storableId(messageId)]));
    await this.#transaction.query(
      `insert into message_ref as m (message_id, ticket_id, owned)
       select id, $2, true from unnest($1::text[]) as given (id) order by id
       on conflict (message_id, ticket_id) do update set owned = true where not m.owned`,
      [[...new Set(ids)], to],
    );
    await this.#transaction.query(
      'delete from message_ref where message_id = any($1::text[]) and ticket_id = $2',
      [ids, from],
    );
  }
}
