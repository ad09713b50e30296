import { describe, expect, it } from 'vitest';
import type { OperationId, TicketId } from '#shared/ids.ts';
import { applyBounce, joinClientLetter } from '#shared/ticket/apply-letter.ts';
import { closesBySilenceAt } from '#shared/ticket/closes-by-silence-at.ts';
import { isAnswerLost } from '#shared/ticket/is-answer-lost.ts';
import { reduceJob } from '#shared/ticket/job-operation.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import { absorbTicket } from '#shared/ticket/operations/merge-ticket.ts';
import type { Facts, Ticket } from '#shared/ticket/ticket.ts';
import {
  anna,
  answer,
  apply,
  hour,
  letterId,
  operation,
  receivedAt,
  rejectionOf,
  rules,
  ticket,
  ticketId,
  uuid,
} from './ticket-steps.ts';

const otherId = uuid(101) as TicketId;
const day = 24 * hour;
const write = (state: Ticket, n: number, at: number): Ticket =>
  joinClientLetter(state, { id: letterId(n), receivedAt: at }, rules);
const postpone = (facts: Facts, lookAgainAt: number | null, reasonId = 'missing-information'): Operation =>
  operation('give-reason', receivedAt + hour, { reasonId, facts, lookAgainAt });
const merge = (into: TicketId): Operation => operation('merge-ticket', receivedAt + hour, { into });
const bounce = (state: Ticket, messageId: string, permanent: boolean, n = 50): Ticket =>
  applyBounce(
    state,
    {
      letterId: letterId(n),
      at: receivedAt + 3 * hour,
      messageId,
      recipients: [{ address: 'client@school.example', status: permanent ? '5.1.1' : '4.4.1', permanent }],
    },
    rules,
  );

describe('a reason to postpone or refuse', () => {
  it('stays with the ticket, trimmed, and stops no clock by itself', () => {
    const given = apply(ticket(), [postpone({ missing: ' the address ' }, receivedAt + 3 * day), anna]);
    expect(given.reason).toEqual({
      id: 'missing-information',
      outcome: 'postponement',
      facts: { missing: 'the address' },
      lookAgainAt: receivedAt + 3 * day,
      at: receivedAt + hour,
      agentId: anna.agentId,
    });
    expect(given.reactionStartedAt).toBe(receivedAt);
  });

  it.each([
    ['unknown-reason', postpone({}, null, 'no-mood')],
    ['facts-required', postpone({ missing: '  ' }, receivedAt + 3 * day)],
    ['moment-required', postpone({ missing: 'x' }, null)],
    ['moment-passed', postpone({ missing: 'x' }, receivedAt)],
  ])('is refused as %s', (kind, step) => {
    expect(rejectionOf(ticket(), step)).toBe(kind);
  });

  it('a refusal is not looked at again, whatever date is named', () => {
    const refused = postpone({ asked: 'twice' }, receivedAt + day, 'client-cannot-inform');
    expect(apply(ticket(), [refused, anna]).reason).toMatchObject({ outcome: 'refusal', lookAgainAt: null });
  });

  it('is over with a solution, and not with the letter that gives it', () => {
    const given = apply(ticket(), [postpone({ missing: 'x' }, receivedAt + 3 * day), anna]);
    const told = apply(given, [answer(receivedAt + 2 * hour, '<1@d>', 'postponement'), anna]);
    expect(told.reason).not.toBeNull();
    expect(apply(told, [answer(receivedAt + 3 * hour, '<2@d>', 'solution'), anna]).reason).toBeNull();
  });

  it('with a day to look again is not closed by silence before it', () => {
    const silent = apply(ticket(), [answer(receivedAt + hour, '<1@d>', 'recommendation'), anna]);
    const put = apply(silent, [postpone({ missing: 'x' }, receivedAt + 9 * day), anna]);
    expect(closesBySilenceAt(silent, rules.current)).toBe(receivedAt + hour + 2 * day);
    expect(closesBySilenceAt(put, rules.current)).toBeNull();
  });

  it('comes back into the queue on its day, once', () => {
    const lookAgainAt = receivedAt + 3 * day;
    const given = apply(
      ticket(),
      [postpone({ missing: 'x' }, lookAgainAt), anna],
      [answer(receivedAt + 2 * hour, '<1@d>', 'postponement'), anna],
    );
    const look = (state: Ticket, madeAt: number): Ticket | null =>
      reduceJob(state, { id: uuid(9) as OperationId, ticketId, madeAt, kind: 'look-again' }, rules);
    expect(look(given, lookAgainAt - 1)).toBeNull();
    const back = look(given, lookAgainAt);
    expect(back).toMatchObject({ status: 'open', reactionStartedAt: null, reason: { lookAgainAt: null } });
    expect(back === null ? null : look(back, lookAgainAt + 1)).toBeNull();
  });
});

describe('facts of the kind of work', () => {
  it('are written down one by one and taken back by a blank', () => {
    const record = (facts: Facts): Operation => operation('record-facts', receivedAt, { facts });
    const both = apply(ticket(), [record({ date: '1.11' }), anna], [record({ mode: ' replace ' }), anna]);
    expect(both.facts).toEqual({ date: '1.11', mode: 'replace' });
    expect(apply(both, [record({ date: ' ' }), anna]).facts).toEqual({ mode: 'replace' });
  });
});

describe('links', () => {
  const link = (other: TicketId, linked = true): Operation =>
    operation('link-tickets', receivedAt, { otherId: other, linked });

  it('hold once, and can be taken back', () => {
    const linked = apply(ticket(), [link(otherId), anna], [link(otherId), anna]);
    expect(linked.links).toEqual([{ ticketId: otherId, relation: 'related' }]);
    expect(apply(linked, [link(otherId, false), anna])).toEqual(ticket());
    expect(rejectionOf(ticket(), link(ticketId))).toBe('same-ticket');
  });
});

describe('merging', () => {
  const other = (): Ticket => ({
    ...write(ticket(receivedAt + 5 * hour), 7, receivedAt + 6 * hour),
    id: otherId,
  });

  it('closes the one that is given up, which no longer waits', () => {
    const given = apply(ticket(), [merge(otherId), anna]);
    expect(given).toMatchObject({
      status: 'closed',
      mergedInto: otherId,
      reactionStartedAt: null,
      letterCount: 0,
      closing: { outcome: 'merged' },
    });
    expect(rejectionOf(given, merge(otherId))).toBe('merged');
    expect(rejectionOf(given, operation('reopen-ticket', receivedAt + 2 * hour, {}))).toBe('merged');
    expect(rejectionOf(ticket(), merge(ticketId))).toBe('same-ticket');
  });

  it('the other one takes up letters, people and the longest wait', () => {
    const source = { ...ticket(), participants: ['client@school.example', 'head@school.example'] };
    const absorbed = absorbTicket(other(), source, rules);
    expect(absorbed).toMatchObject({
      ok: true,
      value: {
        reactionStartedAt: receivedAt,
        letterCount: 3,
        participants: ['client@school.example', 'head@school.example'],
        links: [{ ticketId, relation: 'merged-from' }],
      },
    });
    expect(absorbTicket(ticket(), ticket(), rules)).toMatchObject({ error: { kind: 'same-ticket' } });
    const gone = apply(other(), [merge(uuid(102) as TicketId), anna]);
    expect(absorbTicket(gone, ticket(), rules)).toMatchObject({ error: { kind: 'merged' } });
  });

  it('opens a closed ticket whose new letters wait', () => {
    const done = apply(
      { ...ticket(), id: otherId },
      [answer(receivedAt + hour), anna],
      [operation('close-ticket', receivedAt + 2 * hour, { outcome: 'done', reason: '' }), anna],
    );
    const later = { ...ticket(receivedAt + 9 * hour), id: ticketId };
    const absorbed = absorbTicket(
      done,
      { ...later, events: [{ kind: 'client-contact', at: receivedAt + 9 * hour, letterId: letterId(9) }] },
      rules,
    );
    expect(absorbed).toMatchObject({
      value: { status: 'open', reactionStartedAt: receivedAt + 9 * hour, closing: null },
    });
  });
});

describe('merging what was closed', () => {
  const closed = (state: Ticket, at: number, outcome: 'done' | 'answered-by-phone' = 'done'): Ticket =>
    apply(state, [
      operation('close-ticket', at, { outcome, reason: outcome === 'done' ? '' : 'called' }),
      anna,
    ]);
  const absorbed = (into: Ticket, given: Ticket): Ticket => {
    const result = absorbTicket(into, given, rules);
    if (!result.ok) throw new Error(result.error.kind);
    return result.value;
  };

  it('the wait of the given one outlives a closing that came after its letter', () => {
    const done = closed(apply(ticket(), [answer(receivedAt + hour), anna]), receivedAt + 9 * hour);
    const waiting = { ...write(ticket(receivedAt + 4 * hour), 7, receivedAt + 5 * hour), id: otherId };
    expect(absorbed(done, waiting)).toMatchObject({
      status: 'open',
      reactionStartedAt: receivedAt + 4 * hour,
      closing: null,
    });
  });

  it('what was answered by phone does not begin to wait again', () => {
    const called = closed(ticket(), receivedAt + hour, 'answered-by-phone');
    const waiting = { ...ticket(receivedAt + 9 * hour), id: otherId };
    expect(absorbed(waiting, called).reactionStartedAt).toBe(receivedAt + 9 * hour);
    const earlier = { ...ticket(receivedAt - hour), id: otherId };
    expect(absorbed(earlier, called).reactionStartedAt).toBe(receivedAt - hour);
  });

  it('a promised day goes along', () => {
    const promised = apply({ ...ticket(), id: otherId }, [
      { ...postpone({ missing: 'x' }, receivedAt + 9 * day), ticketId: otherId },
      anna,
    ]);
    expect(absorbed(ticket(), promised).reason?.lookAgainAt).toBe(receivedAt + 9 * day);
  });
});

describe('an answer that did not arrive', () => {
  const answered = (): Ticket => apply(ticket(), [answer(receivedAt + hour, '<a@d>'), anna]);

  it('opens the ticket where it is lost for good; the reaction stands', () => {
    const lost = bounce(answered(), '<a@d>', true);
    expect(lost).toMatchObject({ status: 'open', reactionStartedAt: null, letterCount: 3 });
    expect(bounce(lost, '<a@d>', true)).toBe(lost);
  });

  it.each([
    ['a delay', '<a@d>', false],
    ['one of an older answer', '<older@d>', true],
  ] as const)('%s leaves it waiting', (_name, messageId, permanent) => {
    expect(bounce(answered(), messageId, permanent).status).toBe('waiting');
  });

  it('is never closed by silence', () => {
    const closeAt = receivedAt + hour + 2 * day;
    const job = { id: uuid(9) as OperationId, ticketId, madeAt: closeAt, kind: 'close-by-silence' } as const;
    const words = { ...job, answeredAt: receivedAt + hour, closesAt: closeAt, watermarkAt: closeAt };
    expect(reduceJob(answered(), words, rules)).toMatchObject({
      status: 'closed',
      closing: { outcome: 'silence', agentId: null },
    });
    expect(reduceJob(answered(), { ...words, madeAt: closeAt - 1 }, rules)).toBeNull();
    expect(reduceJob(bounce(answered(), '<a@d>', true), words, rules)).toBeNull();
    expect(reduceJob(write(answered(), 2, closeAt - hour), words, rules)).toBeNull();
    const again = apply(answered(), [answer(receivedAt + 5 * hour, '<b@d>'), anna]);
    expect(reduceJob(again, words, rules)).toBeNull();
  });

  it('is missed also where a notice went after it', () => {
    const noticed = apply(answered(), [answer(receivedAt + 2 * hour, '<n@d>', 'notice'), anna]);
    const lost = bounce(noticed, '<a@d>', true);
    expect(lost.status).toBe('open');
    expect(isAnswerLost(lost)).toBe(true);
  });

  it('learned of after silence had closed the ticket opens it again', () => {
    const closeAt = receivedAt + hour + 2 * day;
    const closed = reduceJob(
      answered(),
      {
        id: uuid(9) as OperationId,
        ticketId,
        madeAt: closeAt,
        kind: 'close-by-silence',
        answeredAt: receivedAt + hour,
        closesAt: closeAt,
        watermarkAt: closeAt,
      },
      rules,
    );
    if (closed === null) throw new Error('not closed');
    expect(bounce(closed, '<a@d>', true)).toMatchObject({ status: 'open', closing: null });
  });
});
