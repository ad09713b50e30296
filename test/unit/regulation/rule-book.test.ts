import { describe, expect, it } from 'vitest';
import { readDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import { defaultCategories } from '#shared/regulation/category.ts';
import { defaultProfile } from '#shared/regulation/default-profile.ts';
import type { Regulation } from '#shared/regulation/regulation.ts';
import { RuleBook } from '#shared/regulation/rule-book.ts';
import { reactionPeriods, type ReactionEvent } from '#shared/sla/reaction.ts';

const version = (revision: number, since: number, clarificationStops: boolean): Regulation => ({
  revision,
  since,
  profile: {
    ...defaultProfile,
    version: `v${revision}`,
    answerKinds: defaultProfile.answerKinds.map((rule) =>
      rule.kind === 'clarification' ? { ...rule, stopsClock: clarificationStops } : rule,
    ),
  },
  categories: [...defaultCategories],
  calendar: readDefaultCalendar(),
});

describe('the rule book', () => {
  const book = RuleBook.shipped().with([version(2, 200, true), version(1, 100, false)]);

  it.each([
    [-1, 0],
    [99, 0],
    [100, 1],
    [199, 1],
    [200, 2],
    [1_000_000, 2],
  ])('at %i revision %i was in force', (at, revision) => {
    expect(book.at(at).revision).toBe(revision);
  });

  it('has the newest version in force now, and keeps what it has compiled', () => {
    expect(book.current.revision).toBe(2);
    const later = book.with([version(1, 100, true), version(3, 300, true)]);
    expect(later.current.revision).toBe(3);
    expect(later.at(150)).toBe(book.at(150));
    expect(book.current.revision).toBe(2);
  });

  it('judges an answer by what was in force when it was given', () => {
    const asked = (at: number): ReactionEvent[] => [
      { kind: 'client-contact', at: at - 10 },
      { kind: 'answer', at, answerKind: 'clarification', human: true },
    ];
    const ends = [50, 150, 250].map((at) => reactionPeriods(asked(at), book)[0]?.endedAt);
    expect(ends).toEqual([50, null, 250]);
  });
});
