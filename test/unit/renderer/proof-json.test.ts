import { expect, test } from 'vitest';
import { parseIsoMoment } from '#shared/calendar/iso-moment.ts';
import { ZoneOffsets } from '#shared/calendar/zone-offsets.ts';
import { RuleBook } from '#shared/regulation/rule-book.ts';
import { reportDeadline } from '#shared/sla/deadline-report.ts';
import { provePeriods } from '#shared/sla/prove-periods.ts';
import { proofJson } from '#renderer/features/ticket/ledger/proof-json.ts';

test('the proof as JSON says of each period what the program prints of its receipt, and how it ended', () => {
  const parsed = parseIsoMoment('2026-11-13T18:30+03:00');
  const answered = parseIsoMoment('2026-11-18T17:00+03:00');
  if (!parsed.ok || !answered.ok) throw new Error('no moments');
  const rules = RuleBook.shipped();
  const { calendar, deadline, profile } = rules.current;
  const periods = provePeriods(
    [
      { kind: 'client-contact', at: parsed.value },
      { kind: 'answer', at: parsed.value + 60_000, answerKind: 'notice', human: false },
      { kind: 'answer', at: answered.value, answerKind: 'solution', human: true },
    ],
    rules,
    answered.value,
  );
  const offsets = new ZoneOffsets('Europe/Minsk', 0, Date.UTC(2100, 0, 1));
  expect(JSON.parse(proofJson(12, periods))).toEqual({
    ticket: 12,
    periods: [
      {
        ...reportDeadline(parsed.value, calendar, deadline, offsets),
        regulation: { revision: 0, version: profile.version, since: null },
        standing: 'in-time',
        endedBy: 'answer',
        ended: '2026-11-18T17:00:00+03:00',
        answerKind: 'solution',
        meanwhile: [
          { kind: 'no-reaction', answerKind: 'notice', human: false, at: '2026-11-13T18:31:00+03:00' },
        ],
      },
    ],
  });
});
