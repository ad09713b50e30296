import { describe, expect, test } from 'vitest';
import { newcomersOf } from '#renderer/features/ticket/relations/newcomers-of.ts';
import { canSplit, splittableLetters } from '#renderer/features/ticket/relations/splittable-letters.ts';
import type { TicketEvent } from '#shared/ticket/ticket.ts';
import { letter, ticket } from './sample-ticket.ts';

const contact = (n: number): TicketEvent => ({ kind: 'client-contact', at: n, letterId: letter(n).id });
const call: TicketEvent = { kind: 'client-contact', at: 5, letterId: null };
const view = (events: readonly TicketEvent[], ...letters: ReturnType<typeof letter>[]) => ({
  ticket: ticket({ events: [...events] }),
  letters,
});

describe('letters that can be split off', () => {
  test('are those with which the client turned to the service, not answers nor reports of machines', () => {
    const both = view([contact(1), contact(3)], letter(1), letter(2, { direction: 'out' }), letter(3));
    expect(splittableLetters(both).map(({ id }) => id)).toEqual([letter(1).id, letter(3).id]);
  });

  test('leave a word of the client behind, be it a call', () => {
    expect(canSplit(view([contact(1)], letter(1)))).toBe(false);
    expect(canSplit(view([contact(1), contact(2)], letter(1), letter(2)))).toBe(true);
    expect(canSplit(view([call, contact(1)], letter(1)))).toBe(true);
    expect(canSplit(view([call, { ...call, at: 6 }]))).toBe(false);
  });
});

test('merging shows a correspondence to everybody who takes part in only one of the two', () => {
  const given = { participants: ['a@school.example', 'b@school.example'] };
  expect(newcomersOf(given, { participants: ['b@school.example', 'c@other.example'] })).toEqual([
    'c@other.example',
    'a@school.example',
  ]);
  expect(newcomersOf(given, given)).toEqual([]);
});
