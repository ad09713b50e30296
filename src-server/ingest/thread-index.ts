import type { LetterId, TicketId } from '#shared/ids.ts';
import { findToken } from '#shared/mail/subject.ts';
import type { LetterFacts } from '#shared/ticket/letter.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import type { Queryable } from '../database/database.ts';
import { heirOf, lockTicketsWithSuccessors } from '../tickets/heirs.ts';
import { successorOf } from '../tickets/ticket-rows.ts';
import { storableId, writeMessageRefs, type MessageRef } from './message-refs.ts';

/** A letter's side of the thread. */
export type Threaded = Pick<LetterFacts, 'messageId' | 'inReplyTo' | 'references' | 'subject'>;

/**
 * The tickets that a batch of letters may belong to, and by which ids.
 *
 * Loaded for the whole batch at once and kept current while the batch is decided, so that a letter finds the ticket that
 * an earlier one of the same batch opened. Its tickets stay locked until the transaction ends.
 */
export class ThreadIndex {
  readonly #tickets: Map<string, Ticket>;
  readonly #tokens: Map<string, TicketId>;
  readonly #refs = new Map<string, Map<TicketId, boolean>>();
  readonly #changed = new Set<TicketId>();
  readonly #newRefs: MessageRef[] = [];

  private constructor(tickets: Map<string, Ticket>, tokens: Map<string, TicketId>) {
    this.#tickets = tickets;
    this.#tokens = tokens;
  }

  /** `alsoLock`: tickets that the batch concerns for other reasons. */
  static async load(
    transaction: Queryable,
    letters: readonly Threaded[],
    alsoLock: readonly TicketId[],
  ): Promise<ThreadIndex> {
    const ids = new Set(letters.flatMap(allIds));
    const refs = await transaction.query<{ message_id: string; ticket_id: TicketId; owned: boolean }>(
      'select message_id, ticket_id, owned from message_ref where message_id = any($1::text[])',
      [[...ids]],
    );
    const tokens = await transaction.query<{ token: string; id: TicketId }>(
      'select token, id from ticket where token = any($1::text[])',
      [[...new Set(letters.flatMap((letter) => findToken(letter.subject) ?? []))]],
    );
    const tickets = await lockTicketsWithSuccessors(transaction, [
      ...new Set([...refs.map((ref) => ref.ticket_id), ...tokens.map((row) => row.id), ...alsoLock]),
    ]);
    const index = new ThreadIndex(tickets, new Map(tokens.map((row) => [row.token, row.id])));
    for (const ref of refs) index.#remember(ref.message_id, ref.ticket_id, ref.owned);
    return index;
  }

  /**
   * The tickets that a letter may belong to, the likeliest first: by token, by In-Reply-To, by References from the
   * nearest to the farthest, and last by its own Message-ID, which makes it the late ancestor of letters seen earlier.
   * Where one id leads to several tickets, those that hold the letter itself come before those that only refer to it,
   * then the older ticket. So every desk and every order of arrival comes to one and the same choice.
   * For a ticket that was merged into another, that one.
   */
  candidates(letter: Threaded): readonly Ticket[] {
    const found = new Set<TicketId>(this.quoted(letter).map((ticket) => ticket.id));
    if (letter.messageId !== null) for (const id of this.#ticketsOf(letter.messageId)) found.add(id);
    return this.#heirs(found);
  }

  /** The same without late ancestors: what the letter's author knew of. */
  quoted(letter: Threaded): readonly Ticket[] {
    const found = new Set<TicketId>();
    const byToken = this.#tokens.get(findToken(letter.subject) ?? '');
    if (byToken !== undefined) found.add(byToken);
    for (const id of [...letter.inReplyTo, ...letter.references.toReversed()]) {
      for (const ticketId of this.#ticketsOf(id)) found.add(ticketId);
    }
    return this.#heirs(found);
  }

  ticket(id: TicketId): Ticket | undefined {
    return this.#tickets.get(id);
  }

  /** The ticket that has the letters of this one now. */
  heir(id: TicketId): Ticket | undefined {
    return heirOf(this.#tickets, id);
  }

  /** The ticket in which this one's matter goes on, whether or not it was merged. */
  successor(ticket: Ticket): Ticket | undefined {
    const id = successorOf(ticket);
    return id === null ? undefined : this.heir(id);
  }

  /** Takes in a new or changed ticket. */
  put(ticket: Ticket): void {
    this.#tickets.set(ticket.id, ticket);
    this.#tokens.set(ticket.token, ticket.id);
    this.#changed.add(ticket.id);
  }

  /** Ties all ids of a letter to its ticket, so that whatever refers to any of them finds it. */
  tie(letter: Threaded, ticketId: TicketId): void {
    for (const id of new Set(allIds(letter))) {
      const owned = letter.messageId !== null && storableId(letter.messageId) === id;
      this.#remember(id, ticketId, owned);
      this.#newRefs.push({ messageId: id, ticketId, owned });
    }
  }

  get changed(): readonly Ticket[] {
    return this.#existing(this.#changed);
  }

  async writeRefs(transaction: Queryable): Promise<void> {
    await writeMessageRefs(transaction, this.#newRefs);
  }

  #remember(messageId: string, ticketId: TicketId, owned: boolean): void {
    const tickets = this.#refs.get(messageId) ?? new Map<TicketId, boolean>();
    tickets.set(ticketId, owned || tickets.get(ticketId) === true);
    this.#refs.set(messageId, tickets);
  }

  #ticketsOf(messageId: string): readonly TicketId[] {
    const tickets = [...(this.#refs.get(storableId(messageId)) ?? [])];
    return tickets
      .sort(([a, ownsA], [b, ownsB]) => Number(ownsB) - Number(ownsA) || (a < b ? -1 : 1))
      .map(([id]) => id);
  }

  #heirs(ids: Iterable<TicketId>): readonly Ticket[] {
    return [...new Set([...ids].flatMap((id) => this.heir(id) ?? []))];
  }

  #existing(ids: Iterable<TicketId>): readonly Ticket[] {
    return [...ids].flatMap((id) => this.#tickets.get(id) ?? []);
  }
}

/** Every id that a letter is or names. */
export function allIds(letter: Threaded): readonly string[] {
  const own = letter.messageId === null ? [] : [letter.messageId];
  return [...own, ...letter.inReplyTo, ...letter.references].map(storableId);
}

/** A Message-ID for letters that have none, so that their answers are still one event each. */
export function messageIdOf(letter: { readonly id: LetterId; readonly messageId: string | null }): string {
  return letter.messageId ?? `<${letter.id}>`;
}
