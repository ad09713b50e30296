import { describe, expect, test } from 'vitest';
import { lostAnswer } from '#renderer/features/ticket/bounces/lost-answers.ts';
import { statusWord } from '#renderer/features/ticket/bounces/status-words.ts';
import type { BounceRecipient } from '#shared/mail/bounce-recipient.ts';
import type { TicketEvent } from '#shared/ticket/ticket.ts';
import { letter } from './sample-ticket.ts';

const anna: BounceRecipient = { address: 'anna@school.example', status: '5.1.1', permanent: true };
const later: BounceRecipient = { address: 'anna@school.example', status: '4.4.1', permanent: false };

const answer = (at: number, messageId: string): TicketEvent => ({
  kind: 'answer',
  at,
  messageId,
  answerKind: 'solution',
  human: true,
  agentId: null,
});
const bounce = (at: number, messageId: string, ...recipients: BounceRecipient[]): TicketEvent => ({
  kind: 'bounce',
  at,
  letterId: letter(at).id,
  messageId,
  recipients,
});

describe('the last answer did not arrive', () => {
  test('as long as no other was given', () => {
    const events = [answer(1, '<1>'), bounce(2, '<1>', anna)];
    expect(lostAnswer({ events })).toEqual({ messageId: '<1>', at: 2, recipients: [anna] });
    expect(lostAnswer({ events: [...events, answer(3, '<2>')] })).toBeNull();
    expect(lostAnswer({ events: [answer(1, '<1>')] })).toBeNull();
  });

  test('for good, also when a server says "not yet" afterwards', () => {
    const events = [answer(1, '<1>'), bounce(2, '<1>', anna), bounce(3, '<1>', later)];
    expect(lostAnswer({ events })?.recipients).toEqual([anna]);
    const other = [answer(1, '<1>'), bounce(2, '<1>', later), bounce(3, '<1>', anna)];
    expect(lostAnswer({ events: other })?.recipients).toEqual([anna]);
  });
});

test.each([
  ['5.1.1', 'no-such-address'],
  ['5.1.10', 'no-such-address'],
  ['5.1.6', 'address-moved'],
  ['4.2.2', 'mailbox-full'],
  ['5.2.1', 'mailbox-off'],
  ['5.3.4', 'too-large'],
  ['5.4.1', 'unreachable'],
  ['4.4.7', 'expired'],
  ['5.7.1', 'refused'],
  ['5.0.0', 'unknown'],
  [null, 'unknown'],
])('status %s means %s', (status, word) => expect(statusWord(status)).toBe(word));
