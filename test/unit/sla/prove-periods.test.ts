import { describe, expect, test } from 'vitest';
import { parseIsoMoment } from '#shared/calendar/iso-moment.ts';
import { defaultCategories } from '#shared/regulation/category.ts';
import { defaultProfile } from '#shared/regulation/default-profile.ts';
import type { Regulation } from '#shared/regulation/regulation.ts';
import { RuleBook } from '#shared/regulation/rule-book.ts';
import { readDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import { provePeriods } from '#shared/sla/prove-periods.ts';
import type { ReactionEvent } from '#shared/sla/reaction.ts';

function at(text: string): number {
  const parsed = parseIsoMoment(`${text}:00+03:00`);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

const contact = (when: string): ReactionEvent => ({ kind: 'client-contact', at: at(when) });
const answer = (when: string, answerKind = 'solution' as const): ReactionEvent => ({
  kind: 'answer',
  at: at(when),
  answerKind,
  human: true,
  messageId: `<${when}@desk>`,
});
const notice = (when: string, human = false): ReactionEvent => ({
  kind: 'answer',
  at: at(when),
  answerKind: 'notice',
  human,
});

const shipped = RuleBook.shipped();
const longer: Regulation = {
  revision: 1,
  since: at('2026-11-16T12:00'),
  profile: { ...defaultProfile, deadline: { ...defaultProfile.deadline, days: 5 } },
  categories: [...defaultCategories],
  calendar: readDefaultCalendar(),
};

describe('the proof of a ticket', () => {
  test('has a ledger for each wait, and says what happened meanwhile', () => {
    const events = [
      answer('2026-11-19T10:00'),
      contact('2026-11-13T18:30'),
      notice('2026-11-13T18:31'),
      contact('2026-11-16T09:00'),
      contact('2026-11-20T10:00'),
      answer('2026-11-20T11:00'),
    ];
    const periods = provePeriods(events, shipped, at('2026-11-21T10:00'));
    expect(periods).toMatchObject([
      {
        startedAt: at('2026-11-13T18:30'),
        endedAt: at('2026-11-19T10:00'),
        standing: 'late',
        answerKind: 'solution',
        explained: { deadlineAt: at('2026-11-18T18:00') },
        meanwhile: [
          { kind: 'no-reaction', at: at('2026-11-13T18:31'), answerKind: 'notice', human: false },
          { kind: 'reminder', at: at('2026-11-16T09:00') },
        ],
      },
      { startedAt: at('2026-11-20T10:00'), standing: 'in-time', meanwhile: [] },
    ]);
  });

  test.each([
    ['waiting', '2026-11-18T18:00', []],
    ['overdue', '2026-11-18T18:01', []],
    ['closed', '2026-12-01T10:00', [{ kind: 'closing', at: at('2026-11-16T10:00') }]],
    ['late', '2026-12-01T10:00', [{ kind: 'closing', at: at('2026-11-19T10:00') }]],
    ['in-time', '2026-12-01T10:00', [answer('2026-11-18T18:00')]],
  ] as const)('stands %s at %s', (standing, now, more) => {
    const [period] = provePeriods([contact('2026-11-13T18:30'), ...more], shipped, at(now));
    expect(period?.standing).toBe(standing);
  });

  test('a wait that has ended keeps the version of its day; an open one moves on to the newest', () => {
    const book = shipped.with([longer]);
    const before = [contact('2026-11-09T10:00'), answer('2026-11-16T11:00')];
    const open = [contact('2026-11-16T11:30')];
    const periods = provePeriods([...before, ...open], book, at('2026-11-17T10:00'));
    expect(periods.map(({ rules, explained }) => [rules.revision, explained.deadlineAt])).toEqual([
      [0, at('2026-11-12T18:00')],
      [1, at('2026-11-23T18:00')],
    ]);
  });

  test('an answer that came back is told of where the client wrote again', () => {
    const events: ReactionEvent[] = [
      contact('2026-11-09T10:00'),
      answer('2026-11-09T11:00'),
      contact('2026-11-10T10:00'),
      { kind: 'bounce', at: at('2026-11-10T10:05'), messageId: '<x>', recipients: [{ permanent: true }] },
    ];
    expect(provePeriods(events, shipped, at('2026-11-10T11:00'))[1]?.meanwhile).toEqual([
      { kind: 'bounce', at: at('2026-11-10T10:05'), permanent: true },
    ]);
  });
});
