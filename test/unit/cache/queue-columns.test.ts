import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TicketId } from '#shared/ids.ts';
import { compareInQueue } from '#shared/ticket/queue-order.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import {
  emptyColumns,
  idAt,
  mergeColumns,
  type QueueColumns,
  type TicketChange,
} from '#renderer/cache/queue-columns.ts';
import { packSnapshot, unpackSnapshot } from '#renderer/cache/queue-snapshot.ts';
import { agentId, mondayMorning, sampleTicket } from './samples.ts';

/** Few ids and few moments, so that changes of one ticket and equal starts are common. */
const change: fc.Arbitrary<TicketChange> = fc
  .record({
    number: fc.integer({ min: 0, max: 30 }),
    start: fc.option(fc.integer({ min: 0, max: 3 })),
    isCritical: fc.boolean(),
    isHeld: fc.boolean(),
    isGone: fc.integer({ min: 0, max: 5 }).map((dice) => dice === 0),
  })
  .map(({ number, start, isCritical, isHeld, isGone }) => {
    const ticket = sampleTicket(number, {
      receivedAt: mondayMorning,
      reactionStartedAt: start === null ? null : mondayMorning + start,
      critical: isCritical ? { reason: 'срочно', at: mondayMorning, agentId } : null,
      holder: isHeld ? { agentId, until: mondayMorning + 1 } : null,
    });
    return { id: ticket.id, ticket: isGone ? null : ticket };
  });

function idsOf(columns: QueueColumns): TicketId[] {
  return Array.from({ length: columns.size }, (_, index) => idAt(columns, index));
}

function sortedIds(changes: readonly TicketChange[]): TicketId[] {
  const newest = new Map(changes.map(({ id, ticket }) => [id, ticket]));
  const tickets = [...newest.values()].filter((ticket): ticket is Ticket => ticket !== null);
  return tickets.sort(compareInQueue).map(({ id }) => id);
}

describe('columns of the queue', () => {
  test('however changes are merged, the order is that of compareInQueue', () => {
    fc.assert(
      fc.property(fc.array(fc.array(change, { maxLength: 12 }), { maxLength: 8 }), (batches) => {
        const columns = batches.reduce<QueueColumns>(mergeColumns, emptyColumns());
        expect(idsOf(columns)).toEqual(sortedIds(batches.flat()));
      }),
    );
  });

  test('a snapshot brings back what it was made of, but for the texts', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), fc.nat(), (changes, lastPage) => {
        const columns = mergeColumns(emptyColumns(), changes);
        const unpacked = unpackSnapshot(packSnapshot({ lastPage, columns }));
        expect(unpacked).toEqual({ lastPage, columns: { ...columns, texts: null } });
      }),
    );
  });
});
