import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Value } from 'typebox/value';
import { applyAnswer, joinClientLetter } from '#shared/ticket/apply-letter.ts';
import type { TicketId } from '#shared/ids.ts';
import type { Author } from '#shared/ticket/author.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import type { CloseTicket } from '#shared/ticket/operations/close-ticket.ts';
import type { CreateTicket } from '#shared/ticket/operations/create-ticket.ts';
import { TicketSchema, type Ticket } from '#shared/ticket/ticket.ts';
import {
  anna,
  answer,
  apply,
  boris,
  hour,
  letterId,
  operation,
  receivedAt,
  rejectionOf,
  ticket,
  ticketId,
  rules,
  uuid,
} from './ticket-steps.ts';

const senior: Author = { ...boris, role: 'senior' };

const claim = (at: number): Operation => operation('claim-ticket', at, { until: at + 8 * hour });
const assign = (at: number, assigneeId: Author['agentId'] | null): Operation =>
  operation('assign-ticket', at, { assigneeId });
const note = (text: string): Operation => operation('add-note', receivedAt + hour, { text });
const add = (address: string): Operation => operation('add-participant', receivedAt, { address });
const remove = (address: string): Operation => operation('remove-participant', receivedAt, { address });
const snooze = (at: number, until: number | null): Operation => operation('snooze-ticket', at, { until });
const escalate = (at: number, escalated = true, reference = ''): Operation =>
  operation('escalate-ticket', at, { escalated, reference });
const reopen = (at: number): Operation => operation('reopen-ticket', at, {});
const close = (at: number, outcome: CloseTicket['outcome'] = 'done', reason = ''): Operation =>
  operation('close-ticket', at, { outcome, reason });
const forward = (at: number, messageId = '<f@desk.example>'): Operation =>
  operation('record-forward', at, {
    messageId,
    forwardedAt: at,
    from: { name: '', address: 'info@service.example' },
    to: [{ name: '', address: 'developer@vendor.example' }],
    cc: [],
    subject: 'Fwd: Quota',
  });
const create = (rest: Partial<CreateTicket> = {}): Operation =>
  operation('create-ticket', receivedAt, {
    token: '0123ABCD',
    channel: 'phone',
    subject: ' Не открывается сайт ',
    client: { name: ' Мария ', address: 'Maria@School.EXAMPLE', phone: ' +375 17 000-00-00 ' },
    ...rest,
  });

const closed = (): Ticket => apply(ticket(), [close(receivedAt + hour, 'no-answer-needed', 'thanks'), anna]);
const held = (): Ticket => apply(ticket(), [claim(receivedAt), anna]);

describe('what is refused, and why', () => {
  it.each([
    ['a blank note', ticket(), note(' \n\t '), 'text-required'],
    ['a snooze into the past', ticket(), snooze(receivedAt + 5, receivedAt + 4), 'moment-passed'],
    ['a snooze until now', ticket(), snooze(receivedAt + 5, receivedAt + 5), 'moment-passed'],
    ['closing as done while a client waits', ticket(), close(receivedAt + hour), 'unanswered'],
    ['closing without a reason', ticket(), close(receivedAt, 'answered-by-phone', '  '), 'reason-required'],
    ['a new ticket without a subject', null, create({ subject: ' ' }), 'text-required'],
    ['a new ticket in place of another', ticket(), create(), 'exists'],
    ['a note on no ticket', null, note('x'), 'not-found'],
    ['a participant without an address', ticket(), add(' '), 'wrong-address'],
    ['one to whom nothing can be sent', ticket(), add('второй@школа'), 'wrong-address'],
    ['the client’s part', ticket(), remove('Client@School.example'), 'is-client'],
  ] satisfies [string, Ticket | null, Operation, string][])('%s', (_name, state, step, kind) => {
    expect(rejectionOf(state, step)).toBe(kind);
  });

  it.each([
    ['assign', assign(receivedAt + 2 * hour, anna.agentId)],
    ['snooze', snooze(receivedAt + 2 * hour, receivedAt + 9 * hour)],
    ['escalate', escalate(receivedAt + 2 * hour)],
    ['close again', close(receivedAt + 2 * hour)],
  ])('to %s a closed ticket', (_name, step) => {
    expect(rejectionOf(closed(), step)).toBe('closed');
  });

  it.each([
    ['note', note('x')],
    ['change the client of', operation('change-client', receivedAt, { name: 'A', phone: '1' })],
    ['classify', operation('classify-ticket', receivedAt, { category: 'disk-quota' })],
    ['add a participant to', add('second@school.example')],
    ['remove a participant of', remove('second@school.example')],
    ['reopen', reopen(receivedAt + 2 * hour)],
    ['forward a letter of', forward(receivedAt + 2 * hour)],
    ['answer', answer(receivedAt + 2 * hour)],
  ])('but not to %s one', (_name, step) => {
    expect(rejectionOf(closed(), step)).toBeNull();
  });

  it.each([
    create(),
    note('x'),
    close(receivedAt, 'not-a-request', 'spam'),
    add('second@school.example'),
    remove('second@school.example'),
    reopen(receivedAt),
    forward(receivedAt),
  ])('whatever readers try: $kind', (step) => {
    const state = step.kind === 'create-ticket' ? null : ticket();
    const expected = state === null ? 'not-found' : 'forbidden';
    expect(rejectionOf(state, step, { ...anna, role: 'read-only' })).toBe(expected);
  });
});

describe('what changes', () => {
  it('a note counts; its text is the history’s', () => {
    const noted = apply(ticket(), [note('one'), anna], [note('two'), boris]);
    expect(noted).toEqual({ ...ticket(), noteCount: 2 });
  });

  it('a kind of work and a client are corrected, and taken back', () => {
    const classify = (category: string | null): Operation =>
      operation('classify-ticket', receivedAt, { category });
    expect(apply(ticket(), [classify('disk-quota'), anna]).category).toBe('disk-quota');
    expect(apply(ticket(), [classify('disk-quota'), anna], [classify(null), boris])).toEqual(ticket());
    const change = operation('change-client', receivedAt, { name: ' Мария ', phone: ' 1 ' });
    expect(apply(ticket(), [change, anna]).client).toEqual({
      name: 'Мария',
      address: 'client@school.example',
      phone: '1',
    });
  });

  it('somebody takes part once, under one spelling of the address, until that is taken back', () => {
    const [client = ''] = ticket().participants;
    const two = apply(ticket(), [add(' Second@Школа.BY '), anna]);
    expect(two.participants).toEqual([client, 'second@xn--80atdl2c.by']);
    expect(apply(two, [add('second@школа.by'), boris])).toEqual(two);
    expect(apply(two, [add(client), boris])).toEqual(two);
    expect(apply(two, [remove('SECOND@школа.by'), boris])).toEqual(ticket());
    expect(apply(ticket(), [remove('nobody@school.example'), boris])).toEqual(ticket());
  });

  it('nobody takes part in a ticket that was given up for another', () => {
    const merged = apply(ticket(), [
      operation('merge-ticket', receivedAt, { into: uuid(101) as TicketId }),
      anna,
    ]);
    for (const step of [add('second@school.example'), remove('second@school.example')]) {
      expect(rejectionOf(merged, step)).toBe('merged');
    }
  });

  it('a snooze lasts until its moment, until it is taken back, or until the client writes', () => {
    const until = receivedAt + 30 * hour;
    const away = apply(ticket(), [snooze(receivedAt + hour, until), anna]);
    expect(away).toEqual({ ...ticket(), snooze: { until, agentId: anna.agentId } });
    expect(apply(away, [snooze(receivedAt + 2 * hour, null), boris])).toEqual(ticket());
    expect(
      joinClientLetter(away, { id: letterId(2), receivedAt: receivedAt + 2 * hour }, rules).snooze,
    ).toBeNull();
  });

  it('an assignment ends the claim of anybody else; a colleague’s claimed ticket is given away from senior on', () => {
    expect(rejectionOf(held(), assign(receivedAt + 1, boris.agentId), boris)).toBe('held-by-other');
    expect(apply(held(), [assign(receivedAt + 1, boris.agentId), senior])).toMatchObject({
      assigneeId: boris.agentId,
      holder: null,
    });
    expect(apply(held(), [assign(receivedAt + 1, anna.agentId), boris])).toMatchObject({
      assigneeId: anna.agentId,
      holder: { agentId: anna.agentId },
    });
    expect(apply(held(), [assign(receivedAt + 9 * hour, null), boris])).toMatchObject({ holder: null });
  });
});

describe('escalating and answering', () => {
  it('stops no clock, and answering stops it without taking the ticket from the developers', () => {
    const escalated = apply(ticket(), [escalate(receivedAt + hour, true, ' DEV-7 '), anna]);
    expect(escalated).toEqual({
      ...ticket(),
      escalation: { reference: 'DEV-7', at: receivedAt + hour, agentId: anna.agentId },
    });
    const told = apply(escalated, [answer(receivedAt + 2 * hour, '<a@x>', 'escalated'), anna]);
    expect(told).toMatchObject({ status: 'waiting', reactionStartedAt: null });
    expect(told.escalation).toEqual(escalated.escalation);
    expect(apply(told, [escalate(receivedAt + 3 * hour, false), boris]).escalation).toBeNull();
  });

  it('telling the client escalates by itself; solving takes it back; a question leaves it', () => {
    const told = apply(ticket(), [answer(receivedAt + hour, '<a@x>', 'escalated'), anna]);
    expect(told.escalation).toEqual({ reference: '', at: receivedAt + hour, agentId: anna.agentId });
    const asked = apply(told, [answer(receivedAt + 2 * hour, '<b@x>', 'clarification'), boris]);
    expect(asked.escalation).toEqual(told.escalation);
    expect(apply(asked, [answer(receivedAt + 3 * hour, '<c@x>'), boris]).escalation).toBeNull();
  });
});

describe('closing', () => {
  const answered = (): Ticket => apply(ticket(), [answer(receivedAt + hour), anna]);

  it('ends claim, snooze and the wait for a reaction, and says how', () => {
    const busy = apply(held(), [snooze(receivedAt + 1, receivedAt + 9 * hour), anna]);
    const ended = apply(busy, [close(receivedAt + 2 * hour, 'answered-by-phone', ' called '), boris]);
    expect(ended).toMatchObject({
      status: 'closed',
      holder: null,
      snooze: null,
      reactionStartedAt: null,
      closing: { outcome: 'answered-by-phone', reason: 'called', agentId: boris.agentId },
    });
    expect(apply(answered(), [close(receivedAt + 2 * hour), anna])).toMatchObject({
      status: 'closed',
      closing: { outcome: 'done', reason: '' },
    });
  });

  it('comes after the letters that it closes, however far behind the desk’s clock is', () => {
    const ended = apply(ticket(), [close(receivedAt - 5 * hour, 'not-a-request', 'spam'), anna]);
    expect(ended).toMatchObject({ reactionStartedAt: null, closing: { at: receivedAt } });
  });

  it('reopening undoes it, whatever had happened before', () => {
    const step = fc.oneof(
      fc.integer({ min: 1, max: 90 }).map((h) => ({ name: 'client' as const, at: receivedAt + h * hour })),
      fc.integer({ min: 1, max: 90 }).map((h) => ({ name: 'answer' as const, at: receivedAt + h * hour })),
      fc.integer({ min: 1, max: 90 }).map((h) => ({ name: 'forward' as const, at: receivedAt + h * hour })),
      fc.constant({ name: 'cycle' as const, at: 0 }),
    );
    const outcomes = fc.constantFrom('answered-by-phone', 'no-answer-needed', 'not-a-request');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), outcomes, (steps, outcome) => {
        const cycle = (state: Ticket, at: number): Ticket =>
          apply(state, [close(at, outcome, 'x'), anna], [reopen(at + 1), boris]);
        const before = steps.reduce((state, { name, at }, n): Ticket => {
          if (name === 'client')
            return joinClientLetter(state, { id: letterId(n + 10), receivedAt: at }, rules);
          if (name === 'cycle') return cycle(state, receivedAt + 95 * hour);
          const message = `<${n}@desk.example>`;
          return apply(state, [name === 'answer' ? answer(at, message) : forward(at, message), anna]);
        }, ticket());
        expect(cycle(before, receivedAt + 99 * hour)).toEqual({ ...before, status: 'open' });
      }),
    );
  });

  it('reopening a waiting ticket brings it back without a new reaction period', () => {
    const back = apply(answered(), [snooze(receivedAt + 2 * hour, receivedAt + 50 * hour), anna]);
    expect(apply(back, [reopen(receivedAt + 3 * hour), anna])).toEqual({ ...answered(), status: 'open' });
  });

  it('taking the closing back leaves everything as it was, and is nothing where it was opened meanwhile', () => {
    const at = receivedAt + 2 * hour;
    const snoozedUntil = receivedAt + 50 * hour;
    const takenBack = (status: 'open' | 'waiting', until: number | null = null): Operation =>
      operation('reopen-ticket', at + 2, { restore: { status, snoozedUntil: until } });
    const put = (before: Ticket, back: Operation): Ticket =>
      apply(before, [close(at + 1, 'no-answer-needed', 'x'), anna], [back, anna]);

    expect(put(answered(), takenBack('waiting'))).toEqual(answered());
    const snoozed = apply(answered(), [snooze(at, snoozedUntil), anna]);
    expect(put(snoozed, takenBack('waiting', snoozedUntil))).toEqual(snoozed);
    expect(put(snoozed, takenBack('waiting', at + 2))).toEqual(answered());
    const byHand = apply(answered(), [reopen(at), anna]);
    expect(put(byHand, takenBack('open'))).toEqual(byHand);
    // Somebody waits, whatever the desk thought.
    expect(put(ticket(), takenBack('waiting'))).toEqual(ticket());
    expect(apply(byHand, [takenBack('waiting', snoozedUntil), anna])).toEqual(byHand);
  });

  it('a later letter of the client opens it again, with a reaction period of its own', () => {
    const again = joinClientLetter(closed(), { id: letterId(2), receivedAt: receivedAt + 5 * hour }, rules);
    expect(again).toMatchObject({
      status: 'open',
      closing: null,
      reactionStartedAt: receivedAt + 5 * hour,
      letterCount: 2,
    });
  });

  it('a letter that nobody had seen when it was closed makes the closing void', () => {
    const at = receivedAt + hour / 2;
    const unseen = joinClientLetter(closed(), { id: letterId(2), receivedAt: at }, rules);
    expect(unseen).toMatchObject({ status: 'open', closing: null, reactionStartedAt: receivedAt });
    const done = apply(answered(), [close(receivedAt + 3 * hour), anna]);
    const afterAnswer = joinClientLetter(done, { id: letterId(2), receivedAt: receivedAt + 2 * hour }, rules);
    expect(afterAnswer).toMatchObject({ status: 'open', reactionStartedAt: receivedAt + 2 * hour });
  });

  it('a late ancestor, or a letter answered before it was found, leaves it closed', () => {
    for (const at of [receivedAt - hour, receivedAt + hour / 2]) {
      const done = apply(answered(), [close(receivedAt + 3 * hour), anna]);
      const joined = joinClientLetter(done, { id: letterId(2), receivedAt: at }, rules);
      expect(joined).toMatchObject({ status: 'closed', reactionStartedAt: null, closing: done.closing });
    }
  });

  it('an answer that left all the same counts, and leaves it closed', () => {
    const late = apply(closed(), [answer(receivedAt + 2 * hour), boris]);
    expect(late).toMatchObject({ status: 'closed', letterCount: 2, lastAnswerAt: receivedAt + 2 * hour });
  });
});

describe('creating', () => {
  it('a call makes the client wait from then on', () => {
    const called = apply(null, [create(), anna]);
    expect(called).toMatchObject({
      id: ticketId,
      number: 0,
      channel: 'phone',
      subject: 'Не открывается сайт',
      status: 'open',
      client: { name: 'Мария', address: 'maria@school.example', phone: '+375 17 000-00-00' },
      participants: ['maria@school.example'],
      reactionStartedAt: receivedAt,
      letterCount: 0,
      events: [{ kind: 'client-contact', at: receivedAt, letterId: null }],
    });
  });

  it('before an agent’s own letter nobody waits, and the letter as a notice answers nothing', () => {
    const begun = apply(null, [create({ channel: 'mail' }), anna]);
    expect(begun).toMatchObject({ status: 'waiting', reactionStartedAt: null, events: [] });
    const written = apply(begun, [answer(receivedAt + hour, '<l@x>', 'notice'), anna]);
    expect(written).toMatchObject({ status: 'waiting', reactionStartedAt: null, letterCount: 1 });
    const replied = joinClientLetter(written, { id: letterId(2), receivedAt: receivedAt + 2 * hour }, rules);
    expect(replied).toMatchObject({ status: 'open', reactionStartedAt: receivedAt + 2 * hour });
  });

  it('makes a ticket as the protocol has it, also without address', () => {
    const nobody = { name: '', address: '', phone: '' };
    for (const client of [nobody, { ...nobody, phone: '123' }]) {
      const made = apply(null, [create({ client }), anna]);
      expect(made.participants).toEqual([]);
      expect([...Value.Errors(TicketSchema, made)]).toEqual([]);
    }
  });
});

describe('forwarding', () => {
  it('is a letter, and neither answer nor invitation', () => {
    const passedOn = apply(held(), [forward(receivedAt + hour), anna]);
    expect(passedOn).toEqual({ ...held(), letterCount: 2, lastLetterAt: receivedAt + hour });
  });

  it('takes back the answer for which its unannounced copy in Sent was held', () => {
    const seen = applyAnswer(
      ticket(),
      {
        at: receivedAt + hour,
        answerKind: 'recommendation',
        messageId: '<f@desk.example>',
        agentId: null,
      },
      rules,
    );
    expect(seen.status).toBe('waiting');
    expect(apply(seen, [forward(receivedAt + hour), anna])).toEqual(
      apply(ticket(), [forward(receivedAt + hour), anna]),
    );
  });

  it('so does a notice that was taken for a recommendation', () => {
    const outside = { at: receivedAt + hour, answerKind: 'recommendation', agentId: null } as const;
    const seen = applyAnswer(ticket(), { ...outside, messageId: '<a@desk.example>' }, rules);
    const told = apply(seen, [answer(receivedAt + hour, '<a@desk.example>', 'notice'), anna]);
    expect(told).toMatchObject({ status: 'open', reactionStartedAt: receivedAt, letterCount: 2 });
  });
});
