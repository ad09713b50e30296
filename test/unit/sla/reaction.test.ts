import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ANSWER_KINDS, ARMING, type AnswerKind } from '#shared/regulation/answer-kind.ts';
import {
  always,
  defaultReactionPolicy,
  openPeriod,
  reactionPeriods,
  type ReactionEvent,
} from '#shared/sla/reaction.ts';

const contact = (at: number): ReactionEvent => ({ kind: 'client-contact', at });
const answer = (at: number, answerKind: AnswerKind = 'solution'): ReactionEvent => ({
  kind: 'answer',
  at,
  answerKind,
  human: true,
});
const robot = (at: number): ReactionEvent => ({ kind: 'answer', at, answerKind: 'solution', human: false });

describe('reaction periods', () => {
  it.each<[string, ReactionEvent[], [number, number | null][]]>([
    ['nothing happened', [], []],
    ['a letter waits', [contact(10)], [[10, null]]],
    ['a letter was answered', [contact(10), answer(20)], [[10, 20]]],
    ['a reminder does not move the period', [contact(10), contact(15), answer(20)], [[10, 20]]],
    ['a second answer answers nothing', [contact(10), answer(20), answer(30)], [[10, 20]]],
    [
      'a follow-up opens a period of its own',
      [contact(10), answer(20), contact(30), contact(35)],
      [
        [10, 20],
        [30, null],
      ],
    ],
    ['the desk wrote first', [answer(5), contact(10)], [[10, null]]],
    ['a robot is no reaction', [contact(10), robot(20)], [[10, null]]],
    ['a notice is no reaction', [contact(10), answer(11, 'notice'), answer(20, 'refusal')], [[10, 20]]],
    ['a late ancestor moves the start back', [contact(10), answer(20), contact(4)], [[4, 20]]],
    ['a late ancestor of an open period', [contact(10), contact(4)], [[4, null]]],
    [
      'an answer found late splits what looked like one period',
      [contact(10), contact(30), answer(20)],
      [
        [10, 20],
        [30, null],
      ],
    ],
    ['letter, then answer within one second of INTERNALDATE', [contact(10), answer(10)], [[10, 10]]],
    [
      'answer, then letter within one second of INTERNALDATE',
      [contact(5), answer(10), contact(10)],
      [
        [5, 10],
        [10, null],
      ],
    ],
  ])('%s', (_what, events, expected) => {
    expect(reactionPeriods(events, always(defaultReactionPolicy))).toEqual(
      expected.map(([startedAt, endedAt]) => ({
        startedAt,
        endedAt,
        endedBy: endedAt === null ? null : 'answer',
      })),
    );
  });

  it.each(ANSWER_KINDS)('by default %s stops the clock unless it is a notice', (kind) => {
    const [period] = reactionPeriods([contact(1), answer(2, kind)], always(defaultReactionPolicy));
    expect(period?.endedAt).toBe(kind === 'notice' ? null : 2);
  });

  it('follow the policy: a stricter one lets questions not count', () => {
    const strict = { stopsClock: new Set<AnswerKind>(['solution', 'recommendation']) };
    const events = [contact(1), answer(2, 'clarification'), contact(3), answer(4)];
    expect(reactionPeriods(events, always(strict))).toEqual([
      { startedAt: 1, endedAt: 4, endedBy: 'answer' },
    ]);
  });

  it('do not depend on the order of arrival, never overlap, and only the last can be open', () => {
    const event = fc.oneof(
      fc.constant('client-contact' as const),
      fc.constantFrom(...ANSWER_KINDS).map((kind) => kind),
    );
    const history = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 1000 }), event), {
      selector: ([at]) => at,
      maxLength: 30,
    });
    fc.assert(
      fc.property(history, fc.array(fc.nat(), { minLength: 30, maxLength: 30 }), (pairs, keys) => {
        const events = pairs.map(([at, kind]) =>
          kind === 'client-contact' ? contact(at) : answer(at, kind),
        );
        const shuffled = events
          .map((e, i) => ({ e, key: keys[i] ?? 0 }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ e }) => e);
        const periods = reactionPeriods(shuffled, always(defaultReactionPolicy));
        expect(periods).toEqual(reactionPeriods(events, always(defaultReactionPolicy)));
        for (const [i, { startedAt, endedAt }] of periods.entries()) {
          expect(endedAt === null ? i === periods.length - 1 : endedAt > startedAt).toBe(true);
          expect(startedAt).toBeGreaterThan(periods[i - 1]?.endedAt ?? -1);
        }
      }),
    );
  });
});

describe('the open period', () => {
  it.each<[string, ReactionEvent[], number | null]>([
    ['is none before any letter', [], null],
    ['is none when all is answered', [contact(1), answer(2)], null],
    ['is the last one while the client waits', [contact(1), answer(2), contact(3)], 3],
  ])('%s', (_what, events, startedAt) => {
    expect(openPeriod(reactionPeriods(events, always(defaultReactionPolicy)))?.startedAt ?? null).toBe(
      startedAt,
    );
  });
});

it('only a solution, a recommendation or a refusal arms the closing', () => {
  expect(ANSWER_KINDS.filter((kind) => ARMING.has(kind))).toEqual(['solution', 'recommendation', 'refusal']);
});
