import type { WorkingTime } from '#shared/calendar/working-time.ts';

/**
 * When a claim made now ends by itself: at the close of today's work.
 *
 * Whoever claims outside of working hours works now, so that claim lasts until midnight.
 */
export function claimEndsAt(now: number, time: WorkingTime): number {
  const today = time.dayOf(now);
  const closesAt = time.closingOf(today);
  return closesAt !== null && closesAt > now ? closesAt : time.endOfDay(today);
}
