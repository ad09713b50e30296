import { minutesOfDay, type DayHours } from '#shared/calendar/day-hours.ts';

const part = /^([01]?\d|2[0-4])[:.]([0-5]\d)\s*[-–—]\s*([01]?\d|2[0-4])[:.]([0-5]\d)$/u;

/** The hours of a day as one types them: `09:00–13:00, 14:00–18:00`; empty for a day off. */
export function formatHours(hours: DayHours): string {
  return hours.map(({ opensAt, closesAt }) => `${opensAt}–${closesAt}`).join(', ');
}

/**
 * Reads hours as {@link formatHours} writes them, spaces, dots and plain hyphens allowed; null for anything else.
 *
 * Whether they overlap or stand in order is judged with the whole calendar.
 */
export function parseHours(text: string): DayHours | null {
  if (text.trim() === '') return [];
  const hours: DayHours = [];
  for (const written of text.split(/[,;]/u)) {
    const match = part.exec(written.trim());
    if (match === null) return null;
    const [, fromHour = '', fromMinute = '', toHour = '', toMinute = ''] = match;
    const opensAt = `${fromHour.padStart(2, '0')}:${fromMinute}`;
    const closesAt = `${toHour.padStart(2, '0')}:${toMinute}`;
    if (minutesOfDay(opensAt) > 1440 || minutesOfDay(closesAt) > 1440) return null;
    hours.push({ opensAt, closesAt });
  }
  return hours;
}
