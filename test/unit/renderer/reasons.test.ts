import { describe, expect, test } from 'vitest';
import { fillReason } from '#renderer/features/ticket/reasons/fill-reason.ts';
import { lookAgainAfter, lookAgainOn } from '#renderer/features/ticket/reasons/look-again-days.ts';
import { RuleBook } from '#shared/regulation/rule-book.ts';
import { formatMoment } from '#shared/text/format-moment.ts';

const { profile, calendar, deadline } = RuleBook.shipped().current;
const time = calendar.workingTime(deadline.shortDayMinutes);
const at = (moment: number | null) => (moment === null ? null : formatMoment(moment));

describe('the letter of a reason', () => {
  test('has its facts within the sentence, whatever they end with', () => {
    const text = 'Не хватает: {{missing}}. Вернёмся {{ lookAgain }}.';
    const values = { missing: ' дата и способ. ', lookAgain: '25.11.2026' };
    expect(fillReason(text, values, () => '')).toBe('Не хватает: дата и способ. Вернёмся 25.11.2026.');
  });

  test('shows what is still to be said', () => {
    expect(fillReason('Программа: {{product}}.', {}, (slot) => `<${slot}>`)).toBe('Программа: <product>.');
  });

  test.each(profile.reasons.map((reason) => [reason.id, reason] as const))(
    'of %s is filled',
    (_id, reason) => {
      const values = Object.fromEntries([
        ...reason.facts.map(({ id }) => [id, `[${id}]`]),
        ['lookAgain', '[day]'],
      ]);
      for (const text of Object.values(reason.clientText)) {
        const filled = fillReason(text, values, () => '{{left}}');
        expect(filled).not.toContain('{{');
        expect(filled).toMatch(/\[\w+\]/u);
      }
    },
  );
});

describe('a ticket is looked at again at the opening', () => {
  /** Thu 24.12.2026 11:00 in Minsk; the 25th is a holiday, the weekend follows. */
  const now = Date.UTC(2026, 11, 24, 8);

  test.each([
    [1, '28.12.2026 09:00'],
    [3, '30.12.2026 09:00'],
  ])('in %i working days, holidays passed over', (days, moment) => {
    expect(at(lookAgainAfter(days, now, time))).toBe(moment);
  });

  test('of a date, or of the first working day after a day off', () => {
    expect(at(lookAgainOn('2026-12-29', time))).toBe('29.12.2026 09:00');
    expect(at(lookAgainOn('2026-12-25', time))).toBe('28.12.2026 09:00');
    expect(at(lookAgainOn('2026-04-25', time))).toBe('25.04.2026 09:00');
    expect(lookAgainOn('завтра', time)).toBeNull();
  });
});
