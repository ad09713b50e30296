import { describe, expect, test } from 'vitest';
import { calledNote, callerText, emptyCall } from '#renderer/features/phone/call.ts';
import { isAddress } from '#renderer/features/phone/is-address.ts';
import { availableActions } from '#renderer/features/ticket/available-actions.ts';
import { telephoneUrl } from '#renderer/features/ticket/telephone-url.ts';
import type { AgentId } from '#shared/ids.ts';
import { receivedAt, ticket } from './sample-ticket.ts';

const anna = { id: 'anna' as AgentId, role: 'agent' } as const;
const heldBy = (agentId: string, until = receivedAt + 1000) => ({
  holder: { agentId: agentId as AgentId, until },
});
const offered = (
  changes: Parameters<typeof ticket>[0],
  agent: Parameters<typeof availableActions>[1] = anna,
) => {
  const may = availableActions(ticket(changes), agent, receivedAt);
  return Object.entries(may).flatMap(([name, allowed]) => (allowed ? [name] : []));
};

describe('to a ticket can be done', () => {
  test('while nobody holds it, everything but to release it', () => {
    expect(offered({})).toEqual(['work', 'answer', 'claim', 'steer']);
  });

  test('one may release what one holds, and a senior what a colleague holds', () => {
    expect(offered(heldBy('anna'))).toEqual(['work', 'answer', 'release', 'steer']);
    expect(offered(heldBy('pyotr'))).toEqual(['work', 'answer', 'steer']);
    expect(offered(heldBy('pyotr'), { ...anna, role: 'senior' })).toEqual([
      'work',
      'answer',
      'release',
      'steer',
    ]);
  });

  test('a claim that is over holds nobody off', () => {
    expect(offered(heldBy('pyotr', receivedAt))).toEqual(['work', 'answer', 'claim', 'steer']);
  });

  test('a closed ticket is only noted and classified, until it is opened again', () => {
    expect(offered({ status: 'closed' })).toEqual(['work', 'answer', 'reopen']);
  });

  test('work without a client has nobody to answer', () => {
    expect(offered({ channel: 'internal' })).toEqual(['work', 'claim', 'steer']);
  });

  test('what went into another ticket is neither answered nor opened again', () => {
    expect(offered({ status: 'closed', mergedInto: ticket().id })).toEqual(['work']);
  });

  test('whoever may only read does nothing', () => {
    expect(offered({ status: 'waiting' }, { ...anna, role: 'read-only' })).toEqual([]);
  });
});

describe('a telephone number is dialled', () => {
  test.each([
    ['+375 17 389-43-17', 'tel:+375173894317'],
    ['+ 375 17 389-43-17', 'tel:+375173894317'],
    ['8 017 389-43-17', 'tel:+375173894317'],
    ['80173894317', 'tel:+375173894317'],
    ['8 10 375 29 123 45 67', 'tel:+375291234567'],
    ['00375 29 1234567', 'tel:+375291234567'],
    ['375291234567', 'tel:+375291234567'],
    ['(017) 389-43-17 доб. 5', 'tel:0173894317'],
    ['389-43-17', 'tel:3894317'],
    ['нет', null],
    ['12', null],
  ])('%j by %j', (phone, url) => {
    expect(telephoneUrl(phone)).toBe(url);
  });
});

describe('a call', () => {
  test('is looked for by telephone, else by address, else by name', () => {
    expect(callerText({ phone: '17 389', address: 'a@school.by', name: 'Ирина' })).toBe('17 389');
    expect(callerText({ phone: '17', address: 'a@school.by', name: 'Ирина' })).toBe('a@school.by');
    expect(callerText({ phone: '', address: '', name: ' Ирина ' })).toBe('Ирина');
    expect(callerText({ phone: '', address: 'a@', name: 'Ира' })).toBeNull();
  });

  test('leaves a note that says who called and what was said', () => {
    const call = {
      ...emptyCall,
      phone: '389-43-17',
      name: 'Ирина',
      subject: 'Нет ответа',
      said: 'Ждут неделю',
    };
    expect(calledNote(call, (who) => `Звонок: ${who}`)).toBe(
      'Звонок: Ирина, 389-43-17\nНет ответа\nЖдут неделю',
    );
  });

  test.each([
    ['irina@school.by', true],
    [' Irina@Школа.бел ', true],
    ['irina@school', false],
    ['irina', false],
    ['a@b@', false],
    ['a, b@c.by', false],
  ])('takes %j for an address: %j', (text, taken) => {
    expect(isAddress(text)).toBe(taken);
  });
});
