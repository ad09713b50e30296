import type { Calendar } from '#shared/calendar/calendar.ts';
import type { DayPlan } from '#shared/calendar/day-plan.ts';
import type { CivilDate } from '#shared/calendar/civil-date.ts';

/** What a day is in the year on screen; each looks different and is named in the legend. */
export const dayLooks = [
  'working',
  'weekend',
  'holiday',
  'moved-off',
  'worked',
  'short',
  'own-hours',
  'closed',
] as const;
export type DayLook = (typeof dayLooks)[number];

/** What is most worth knowing of a day. */
export function dayLook(
  calendar: Calendar,
  date: CivilDate,
  { dayOff, insteadOf, isShort }: DayPlan,
): DayLook {
  switch (dayOff?.kind) {
    case 'weekend':
    case 'holiday':
    case 'moved-off':
      return dayOff.kind;
    case 'own-day-off':
    case 'closure':
      return 'closed';
    case undefined:
      if (calendar.ownHours.some((own) => own.date === date)) return 'own-hours';
      if (insteadOf !== null) return 'worked';
      return isShort ? 'short' : 'working';
  }
}
