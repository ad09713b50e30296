import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareInQueue } from '#shared/ticket/queue-order.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { emptyColumns, mergeColumns } from '#renderer/cache/queue-columns.ts';
import { aheadOf, nextInTurn } from '#renderer/cache/queue-turn.ts';
import { agentId, colleagueId, mondayMorning, sampleTicket, sampleTicketId } from './samples.ts';

const now = mondayMorning;
const hourMs = 3_600_000;
const critical = { reason: 'срочно', at: now, agentId };

/** Full hours, so that several tickets wait since one moment, and claims end at this very one. */
const hour = fc.integer({ min: -3, max: 3 }).map((hours) => now + hours * hourMs);

const ticket: fc.Arbitrary<Ticket> = fc
  .record({
    number: fc.integer({ min: 0, max: 300 }),
    receivedAt: hour,
    waits: fc.boolean(),
    status: fc.constantFrom('open', 'open', 'waiting', 'closed'),
    isCritical: fc.boolean(),
    snoozedUntil: fc.option(hour),
    held: fc.option(fc.record({ agentId: fc.constantFrom(agentId, colleagueId), until: hour })),
  })
  .map(({ number, receivedAt, waits, status, isCritical, snoozedUntil, held }) => ({
    ...sampleTicket(number),
    receivedAt,
    status,
    reactionStartedAt: waits && status !== 'closed' ? receivedAt : null,
    critical: isCritical ? critical : null,
    snooze: snoozedUntil === null ? null : { until: snoozedUntil, agentId },
    holder: held,
  }));

const tickets = fc.uniqueArray(ticket, { selector: ({ id }) => id, maxLength: 60 });

function columnsOf(all: readonly Ticket[]) {
  return mergeColumns(
    emptyColumns(),
    all.map((one) => ({ id: one.id, ticket: one })),
  );
}

/** Those whose turn it is, said as the regulation says it. */
function inTurn(all: readonly Ticket[]): readonly Ticket[] {
  return all
    .filter(({ status, reactionStartedAt }) => status === 'open' && reactionStartedAt !== null)
    .filter(({ holder, snooze }) => (holder?.until ?? 0) <= now && (snooze?.until ?? 0) <= now)
    .toSorted(compareInQueue);
}

test('the next ticket is the first of those whose turn it is, and overtakes nobody', () => {
  fc.assert(
    fc.property(tickets, (all) => {
      const columns = columnsOf(all);
      const next = nextInTurn(columns, now);
      expect(next).toBe(inTurn(all)[0]?.id ?? null);
      expect(next === null ? null : aheadOf(columns, next, now)).toBeNull();
    }),
  );
});

test('a ticket overtakes whoever would have come before it', () => {
  fc.assert(
    fc.property(tickets, (all) => {
      const columns = columnsOf(all);
      for (const one of all) {
        const before = inTurn(all).filter((other) => compareInQueue(other, one) < 0);
        const isAnyone = one.reactionStartedAt !== null && before.length > 0;
        const overtook = { ticketIds: before.slice(0, 20).map(({ id }) => id), count: before.length };
        expect(aheadOf(columns, one.id, now)).toEqual(isAnyone ? overtook : null);
      }
    }),
  );
});

test('by becoming critical it overtakes whom it would stand before then', () => {
  fc.assert(
    fc.property(tickets, (all) => {
      const columns = columnsOf(all);
      for (const one of all) {
        const before = inTurn(all).filter(
          (other) => compareInQueue(other, one) < 0 && compareInQueue(other, { ...one, critical }) > 0,
        );
        const count = one.reactionStartedAt === null ? 0 : before.length;
        expect(aheadOf(columns, one.id, now, true)?.count ?? 0).toBe(count);
      }
    }),
  );
});

test('names no more than the first twenty, and nobody for a ticket that is not there', () => {
  const columns = columnsOf(Array.from({ length: 30 }, (_, number) => sampleTicket(number)));
  const overtook = aheadOf(columns, sampleTicketId(25), now);
  expect(overtook?.count).toBe(25);
  expect(overtook?.ticketIds).toEqual(Array.from({ length: 20 }, (_, number) => sampleTicketId(number)));
  expect(aheadOf(columns, sampleTicketId(31), now)).toBeNull();
});
