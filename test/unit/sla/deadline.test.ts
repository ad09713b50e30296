import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCalendar } from '#shared/calendar/compile-calendar.ts';
import { compileDefaultCalendar, readDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import { defaultDeadlinePolicy, type DeadlinePolicy } from '#shared/regulation/deadline-policy.ts';
import { computeDeadline } from '#shared/sla/deadline.ts';
import { formatMoment } from '#shared/text/format-moment.ts';
import { dateAt, minsk, receiptMoments, walkedDue } from '../calendar/day-walk.ts';

const calendar = compileDefaultCalendar();
const policy = fc.record({
  days: fc.integer({ min: 1, max: 10 }),
  shortDayMinutes: fc.constantFrom(0 as const, 60 as const),
});

/** The moment at which each reading is due, the target readings through a deadline that cannot cut them. */
function due(reading: 'A' | 'B' | 'C' | 'D', receivedAt: number, base: DeadlinePolicy): number {
  if (reading !== 'B') return computeDeadline(receivedAt, calendar, { ...base, mode: reading }).deadlineAt;
  return computeDeadline(receivedAt, calendar, { ...base, mode: 'C', days: 60, targetMode: 'B' }).targetAt;
}

function allReadings(receivedAt: number, base: DeadlinePolicy): Record<'A' | 'B' | 'C' | 'D', number> {
  return {
    A: due('A', receivedAt, base),
    B: due('B', receivedAt, base),
    C: due('C', receivedAt, base),
    D: due('D', receivedAt, base),
  };
}

describe.each([0 as const, 60 as const])('worked examples, short days shorter by %i minutes', (minutes) => {
  const examplePolicy: DeadlinePolicy = { ...defaultDeadlinePolicy, shortDayMinutes: minutes };
  // The time at which a short day ends; nothing else in the examples hangs on the setting.
  const shortClose = minutes === 0 ? '18:00' : '17:00';

  it.each([
    [
      'in the morning of a working day',
      '10.11.2026 10:15',
      '13.11.2026 18:00',
      '13.11.2026 10:15',
      '12.11.2026 18:00',
      '13.11.2026 18:00',
    ],
    [
      'after hours',
      '10.11.2026 19:40',
      '13.11.2026 18:00',
      '13.11.2026 18:00',
      '13.11.2026 18:00',
      '16.11.2026 18:00',
    ],
    [
      'on Friday evening',
      '13.11.2026 18:30',
      '18.11.2026 18:00',
      '18.11.2026 18:00',
      '18.11.2026 18:00',
      '19.11.2026 18:00',
    ],
    [
      'at the weekend',
      '15.11.2026 12:00',
      '18.11.2026 18:00',
      '18.11.2026 18:00',
      '18.11.2026 18:00',
      '19.11.2026 18:00',
    ],
    [
      'on the day before a holiday',
      '24.12.2026 11:00',
      '30.12.2026 18:00',
      '30.12.2026 11:00',
      '29.12.2026 18:00',
      '30.12.2026 18:00',
    ],
    [
      'on a working Saturday',
      '25.04.2026 10:00',
      '29.04.2026 18:00',
      '29.04.2026 10:00',
      '28.04.2026 18:00',
      '29.04.2026 18:00',
    ],
  ])('received %s, %s: A %s, B %s, D %s, C %s', (_when, received, a, b, d, c) => {
    const readings = allReadings(momentOf(received), examplePolicy);
    expect(Object.values(readings).map((at) => formatMoment(at))).toEqual([a, b, c, d]);
  });

  it.each([
    ['over a weekend, a moved day and Radunitsa', '17.04.2026 12:00', '24.04.2026 18:00'],
    ['over a working Saturday', '24.04.2026 15:00', '28.04.2026 18:00'],
    ['on a moved day off', '20.04.2026 10:00', '24.04.2026 18:00'],
    ['over New Year', '30.12.2026 16:00', '05.01.2027 18:00'],
    ['due on a short day', '31.12.2026 10:00', `06.01.2027 ${shortClose}`],
    ['on Christmas', '07.01.2027 12:00', '12.01.2027 18:00'],
    ['over the provisional move of May 2027', '07.05.2027 12:00', '13.05.2027 18:00'],
    ['where 27 working hours would overrun A', '03.01.2026 12:00', '08.01.2026 18:00'],
  ])('A %s: %s -> %s', (_what, received, deadline) => {
    expect(formatMoment(computeDeadline(momentOf(received), calendar, examplePolicy).deadlineAt)).toBe(
      deadline,
    );
  });

  it('is the same for 7 May 2027 if the provisional move does not come', () => {
    const without = structuredClone(readDefaultCalendar());
    without.movedDays = without.movedDays.filter(({ dayOff }) => dayOff !== '2027-05-10');
    without.shortDays = without.shortDays.filter(({ date }) => date !== '2027-05-08');
    const { deadlineAt } = computeDeadline(
      momentOf('07.05.2027 12:00'),
      compileCalendar(without),
      examplePolicy,
    );
    expect(formatMoment(deadlineAt)).toBe('13.05.2027 18:00');
  });
});

describe('reading B', () => {
  it('is no count of 27 working hours, which would overrun A over a short day', () => {
    const received = momentOf('03.01.2026 12:00');
    const time = calendar.workingTime(60);
    const policy = { ...defaultDeadlinePolicy, shortDayMinutes: 60 as const };
    expect(formatMoment(time.afterWorkingMs(received, 27 * 3_600_000))).toBe('09.01.2026 10:00');
    expect(formatMoment(due('B', received, policy))).toBe('08.01.2026 18:00');
  });

  it('is cut to the closing of a short last day', () => {
    const policy = { ...defaultDeadlinePolicy, shortDayMinutes: 60 as const };
    expect(formatMoment(due('B', momentOf('21.12.2026 17:30'), policy))).toBe('24.12.2026 17:00');
    expect(formatMoment(due('B', momentOf('18.12.2026 17:30'), policy))).toBe('23.12.2026 17:30');
  });
});

describe('the default policy', () => {
  it('is A for the deadline and B for the target, and knows no short days', () => {
    const due = computeDeadline(momentOf('31.12.2026 10:00'), calendar, defaultDeadlinePolicy);
    expect(formatMoment(due.deadlineAt)).toBe('06.01.2027 18:00');
    expect(formatMoment(due.targetAt)).toBe('06.01.2027 10:00');
  });

  it('marks a deadline that crosses into a year without confirmed data', () => {
    const crosses = (received: string): boolean =>
      computeDeadline(momentOf(received), calendar, defaultDeadlinePolicy).crossesUnconfirmed;
    expect(crosses('28.12.2026 10:00')).toBe(false);
    expect(crosses('29.12.2026 10:00')).toBe(true);
    expect(crosses('15.11.2026 12:00')).toBe(false);
    expect(crosses('30.12.2019 12:00')).toBe(true);
  });

  it('can let the last day end at midnight', () => {
    const due = computeDeadline(momentOf('10.11.2026 10:15'), calendar, {
      ...defaultDeadlinePolicy,
      dayEnds: 'midnight',
    });
    expect(formatMoment(due.deadlineAt)).toBe('14.11.2026 00:00');
    expect(formatMoment(due.targetAt)).toBe('13.11.2026 10:15');
  });

  it('never sets the target after the deadline', () => {
    const due = computeDeadline(momentOf('10.11.2026 10:15'), calendar, {
      ...defaultDeadlinePolicy,
      mode: 'D',
      targetMode: 'C',
    });
    expect(due.targetAt).toBe(due.deadlineAt);
  });
});

describe('for every receipt', () => {
  it('all readings agree with a day-by-day walk', () => {
    fc.assert(
      fc.property(receiptMoments, policy, (receivedAt, { days, shortDayMinutes }) => {
        const base = { ...defaultDeadlinePolicy, days, targetDays: days, shortDayMinutes };
        expect(allReadings(receivedAt, base)).toEqual({
          A: walkedDue('A', receivedAt, days, shortDayMinutes),
          B: walkedDue('B', receivedAt, days, shortDayMinutes),
          C: walkedDue('C', receivedAt, days, shortDayMinutes),
          D: walkedDue('D', receivedAt, days, shortDayMinutes),
        });
      }),
      { numRuns: 2000 },
    );
  });

  it.each([0 as const, 60 as const])(
    'D <= B <= A <= C and none goes back, every 23 minutes, short by %i',
    (shortDayMinutes) => {
      const base = { ...defaultDeadlinePolicy, shortDayMinutes };
      const end = minsk('2027-12-20 00:00');
      let before = { A: 0, B: 0, C: 0, D: 0 };
      const faults: string[] = [];
      for (let at = minsk('2020-01-01 00:00'); at < end; at += 23 * 60_000) {
        const { A, B, C, D } = allReadings(at, base);
        if (!(at < D && D <= B && B <= A && A <= C)) faults.push(`order at ${formatMoment(at)}`);
        if (A < before.A || B < before.B || C < before.C || D < before.D)
          faults.push(`back at ${formatMoment(at)}`);
        before = { A, B, C, D };
      }
      expect(faults).toEqual([]);
    },
  );

  it('the order holds also with midnight as the end of day', () => {
    fc.assert(
      fc.property(receiptMoments, policy, (receivedAt, { days, shortDayMinutes }) => {
        const base = {
          ...defaultDeadlinePolicy,
          days,
          targetDays: days,
          shortDayMinutes,
          dayEnds: 'midnight' as const,
        };
        const { A, B, C, D } = allReadings(receivedAt, base);
        expect([D <= B, B <= A, A <= C]).toEqual([true, true, true]);
      }),
    );
  });

  it('the order holds also with breaks, late openings and closures', () => {
    const odd = structuredClone(readDefaultCalendar());
    const provenance = { source: 'test', status: 'confirmed' } as const;
    const parts = [
      { opensAt: '09:00', closesAt: '13:00' },
      { opensAt: '14:00', closesAt: '18:00' },
    ];
    odd.weeklyHours = {
      ...odd.weeklyHours,
      monday: parts,
      wednesday: parts,
      thursday: [{ opensAt: '11:00', closesAt: '20:00' }],
    };
    odd.closures.push({ from: '2026-11-10T10:00', to: '2026-11-12T12:00', ...provenance });
    odd.ownHours.push({
      date: '2026-11-15',
      hours: [{ opensAt: '10:00', closesAt: '12:00' }],
      ...provenance,
    });
    const compiled = compileCalendar(odd);
    let before = [0, 0, 0, 0];
    for (let at = minsk('2026-11-02 00:00'); at < minsk('2026-11-30 00:00'); at += 7 * 60_000) {
      const [d, a, c] = (['D', 'A', 'C'] as const).map(
        (mode) => computeDeadline(at, compiled, { ...defaultDeadlinePolicy, mode }).deadlineAt,
      );
      const b = computeDeadline(at, compiled, { ...defaultDeadlinePolicy, mode: 'C' }).targetAt;
      const all = [d ?? 0, b, a ?? 0, c ?? 0];
      expect([formatMoment(at), all]).toEqual([formatMoment(at), all.toSorted((x, y) => x - y)]);
      expect(all.every((due, i) => due >= (before[i] ?? 0))).toBe(true);
      before = all;
    }
  });

  it('A depends on the date of receipt only', () => {
    fc.assert(
      fc.property(receiptMoments, fc.integer({ min: 0, max: 86_399_999 }), (receivedAt, timeOfDay) => {
        const sameDate = minsk(`${dateAt(receivedAt)} 00:00`) + timeOfDay;
        expect(due('A', sameDate, defaultDeadlinePolicy)).toBe(due('A', receivedAt, defaultDeadlinePolicy));
      }),
    );
  });

  it('deadline and target lie in working time or at its very end', () => {
    fc.assert(
      fc.property(receiptMoments, policy, (receivedAt, { days, shortDayMinutes }) => {
        const time = calendar.workingTime(shortDayMinutes);
        const base = { ...defaultDeadlinePolicy, days, targetDays: days, shortDayMinutes };
        const { deadlineAt, targetAt } = computeDeadline(receivedAt, calendar, base);
        expect(time.closingOf(time.dayOf(deadlineAt))).toBe(deadlineAt);
        expect(time.workingIntervalAt(targetAt) ?? time.workingIntervalAt(targetAt - 1)).not.toBeNull();
      }),
    );
  });
});

function momentOf(text: string): number {
  const [date = '', time = ''] = text.split(' ');
  return minsk(`${date.split('.').toReversed().join('-')} ${time}`);
}
