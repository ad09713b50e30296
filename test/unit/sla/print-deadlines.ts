// Run by machine-zone.test.ts in processes of different zones: prints what the SLA core makes of many moments.
import { compileDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import { defaultDeadlinePolicy } from '#shared/regulation/deadline-policy.ts';
import { explainDeadline } from '#shared/sla/ledger.ts';
import { formatMoment, formatWeekday } from '#shared/text/format-moment.ts';

const calendar = compileDefaultCalendar();
const lines = [`offset ${new Date('2026-07-01T00:00:00Z').getTimezoneOffset()}`];
for (let at = Date.UTC(2019, 11, 25, 0, 7); at < Date.UTC(2028, 0, 10); at += 7 * 3_600_000 + 61_000) {
  const { deadlineAt, targetAt, ledger } = explainDeadline(at, calendar, {
    ...defaultDeadlinePolicy,
    shortDayMinutes: 60,
  });
  lines.push(
    [
      formatWeekday(at, 'ru'),
      formatMoment(at),
      formatMoment(deadlineAt),
      targetAt,
      ledger.map(({ kind }) => kind),
    ].join(' '),
  );
}
process.stdout.write(lines.join('\n'));
