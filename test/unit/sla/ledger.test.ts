import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCalendar } from '#shared/calendar/compile-calendar.ts';
import { compileDefaultCalendar, readDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import { defaultDeadlinePolicy } from '#shared/regulation/deadline-policy.ts';
import { computeDeadline } from '#shared/sla/deadline.ts';
import { explainDeadline, type LedgerStep } from '#shared/sla/ledger.ts';
import { isWorked, minsk, plusDays, receiptMoments } from '../calendar/day-walk.ts';

const calendar = compileDefaultCalendar();

/** The dated steps in short: `18 weekend`, `22 counted 1`. */
function days(steps: readonly LedgerStep[]): string[] {
  return steps.flatMap((step) => {
    if (!('isConfirmed' in step)) return [];
    const detail =
      step.kind === 'counted' ? ` ${step.number}` : step.kind === 'holiday' ? ` ${step.name}` : '';
    return [`${step.date.slice(8)} ${step.kind}${detail}`];
  });
}

describe('a ledger', () => {
  it('names the rule, the receipt, every date on the way, the deadline and the target', () => {
    const receivedAt = minsk('2026-04-17 12:00');
    const { ledger, deadlineAt, targetAt } = explainDeadline(receivedAt, calendar, defaultDeadlinePolicy);
    expect(ledger[0]).toEqual({
      kind: 'rule',
      reading: 'A',
      days: 3,
      clause: 'regulation-3-reaction',
      calendarVersion: calendar.version,
    });
    expect(ledger[1]).toEqual({ kind: 'received', at: receivedAt, date: '2026-04-17', isInHours: true });
    expect(days(ledger)).toEqual([
      '17 day-zero',
      '18 weekend',
      '19 weekend',
      '20 moved-off',
      '21 holiday radunitsa',
      '22 counted 1',
      '23 counted 2',
      '24 counted 3',
    ]);
    expect(ledger.at(-2)).toEqual({
      kind: 'due',
      at: deadlineAt,
      date: '2026-04-24',
      clause: 'civil-code-195',
    });
    expect(ledger.at(-1)).toEqual({ kind: 'target', at: targetAt, reading: 'B', days: 3 });
  });

  it('says what a working Saturday stands for and where a moved day went', () => {
    const { ledger } = explainDeadline(minsk('2026-04-24 15:00'), calendar, defaultDeadlinePolicy);
    expect(ledger.find((step) => step.kind === 'counted')).toMatchObject({
      date: '2026-04-25',
      insteadOf: '2026-04-20',
      isShort: true,
    });
    const over = explainDeadline(minsk('2026-04-17 12:00'), calendar, defaultDeadlinePolicy).ledger;
    expect(over.find((step) => step.kind === 'moved-off')).toMatchObject({
      workedOn: '2026-04-25',
      source: 'Постановление Совета Министров Республики Беларусь от 22.07.2025 № 397',
    });
  });

  it.each([
    ['D in hours', 'D', '2026-11-10 10:15', ['10 counted 1', '11 counted 2', '12 counted 3']],
    [
      'D after hours',
      'D',
      '2026-11-10 19:40',
      ['10 after-hours', '11 counted 1', '12 counted 2', '13 counted 3'],
    ],
    [
      'C on Friday evening',
      'C',
      '2026-11-13 18:30',
      [
        '13 after-hours',
        '14 weekend',
        '15 weekend',
        '16 day-zero',
        '17 counted 1',
        '18 counted 2',
        '19 counted 3',
      ],
    ],
    [
      'A on a Sunday',
      'A',
      '2026-11-15 12:00',
      ['15 day-zero', '16 counted 1', '17 counted 2', '18 counted 3'],
    ],
  ] as const)('reads %s', (_what, mode, received, steps) => {
    expect(
      days(explainDeadline(minsk(received), calendar, { ...defaultDeadlinePolicy, mode }).ledger),
    ).toEqual(steps);
  });

  it('shows a closure of the desk with its source', () => {
    const closed = structuredClone(readDefaultCalendar());
    closed.closures.push({
      from: '2026-11-11T00:00',
      to: '2026-11-12T00:00',
      source: 'приказ № 5',
      status: 'confirmed',
    });
    const { ledger } = explainDeadline(
      minsk('2026-11-10 10:15'),
      compileCalendar(closed),
      defaultDeadlinePolicy,
    );
    expect(days(ledger)).toEqual([
      '10 day-zero',
      '11 closure',
      '12 counted 1',
      '13 counted 2',
      '14 weekend',
      '15 weekend',
      '16 counted 3',
    ]);
    expect(ledger).toContainEqual({
      kind: 'closure',
      source: 'приказ № 5',
      date: '2026-11-11',
      isConfirmed: true,
    });
  });

  it('marks the dates that no official source confirms', () => {
    const { ledger, crossesUnconfirmed } = explainDeadline(
      minsk('2026-12-30 16:00'),
      calendar,
      defaultDeadlinePolicy,
    );
    const unconfirmed = ledger.flatMap((step) =>
      'isConfirmed' in step && !step.isConfirmed ? [step.date] : [],
    );
    expect(unconfirmed[0]).toBe('2027-01-01');
    expect(unconfirmed).toHaveLength(5);
    expect(crossesUnconfirmed).toBe(true);
  });

  it('proves the very deadline that is shown: dates without a gap, as many counted as the policy says', () => {
    const modes = fc.constantFrom('A' as const, 'C' as const, 'D' as const);
    fc.assert(
      fc.property(receiptMoments, modes, fc.integer({ min: 1, max: 8 }), (receivedAt, mode, n) => {
        const policy = { ...defaultDeadlinePolicy, mode, days: n };
        const { ledger, ...deadline } = explainDeadline(receivedAt, calendar, policy);
        expect(deadline).toEqual(computeDeadline(receivedAt, calendar, policy));
        const dated = ledger.flatMap((step) => ('isConfirmed' in step ? [step] : []));
        for (const [i, step] of dated.entries()) {
          expect(step.date).toBe(plusDays(dated[0]?.date ?? '', i));
          expect(step.kind !== 'counted' || isWorked(step.date)).toBe(true);
        }
        const counted = dated.flatMap((step) => (step.kind === 'counted' ? [step.number] : []));
        expect(counted).toEqual(Array.from({ length: n }, (_, i) => i + 1));
        const last = dated.at(-1);
        expect(last?.kind === 'counted' && last.closesAt).toBe(deadline.deadlineAt);
        expect(JSON.parse(JSON.stringify(ledger))).toEqual(ledger);
      }),
      { numRuns: 300 },
    );
  });
});
