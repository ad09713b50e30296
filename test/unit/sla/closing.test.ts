import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import { ANSWER_KINDS, type AnswerKind } from '#shared/regulation/answer-kind.ts';
import { defaultClosingPolicy, type ClosingPolicy } from '#shared/regulation/closing-policy.ts';
import { closesAt } from '#shared/sla/closing.ts';
import {
  always,
  defaultReactionPolicy,
  openPeriod,
  reactionPeriods,
  type ReactionEvent,
} from '#shared/sla/reaction.ts';
import { closing, dateAt, minsk, receiptMoments, walk } from '../calendar/day-walk.ts';

const calendar = compileDefaultCalendar();
const nextDay: ClosingPolicy = { ...defaultClosingPolicy, notBeforeEndOfNextWorkingDay: true };
const HOURS_48 = 48 * 3_600_000;

/** `client 2026-11-10 10:00`, `solution 2026-11-10 12:00`, `auto-notice ...`, `closing ...`. */
function events(...lines: readonly string[]): ReactionEvent[] {
  return lines.map((line) => {
    const [word = '', ...rest] = line.split(' ');
    const at = minsk(rest.join(' '));
    if (word === 'client') return { kind: 'client-contact', at };
    if (word === 'closing') return { kind: 'closing', at };
    const human = !word.startsWith('auto-');
    return { kind: 'answer', at, human, answerKind: word.replace('auto-', '') as AnswerKind };
  });
}

const asked = 'client 2026-11-10 10:00';

describe('48 plain hours', () => {
  it.each<[string, string | null, string[]]>([
    ['a request without an answer', null, [asked]],
    ['a solution', '2026-11-12 12:00', [asked, 'solution 2026-11-10 12:00']],
    ['a recommendation', '2026-11-12 12:00', [asked, 'recommendation 2026-11-10 12:00']],
    ['a refusal', '2026-11-12 12:00', [asked, 'refusal 2026-11-10 12:00']],
    ['a question back', null, [asked, 'clarification 2026-11-10 12:00']],
    ['a handing to the developers', null, [asked, 'escalated 2026-11-10 12:00']],
    ['a postponement', null, [asked, 'postponement 2026-11-10 12:00']],
    ['a notice', null, [asked, 'notice 2026-11-10 12:00']],
    ['an automatic letter', null, [asked, 'auto-solution 2026-11-10 12:00']],
    [
      'over a weekend, nights and days off included',
      '2026-11-15 17:50',
      [asked, 'solution 2026-11-13 17:50'],
    ],
    [
      'a letter of the client after it',
      null,
      [asked, 'solution 2026-11-10 12:00', 'client 2026-11-12 11:59'],
    ],
    [
      'a newer answer',
      '2026-11-13 09:00',
      [asked, 'solution 2026-11-10 12:00', 'recommendation 2026-11-11 09:00'],
    ],
    [
      'an answer after the client came back',
      '2026-11-14 10:00',
      [asked, 'solution 2026-11-10 12:00', 'client 2026-11-11 09:00', 'solution 2026-11-12 10:00'],
    ],
    [
      'a question after the solution',
      null,
      [asked, 'solution 2026-11-10 12:00', 'clarification 2026-11-11 09:00'],
    ],
    [
      'a notice after the solution',
      '2026-11-12 12:00',
      [asked, 'solution 2026-11-10 12:00', 'notice 2026-11-11 09:00'],
    ],
    [
      'an automatic letter after the solution',
      '2026-11-12 12:00',
      [asked, 'solution 2026-11-10 12:00', 'auto-clarification 2026-11-11 09:00'],
    ],
    ['closed by an agent', null, [asked, 'solution 2026-11-10 12:00', 'closing 2026-11-10 13:00']],
    [
      'a letter found late that is older than the answer',
      '2026-11-12 12:00',
      [asked, 'solution 2026-11-10 12:00', 'client 2026-11-09 15:00'],
    ],
    ['a letter that an agent began', '2026-11-12 12:00', ['recommendation 2026-11-10 12:00']],
    ['no event at all', null, []],
  ])('after %s: %s', (_what, expected, lines) => {
    const at = closesAt(events(...lines), defaultClosingPolicy, calendar);
    expect(at).toBe(expected === null ? null : minsk(expected));
  });
});

describe('not before the end of the next working day', () => {
  it.each([
    ['on Friday evening', '2026-11-13 17:50', '2026-11-16 18:00'],
    ['on Saturday', '2026-11-14 12:00', '2026-11-16 18:00'],
    ['in the middle of the week, where 48 hours are longer', '2026-11-10 12:00', '2026-11-12 12:00'],
    ['on Thursday', '2026-11-12 12:00', '2026-11-14 12:00'],
    ['before the moved day and Radunitsa', '2026-04-17 17:00', '2026-04-22 18:00'],
    ['before a working Saturday', '2026-04-24 12:00', '2026-04-26 12:00'],
    ['on the last day of the year', '2026-12-31 16:00', '2027-01-04 18:00'],
  ])('%s', (_when, answered, expected) => {
    expect(closesAt(events(`solution ${answered}`), nextDay, calendar)).toBe(minsk(expected));
  });

  it('ends an hour earlier before a holiday where short days count', () => {
    const short: ClosingPolicy = { ...nextDay, afterMs: 3_600_000, shortDayMinutes: 60 };
    const answered = events('solution 2026-12-23 12:00');
    expect(closesAt(answered, short, calendar)).toBe(minsk('2026-12-24 17:00'));
    expect(closesAt(answered, { ...short, shortDayMinutes: 0 }, calendar)).toBe(minsk('2026-12-24 18:00'));
  });
});

describe('for every history', () => {
  const event = fc.oneof(
    receiptMoments.map((at): ReactionEvent => ({ kind: 'client-contact', at })),
    receiptMoments.map((at): ReactionEvent => ({ kind: 'closing', at })),
    fc
      .tuple(receiptMoments, fc.constantFrom(...ANSWER_KINDS), fc.boolean())
      .map(([at, answerKind, human]): ReactionEvent => ({ kind: 'answer', at, answerKind, human })),
  );
  // Events of one moment keep their order, which shuffling would change.
  const histories = fc.uniqueArray(event, { selector: ({ at }) => at, maxLength: 12 });

  it('closes 48 hours after some arming answer, and the client wrote nothing in between', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const at = closesAt(history, defaultClosingPolicy, calendar);
        if (at === null) return;
        const answeredAt = at - HOURS_48;
        const answer = history.find((each) => each.at === answeredAt);
        expect(
          answer?.kind === 'answer' && answer.human && defaultClosingPolicy.arming.has(answer.answerKind),
        ).toBe(true);
        expect(history.some((each) => each.kind === 'client-contact' && each.at > answeredAt)).toBe(false);
        expect(openPeriod(reactionPeriods(history, always(defaultReactionPolicy)))).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  it('a word of the client at the end cancels, a solution after it arms', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const last = Math.max(0, ...history.map(({ at }) => at));
        const wrote: ReactionEvent = { kind: 'client-contact', at: last + 1 };
        const answered: ReactionEvent = { kind: 'answer', at: last + 2, answerKind: 'solution', human: true };
        expect(closesAt([...history, wrote], defaultClosingPolicy, calendar)).toBeNull();
        expect(closesAt([answered, ...history, wrote], defaultClosingPolicy, calendar)).toBe(
          last + 2 + HOURS_48,
        );
      }),
    );
  });

  it('the order in which events are known does not matter', () => {
    fc.assert(
      fc.property(
        histories.chain((history) =>
          fc.tuple(
            fc.constant(history),
            fc.shuffledSubarray(history, { minLength: history.length, maxLength: history.length }),
          ),
        ),
        ([history, shuffled]) => {
          expect(closesAt(shuffled, nextDay, calendar)).toBe(closesAt(history, nextDay, calendar));
        },
      ),
    );
  });

  it('the next working day is that of a day-by-day walk, and waiting for it never closes earlier', () => {
    fc.assert(
      fc.property(receiptMoments, fc.constantFrom(0 as const, 60 as const), (at, shortDayMinutes) => {
        const answered: ReactionEvent[] = [{ kind: 'answer', at, answerKind: 'solution', human: true }];
        const expected = Math.max(at + HOURS_48, closing(walk(dateAt(at), 1), shortDayMinutes));
        expect(closesAt(answered, { ...nextDay, shortDayMinutes }, calendar)).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });
});
