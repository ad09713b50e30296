import { formatIsoMoment } from '#shared/calendar/iso-moment.ts';
import { ZoneOffsets } from '#shared/calendar/zone-offsets.ts';
import { reportDeadline, type DeadlineReport } from '#shared/sla/deadline-report.ts';
import type { ProvedPeriod } from '#shared/sla/prove-periods.ts';

/** What `npm run -s deadline` prints of a receipt, with what only a ticket knows. */
interface PeriodReport extends DeadlineReport {
  readonly regulation: { readonly revision: number; readonly version: string; readonly since: string | null };
  readonly standing: ProvedPeriod['standing'];
  readonly endedBy: ProvedPeriod['endedBy'];
  readonly ended: string | null;
  readonly answerKind: ProvedPeriod['answerKind'];
  readonly meanwhile: readonly { readonly kind: string; readonly at: string }[];
}

/** The proof of a ticket's deadlines as JSON for whoever checks it by program. Moments are by the calendar's zone. */
export function proofJson(number: number, periods: readonly ProvedPeriod[]): string {
  const report = {
    ticket: number,
    periods: periods.map((period): PeriodReport => {
      const { rules, startedAt, endedAt, endedBy, answerKind, standing, meanwhile } = period;
      const offsets = new ZoneOffsets(
        rules.calendar.calendar.zone,
        Date.UTC(1969, 0, 1),
        Date.UTC(2100, 0, 1),
      );
      const iso = (at: number) => formatIsoMoment(at, offsets);
      return {
        ...reportDeadline(startedAt, rules.calendar, rules.deadline, offsets),
        regulation: {
          revision: rules.revision,
          version: rules.profile.version,
          since: rules.revision === 0 ? null : iso(rules.since),
        },
        standing,
        endedBy,
        ended: endedAt === null ? null : iso(endedAt),
        answerKind,
        meanwhile: meanwhile.map(({ at, ...event }) => ({ ...event, at: iso(at) })),
      };
    }),
  };
  return JSON.stringify(report, null, 2);
}
