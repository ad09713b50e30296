import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LetterId, TicketId } from '#shared/ids.ts';
import { applyAnswer, joinClientLetter } from '#shared/ticket/apply-letter.ts';
import type { Role } from '#shared/ticket/author.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import { compareInQueue } from '#shared/ticket/queue-order.ts';
import { reduceTicket } from '#shared/ticket/reduce.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import {
  anna,
  answer,
  apply,
  boris,
  hour,
  letterId,
  operation,
  receivedAt,
  ticket,
  uuid,
  rules,
} from './ticket-steps.ts';

describe('claiming', () => {
  const claim = (at: number): Operation => operation('claim-ticket', at, { until: at + 8 * hour });

  it('makes the author the holder and refuses a colleague while it lasts', () => {
    const held = apply(ticket(), [claim(receivedAt), anna]);
    expect(held.holder).toEqual({ agentId: anna.agentId, until: receivedAt + 8 * hour });
    expect(reduceTicket(held, claim(receivedAt + hour), boris, rules)).toEqual({
      ok: false,
      error: { kind: 'held-by-other', agentId: anna.agentId, until: receivedAt + 8 * hour },
    });
  });

  it('lets a colleague take over once the claim has run out', () => {
    const held = apply(ticket(), [claim(receivedAt), anna], [claim(receivedAt + 9 * hour), boris]);
    expect(held.holder?.agentId).toBe(boris.agentId);
  });

  it.each([
    ['agent', false],
    ['senior', true],
    ['admin', true],
  ] satisfies [Role, boolean][])("lets a %s release a colleague's claim: %s", (role, allowed) => {
    const held = apply(ticket(), [claim(receivedAt), anna]);
    const result = reduceTicket(
      held,
      operation('release-ticket', receivedAt + 1, {}),
      { ...boris, role },
      rules,
    );
    expect(result.ok).toBe(allowed);
  });

  it('is refused to readers, and for a ticket that does not exist', () => {
    expect(reduceTicket(ticket(), claim(receivedAt), { ...anna, role: 'read-only' }, rules)).toMatchObject({
      error: { kind: 'forbidden' },
    });
    expect(reduceTicket(null, claim(receivedAt), anna, rules)).toMatchObject({
      error: { kind: 'not-found' },
    });
  });
});

describe('criticality', () => {
  it('needs a reason, keeps it, and gives it back', () => {
    const set = (critical: boolean, reason: string): Operation =>
      operation('set-criticality', receivedAt, { critical, reason });
    expect(reduceTicket(ticket(), set(true, '  '), anna, rules)).toMatchObject({
      error: { kind: 'reason-required' },
    });
    const critical = apply(ticket(), [set(true, ' site is down '), anna]);
    expect(critical.critical?.reason).toBe('site is down');
    expect(apply(critical, [set(false, ''), anna]).critical).toBeNull();
  });
});

describe('answers and client letters', () => {
  it('an answer ends the reaction period and gives up the claim', () => {
    const claimed = apply(ticket(), [
      operation('claim-ticket', receivedAt, { until: receivedAt + hour }),
      anna,
    ]);
    const answered = apply(claimed, [answer(receivedAt + hour), anna]);
    expect(answered).toMatchObject({
      status: 'waiting',
      reactionStartedAt: null,
      holder: null,
      letterCount: 2,
    });
  });

  it('a letter that came before the answer, though found after it, does not reopen', () => {
    const answered = apply(ticket(), [answer(receivedAt + 5 * hour), anna]);
    const late = joinClientLetter(answered, { id: letterId(2), receivedAt: receivedAt + hour }, rules);
    expect(late).toMatchObject({ status: 'waiting', reactionStartedAt: null });
  });

  it('a letter after the answer opens a new reaction period with its own start', () => {
    const answered = apply(ticket(), [answer(receivedAt + hour), anna]);
    const again = joinClientLetter(answered, { id: letterId(2), receivedAt: receivedAt + 3 * hour }, rules);
    expect(again).toMatchObject({ status: 'open', reactionStartedAt: receivedAt + 3 * hour });
  });

  it('a late ancestor corrects the receipt time', () => {
    const corrected = joinClientLetter(
      ticket(),
      { id: letterId(9), receivedAt: receivedAt - 50 * hour },
      rules,
    );
    expect(corrected).toMatchObject({
      receivedAt: receivedAt - 50 * hour,
      reactionStartedAt: receivedAt - 50 * hour,
    });
  });

  it('one answer counts once, and the word of the desk wins over what Sent shows', () => {
    const seen = applyAnswer(
      ticket(),
      {
        at: receivedAt + hour,
        answerKind: 'recommendation',
        messageId: '<a@desk.example>',
        agentId: null,
      },
      rules,
    );
    const told = apply(seen, [answer(receivedAt + hour), anna]);
    expect(told.letterCount).toBe(2);
    expect(told.events.filter((event) => event.kind === 'answer')).toMatchObject([
      { answerKind: 'solution', agentId: anna.agentId },
    ]);
    expect(apply(told, [answer(receivedAt + hour), anna])).toEqual(told);
  });

  it('comes to the same state in whatever order letters are found', () => {
    const moments = fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(moments, fc.infiniteStream(fc.nat()), (hours, keys) => {
        const letters = hours.map((h) => ({ id: letterId(h + 10), receivedAt: receivedAt + h * hour }));
        const shuffled = letters
          .map((letter) => ({ letter, key: keys.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ letter }) => letter);
        const join = (state: Ticket, letter: { id: LetterId; receivedAt: number }): Ticket =>
          joinClientLetter(state, letter, rules);
        const answered = apply(ticket(), [answer(receivedAt + 250.5 * hour), anna]);
        expect(shuffled.reduce(join, answered)).toEqual(letters.reduce(join, answered));
      }),
    );
  });
});

describe('queue order', () => {
  const row = (n: number, start: number | null, critical = false): Ticket => ({
    ...ticket(),
    id: uuid(n) as TicketId,
    reactionStartedAt: start,
    critical: critical ? { reason: 'x', at: 0, agentId: anna.agentId } : null,
  });

  it('puts critical first, then the longest wait, then id, and tickets without a wait last', () => {
    const rows = [row(1, null), row(2, 50), row(4, 20), row(3, 20), row(5, 90, true)];
    expect([...rows].sort(compareInQueue).map((r) => Number.parseInt(r.id.slice(-4), 16))).toEqual([
      5, 3, 4, 2, 1,
    ]);
  });

  it('is a total order', () => {
    const arbitrary = fc
      .tuple(fc.integer({ min: 1, max: 50 }), fc.option(fc.nat(5)), fc.boolean())
      .map(([n, start, critical]) => row(n, start, critical));
    fc.assert(
      fc.property(arbitrary, arbitrary, arbitrary, (a, b, c) => {
        expect(Math.sign(compareInQueue(a, b))).toBe(-Math.sign(compareInQueue(b, a)) || 0);
        const chained = compareInQueue(a, b) <= 0 && compareInQueue(b, c) <= 0;
        expect(!chained || compareInQueue(a, c) <= 0).toBe(true);
      }),
    );
  });
});
