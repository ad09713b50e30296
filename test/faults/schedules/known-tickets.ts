import type { ChangesFrame } from '#shared/bridge/streams.ts';
import type { LetterId, TicketId } from '#shared/ids.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';

/** What an agent could have seen when choosing what to do: the frames that went to the cache, folded plainly. */
export class KnownTickets {
  readonly #tickets = new Map<TicketId, Ticket>();
  readonly #letters = new Map<LetterId, TicketId>();

  notice(frame: ChangesFrame): void {
    if (frame.type === 'reset') {
      this.#tickets.clear();
      this.#letters.clear();
    }
    if (frame.type !== 'changes') return;
    for (const change of frame.changes) {
      if (change.entity === 'ticket') {
        if (change.state === null) this.#tickets.delete(change.id);
        else this.#tickets.set(change.id, change.state);
      }
      if (change.entity === 'letter') {
        const disposition = change.state?.disposition;
        if (disposition?.state === 'ticket') this.#letters.set(change.id, disposition.ticketId);
        else this.#letters.delete(change.id);
      }
    }
  }

  /** In the order of their numbers. */
  get tickets(): readonly Ticket[] {
    return [...this.#tickets.values()].toSorted((a, b) => a.number - b.number);
  }

  lettersOf(ticketId: TicketId): readonly LetterId[] {
    return [...this.#letters].flatMap(([id, of]) => (of === ticketId ? [id] : [])).toSorted();
  }
}
