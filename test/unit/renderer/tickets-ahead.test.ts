import { expect, test } from 'vitest';
import type { TicketView } from '#renderer/cache/cache-views.ts';
import { keepAhead, ticketAhead } from '#renderer/state/tickets-ahead.ts';
import type { TicketId } from '#shared/ids.ts';
import { ticket } from './sample-ticket.ts';

const { id } = ticket();

class Watched {
  readonly told = new Map<TicketId, (view: TicketView | null) => void>();

  readonly watchTicket = (id: TicketId, listener: (view: TicketView | null) => void) => {
    this.told.set(id, listener);
    return () => void this.told.delete(id);
  };
}

test('a ticket is at hand, as the cache tells of it, for as long as anybody asks for it', () => {
  const cache = new Watched();
  const first = { version: 1 } as TicketView;
  const second = { version: 2 } as TicketView;
  const letGo = keepAhead(cache, id);
  const letGoToo = keepAhead(cache, id);
  expect(ticketAhead(id)).toBeNull();
  cache.told.get(id)?.(first);
  expect(ticketAhead(id)).toBe(first);
  letGo();
  cache.told.get(id)?.(second);
  expect(ticketAhead(id)).toBe(second);
  letGoToo();
  expect(ticketAhead(id)).toBeNull();
  expect(cache.told.size).toBe(0);
});
