import type { AgentId, LetterId, OperationId, TicketId } from '#shared/ids.ts';
import { openTicket } from '#shared/ticket/apply-letter.ts';
import { RuleBook } from '#shared/regulation/rule-book.ts';
import type { Author } from '#shared/ticket/author.ts';
import type { LetterFacts } from '#shared/ticket/letter.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import { reduceTicket } from '#shared/ticket/reduce.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';

/** The regulation that ships. */
export const rules = RuleBook.shipped();
export const hour = 3_600_000;
export const receivedAt = Date.UTC(2026, 10, 10, 7, 15);
export const uuid = (n: number): string => `01900000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
export const anna: Author = { agentId: uuid(1) as AgentId, role: 'agent' };
export const boris: Author = { agentId: uuid(2) as AgentId, role: 'agent' };
export const letterId = (n: number): LetterId => `1:${n.toString(16).padStart(64, '0')}` as LetterId;
export const ticketId = uuid(100) as TicketId;

function facts(n: number, at: number): LetterFacts {
  return {
    id: letterId(n),
    location: { folder: 'inbox', uidValidity: '1', uid: n },
    messageId: `<${n}@client.example>`,
    inReplyTo: [],
    references: [],
    from: { name: 'Client', address: 'client@school.example' },
    to: [],
    cc: [],
    subject: 'Quota',
    receivedAt: at,
    size: 100,
    kind: 'human',
    bounce: null,
    hops: 0,
  };
}

/** A ticket that a client's letter has just opened. */
export function ticket(at = receivedAt): Ticket {
  return openTicket(
    facts(1, at),
    {
      id: ticketId,
      number: 1,
      token: '0123ABCD',
      subject: 'Quota',
      participants: ['client@school.example'],
      possibleFollowUpOf: null,
    },
    rules,
  );
}

let nextOperation = 1000;

/** A new operation on the one ticket of these tests. */
export function operation<K extends Operation['kind']>(
  kind: K,
  madeAt: number,
  rest: Omit<Extract<Operation, { kind: K }>, 'id' | 'ticketId' | 'madeAt' | 'kind'>,
): Operation {
  nextOperation += 1;
  const head = { id: uuid(nextOperation) as OperationId, ticketId, madeAt, kind };
  return { ...head, ...rest } as unknown as Operation;
}

export const answer = (
  at: number,
  messageId = '<a@desk.example>',
  answerKind: Extract<Operation, { kind: 'record-answer' }>['answerKind'] = 'solution',
): Operation =>
  operation('record-answer', at, {
    messageId,
    answerKind,
    answeredAt: at,
    from: { name: '', address: 'info@service.example' },
    to: [{ name: '', address: 'client@school.example' }],
    cc: [],
    subject: 'Re: Quota',
    references: [],
  });

/** Applies what must not be rejected. */
export function apply(start: Ticket | null, ...steps: readonly (readonly [Operation, Author])[]): Ticket {
  let state = start;
  for (const [step, author] of steps) {
    const result = reduceTicket(state, step, author, rules);
    if (!result.ok) throw new Error(`rejected: ${result.error.kind}`);
    state = result.value;
  }
  if (state === null) throw new Error('no ticket');
  return state;
}

/** Why an operation is refused, or null. */
export function rejectionOf(state: Ticket | null, step: Operation, author = anna): string | null {
  const result = reduceTicket(state, step, author, rules);
  return result.ok ? null : result.error.kind;
}
