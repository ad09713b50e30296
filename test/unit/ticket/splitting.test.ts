import fc from 'fast-check';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import type { LetterId, TicketId } from '#shared/ids.ts';
import { joinClientLetter } from '#shared/ticket/apply-letter.ts';
import { absorbTicket } from '#shared/ticket/operations/merge-ticket.ts';
import { splitOff, type SplitTicket } from '#shared/ticket/operations/split-ticket.ts';
import {
  peopleOfSplitOff,
  peopleWhoStay,
  type LetterPeople,
  type TicketLetters,
} from '#shared/ticket/split-people.ts';
import { TicketSchema, type Ticket } from '#shared/ticket/ticket.ts';
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
const write = (state: Ticket, n: number, at: number): Ticket =>
  joinClientLetter(state, { id: letterId(n), receivedAt: at }, rules);
const split = (letterIds: LetterId[], subject = 'Domain'): SplitTicket =>
  operation('split-ticket', receivedAt + hour, {
    newTicketId: otherId,
    token: '99999999',
    subject,
    letterIds,
  }) as SplitTicket;

const client = 'client@school.example';
const head = 'head@school.example';
const stranger = 'stranger@elsewhere.example';
const person = (address: string) => ({ name: '', address });
const wrote = (from: string, ...to: string[]): LetterPeople => ({
  from: person(from),
  to: to.map(person),
  cc: [],
});
/** Letters 1, 2, … of the clients, and what the service wrote. */
const letters = (
  received: readonly LetterPeople[],
  sent: Record<string, LetterPeople> = {},
): TicketLetters => ({
  received: new Map(received.map((people, n) => [letterId(n + 1), people])),
  sent: new Map(Object.entries(sent)),
});
const byClient = letters(Array.from({ length: 9 }, () => wrote(client)));

describe('splitting', () => {
  const two = (): Ticket => write(ticket(), 2, receivedAt + 2 * hour);

  it('the new ticket waits since its first letter, and both know of each other', () => {
    const step = split([letterId(2)]);
    const left = apply(two(), [step, anna]);
    const fresh = splitOff(two(), step, byClient, rules);
    expect(left).toMatchObject({
      letterCount: 1,
      reactionStartedAt: receivedAt,
      links: [{ ticketId: otherId, relation: 'split-into' }],
    });
    expect(fresh).toMatchObject({
      id: otherId,
      number: 0,
      receivedAt: receivedAt + 2 * hour,
      reactionStartedAt: receivedAt + 2 * hour,
      letterCount: 1,
      links: [{ ticketId, relation: 'split-from' }],
    });
    expect(Value.Check(TicketSchema, fresh)).toBe(true);
  });

  it.each([
    ['nothing-left', split([letterId(1), letterId(2)])],
    ['not-found', split([letterId(3)])],
    ['text-required', split([letterId(2)], '  ')],
  ])('is refused as %s', (kind, step) => {
    expect(rejectionOf(two(), step)).toBe(kind);
  });

  it('what was asked after the answer leaves an answered ticket behind', () => {
    const answered = apply(ticket(), [answer(receivedAt + hour), anna]);
    const asked = write(answered, 2, receivedAt + 2 * hour);
    expect(apply(asked, [split([letterId(2)]), anna])).toMatchObject({
      status: 'waiting',
      reactionStartedAt: null,
    });
  });

  it('a letter that was answered does not wait again, and its answer stays with it as its proof', () => {
    const answered = apply(two(), [answer(receivedAt + 3 * hour), anna]);
    const fresh = splitOff(answered, split([letterId(2)]), byClient, rules);
    expect(fresh).toMatchObject({
      status: 'open',
      reactionStartedAt: null,
      lastAnswerAt: receivedAt + 3 * hour,
      letterCount: 1,
    });
  });

  it('of an answered letter and one that was not, the second waits since it came', () => {
    const answered = apply(two(), [answer(receivedAt + 3 * hour), anna]);
    const asked = write(write(answered, 3, receivedAt + 4 * hour), 4, receivedAt + 5 * hour);
    const fresh = splitOff(asked, split([letterId(2), letterId(4)]), byClient, rules);
    expect(fresh).toMatchObject({
      receivedAt: receivedAt + 2 * hour,
      reactionStartedAt: receivedAt + 5 * hour,
      letterCount: 2,
    });
  });

  it('a wait that was ended by closing, or by an answer that is no reaction, stays as it was', () => {
    const closing = operation('close-ticket', receivedAt + 3 * hour, {
      outcome: 'answered-by-phone',
      reason: 'called',
    });
    const closed = apply(two(), [closing, anna]);
    expect(splitOff(closed, split([letterId(2)]), byClient, rules).reactionStartedAt).toBeNull();
    const told = apply(two(), [answer(receivedAt + 3 * hour, '<n@desk.example>', 'notice'), anna]);
    expect(splitOff(told, split([letterId(2)]), byClient, rules).reactionStartedAt).toBe(
      receivedAt + 2 * hour,
    );
  });

  it('merging what was split gives back every letter and every answer once', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 2, max: 9 }), { minLength: 1 });
    fc.assert(
      fc.property(numbers, fc.uniqueArray(fc.integer({ min: 2, max: 10 })), (moved, answeredAfter) => {
        const whole = Array.from({ length: 8 }, (_, n) => n + 2).reduce((state, n) => {
          const written = write(state, n, receivedAt + n * hour);
          const step = answer(receivedAt + n * hour + 1, `<${n}@desk.example>`);
          return answeredAfter.includes(n) ? apply(written, [step, anna]) : written;
        }, ticket());
        const step = split(moved.map(letterId));
        const left = apply(whole, [step, anna]);
        const back = absorbTicket(left, splitOff(whole, step, byClient, rules), rules);
        if (!back.ok) throw new Error(back.error.kind);
        expect(back.value.events).toEqual(whole.events);
        expect(back.value.letterCount).toBe(whole.letterCount);
        expect(back.value.reactionStartedAt).toBe(whole.reactionStartedAt);
      }),
    );
  });
});

describe('who takes part in what was split', () => {
  const shared = (): Ticket => ({
    ...write(ticket(), 2, receivedAt + 2 * hour),
    client: { name: 'Client', address: client, phone: '+375 17 000-00-00' },
    participants: [client, head],
  });
  const known = letters([wrote(client), wrote(head, stranger)]);
  const people = ({ client: { address }, participants }: Pick<Ticket, 'client' | 'participants'>) => ({
    client: address,
    participants,
  });
  const leave = (state: Ticket, moved: LetterId[], of: TicketLetters) =>
    people(peopleWhoStay(apply(state, [split(moved), anna]), moved, of));

  it('is who wrote it: neither the client of the old ticket nor a stranger who got a copy', () => {
    expect(people(peopleOfSplitOff(shared(), [letterId(2)], known))).toEqual({
      client: head,
      participants: [head],
    });
    expect(peopleOfSplitOff(shared(), [letterId(2)], known).client.phone).toBe('');
  });

  it('is also to whom it was written, where the service had written to them before', () => {
    const copied = letters([wrote(client), wrote(head, client, stranger)]);
    expect(peopleOfSplitOff(shared(), [letterId(2)], copied).participants).toEqual([head, client]);
  });

  it('keeps the telephone of the same client', () => {
    expect(peopleOfSplitOff(shared(), [letterId(1)], known).client).toEqual(shared().client);
  });

  it('is nobody where the letters are not known', () => {
    expect(peopleOfSplitOff(shared(), [letterId(2)], letters([]))).toEqual({
      client: { name: '', address: '', phone: '' },
      participants: [],
    });
  });

  it('whose letters have all left is gone from the old ticket', () => {
    expect(leave(shared(), [letterId(2)], known)).toEqual({ client, participants: [client] });
    expect(leave(shared(), [letterId(1)], known)).toEqual({ client: head, participants: [head] });
  });

  it('to whom the service wrote there still takes part, but is no longer its client', () => {
    const step = answer(receivedAt + 3 * hour, '<a@desk.example>');
    const answered = { ...apply(shared(), [step, anna]), participants: [client, head] };
    const sent = letters([wrote(client), wrote(head)], { '<a@desk.example>': wrote('info@d', client, head) });
    expect(leave(answered, [letterId(1)], sent)).toEqual({ client: head, participants: [head, client] });
    expect(leave(answered, [letterId(2)], sent)).toEqual({ client, participants: [client, head] });
  });

  it('who called stays the client', () => {
    const called = shared();
    const call = { kind: 'client-contact', at: receivedAt - hour, letterId: null } as const;
    const withCall = { ...called, events: [call, ...called.events] };
    expect(leave(withCall, [letterId(1), letterId(2)], known)).toEqual({ client, participants: [client] });
  });
});
