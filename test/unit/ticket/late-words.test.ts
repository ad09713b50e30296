import { describe, expect, it } from 'vitest';
import type { OperationId } from '#shared/ids.ts';
import { applyBounce } from '#shared/ticket/apply-letter.ts';
import { reduceJob } from '#shared/ticket/job-operation.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import {
  anna,
  answer,
  apply,
  hour,
  letterId,
  operation,
  receivedAt,
  rules,
  ticket,
  ticketId,
  uuid,
} from './ticket-steps.ts';

const answeredAt = receivedAt + hour;
const closesAt = answeredAt + 48 * hour;
const closedAt = closesAt + hour;

function closedBySilence(): Ticket {
  const waiting = apply(ticket(), [answer(answeredAt, '<1@d>'), anna]);
  const head = { id: uuid(9) as OperationId, ticketId, madeAt: closedAt };
  const closed = reduceJob(
    waiting,
    { ...head, kind: 'close-by-silence', answeredAt, closesAt, watermarkAt: closedAt },
    rules,
  );
  if (closed === null) throw new Error('not closed');
  return closed;
}

describe('an answer that had left when silence closed the ticket', () => {
  it('gives the client his time from then on', () => {
    const told = apply(closedBySilence(), [answer(closesAt - hour, '<2@d>'), anna]);
    expect(told).toMatchObject({ status: 'waiting', closing: null, lastAnswerAt: closesAt - hour });
    expect(told.events.map(({ kind }) => kind)).toEqual(['client-contact', 'answer', 'answer']);
  });

  it.each([
    ['a notice', answer(closesAt - hour, '<2@d>', 'notice')],
    ['one that is older than the one that was followed by silence', answer(receivedAt + 1, '<2@d>')],
    ['one that left afterwards', answer(closedAt + 1, '<2@d>')],
  ])('but not %s', (_name, late) => {
    expect(apply(closedBySilence(), [late, anna])).toMatchObject({
      status: 'closed',
      closing: { outcome: 'silence', at: closedAt },
    });
  });

  it('leaves alone what an agent has closed', () => {
    const close = operation('close-ticket', closedAt, { outcome: 'done', reason: '' });
    const closed = apply(ticket(), [answer(answeredAt, '<1@d>'), anna], [close, anna]);
    expect(apply(closed, [answer(closesAt - hour, '<2@d>'), anna]).status).toBe('closed');
  });
});

describe('a bounce that is known before the answer itself', () => {
  it.each([
    ['for good', true, 'open'],
    ['for now', false, 'waiting'],
  ])('%s', (_name, permanent, status) => {
    const recipients = [{ address: 'client@school.example', status: null, permanent }];
    const bounce = { letterId: letterId(50), at: answeredAt, messageId: '<1@d>', recipients };
    const bounced = applyBounce(ticket(), bounce, rules);
    expect(bounced.status).toBe('open');
    expect(apply(bounced, [answer(answeredAt, '<1@d>'), anna])).toMatchObject({
      status,
      reactionStartedAt: null,
    });
  });
});
