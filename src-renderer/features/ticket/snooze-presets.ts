import { weekdayOf } from '#shared/calendar/civil-date.ts';
import type { WorkingTime } from '#shared/calendar/working-time.ts';

const HOUR_MS = 3_600_000;
const monday = 1;

/** A moment until which a ticket is usually put off. */
export interface SnoozePreset {
  readonly kind: 'later-today' | 'next-morning' | 'three-days' | 'next-monday';
  readonly until: number;
}

/**
 * The moments that are offered, in order of time: each lies ahead and in working time.
 *
 * `later-today` is at least two hours ahead, at a full hour, and is left out when the desk closes before. Mornings are
 * openings of the working calendar, so that holidays and moved days are passed over and a working Saturday counts;
 * `next-monday` is the first opening of the next calendar week. Of two presets with the same moment the morning stays,
 * else the nearer one.
 */
export function snoozePresets(now: number, time: WorkingTime): readonly SnoozePreset[] {
  const today = time.dayOf(now);
  const presets: SnoozePreset[] = [];
  const add = (kind: SnoozePreset['kind'], until: number | null) => {
    if (until !== null && until > now && presets.every((other) => other.until !== until)) {
      presets.push({ kind, until });
    }
  };
  const later = Math.ceil((now + 2 * HOUR_MS) / HOUR_MS) * HOUR_MS;
  const isOpenThen = time.workingIntervalAt(later) !== null && time.dayOf(later) === today;
  const opensToday = time.openingOf(today);
  add('next-morning', opensToday !== null && opensToday > now ? opensToday : openingAfter(today, 1, time));
  add('later-today', isOpenThen ? later : null);
  add('three-days', openingAfter(today, 3, time));
  const nextMonday = today + 7 - (weekdayOf(today) - monday);
  add('next-monday', openingAfter(nextMonday - 1, 1, time));
  return presets.toSorted((a, b) => a.until - b.until);
}

function openingAfter(day: number, workingDays: number, time: WorkingTime): number | null {
  return time.openingOf(time.nthWorkingDayAfter(day, workingDays));
}
