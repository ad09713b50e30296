import { expect, test } from 'vitest';
import type { PendingOperation } from '#shared/bridge/pending.ts';
import type { AgentId, OperationId, TicketId } from '#shared/ids.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import { operationWaits } from '#renderer/features/outbox/operation-wait.ts';
import { redoOperation } from '#renderer/features/outbox/redo-operation.ts';

const ticket = 'ticket' as TicketId;
const other = 'other' as TicketId;
const agentId = 'agent' as AgentId;

function note(id: string, ticketId: TicketId): Operation {
  return { id: id as OperationId, ticketId, madeAt: 1000, kind: 'add-note', text: 'Звонили.' };
}

function pending(
  operation: Operation,
  state: PendingOperation['state'] = { kind: 'waiting' },
): PendingOperation {
  return { operation, author: { agentId, role: 'agent' }, state };
}

const refused = pending(note('1', ticket), { kind: 'rejected', rejection: { kind: 'closed' } });
const operations = [refused, pending(note('2', ticket)), pending(note('3', other))];
const online = { state: 'online', problem: null } as const;

test('those behind a refused one wait for it, other tickets go on', () => {
  expect([...operationWaits(operations, new Set(), online)]).toEqual([
    ['2', { kind: 'behind', refused: refused.operation }],
    ['3', { kind: 'next' }],
  ]);
});

test('what was made before the refused one does not wait for it', () => {
  const waits = operationWaits([pending(note('0', ticket)), refused], new Set(), online);
  expect([...waits]).toEqual([['0', { kind: 'next' }]]);
});

test('without the API the reason is the one of the connection', () => {
  const waits = operationWaits(operations, new Set(), { state: 'waiting', problem: 'unreachable' });
  expect([...waits.values()].map(({ kind }) => kind)).toEqual(['behind', 'api']);
});

test('what belongs to a letter waits for the letter', () => {
  expect([...operationWaits(operations, new Set([other]), online).values()].at(-1)).toEqual({
    kind: 'letter',
  });
});

const head = { id: 'new' as OperationId, madeAt: 5000, claimUntil: 9000 };

test('a refused claim is made again as a claim of now, which overtakes nobody', () => {
  const claim: Operation = {
    id: 'old' as OperationId,
    ticketId: ticket,
    madeAt: 1000,
    kind: 'claim-ticket',
    until: 2000,
  };
  expect(redoOperation(claim, { kind: 'held-by-other', agentId, until: 4000 }, head)).toEqual({
    id: 'new',
    ticketId: ticket,
    madeAt: 5000,
    kind: 'claim-ticket',
    until: 9000,
  });
});

test('a note to a ticket that was given up goes to the one it was given up for', () => {
  expect(redoOperation(note('1', ticket), { kind: 'merged', into: other }, head)).toEqual({
    ...note('new', other),
    madeAt: 5000,
  });
});

test.each(['forbidden', 'not-found', 'unanswered', 'moment-passed'] as const)(
  'what was refused as %s is not sent the same again',
  (kind) => {
    expect(redoOperation(note('1', ticket), { kind }, head)).toBeNull();
  },
);

test('a snooze until a moment that has passed meanwhile is not repeated', () => {
  const snooze: Operation = { ...note('1', ticket), kind: 'snooze-ticket', until: 3000 };
  expect(redoOperation(snooze, { kind: 'closed' }, head)).toBeNull();
});
