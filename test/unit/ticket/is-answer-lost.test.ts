import { expect, test } from 'vitest';
import { isAnswerLost } from '#shared/ticket/is-answer-lost.ts';
import type { TicketEvent } from '#shared/ticket/ticket.ts';
import { anna, hour, letterId, receivedAt } from './ticket-steps.ts';

const letter: TicketEvent = { kind: 'client-contact', at: receivedAt, letterId: letterId(1) };

function answer(n: number): TicketEvent {
  const { agentId } = anna;
  return {
    kind: 'answer',
    at: receivedAt + n * hour,
    answerKind: 'solution',
    human: true,
    messageId: `<${n}@stp>`,
    agentId,
  };
}

function bounce(n: number, ...permanent: boolean[]): TicketEvent {
  const recipients = permanent.map((isForGood) => ({
    address: 'client@school.example',
    status: isForGood ? '5.1.1' : '4.4.1',
    permanent: isForGood,
  }));
  return {
    kind: 'bounce',
    at: receivedAt + (n + 1) * hour,
    letterId: letterId(10 + n),
    messageId: `<${n}@stp>`,
    recipients,
  };
}

test.each([
  ['an answer that nobody complained of', [letter, answer(1)], false],
  ['one that did not reach its reader', [letter, answer(1), bounce(1, true)], true],
  ['one that did not reach one of its readers', [letter, answer(1), bounce(1, false, true)], true],
  ['one that may still arrive', [letter, answer(1), bounce(1, false)], false],
  ['a report after which another answer went out', [letter, answer(1), bounce(1, true), answer(3)], false],
  ['a late report of an earlier answer', [letter, answer(1), answer(2), bounce(1, true)], false],
  ['a letter that nobody has answered', [letter], false],
] as const)('%s', (_case, events, isLost) => {
  expect(isAnswerLost({ status: 'open', events: [...events] })).toBe(isLost);
  expect(isAnswerLost({ status: 'closed', events: [...events] })).toBe(false);
});
