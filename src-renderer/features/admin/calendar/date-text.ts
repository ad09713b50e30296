import { parseCivilDate, type CivilDate } from '#shared/calendar/civil-date.ts';

const written = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/u;
const withTime = /^(\S+?)[ ,]+(\d{1,2})[:.]([0-5]\d)$/u;

/** A civil date as `dd.MM.yyyy`. */
export function formatDateText(date: string): string {
  return date.split('-').toReversed().join('.');
}

/** Reads `dd.MM.yyyy`; null for anything else and for dates that do not exist. */
export function parseDateText(text: string): CivilDate | null {
  const match = written.exec(text.trim());
  if (match === null) return null;
  const [, day = '', month = '', year = ''] = match;
  const date: CivilDate = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return parseCivilDate(date) === null ? null : date;
}

/** A local moment of a calendar, `2026-11-13T18:30`, as `13.11.2026 18:30`. */
export function formatLocalMoment(local: string): string {
  const [date = '', time = ''] = local.split('T');
  return `${formatDateText(date)} ${time}`;
}

/** Reads `dd.MM.yyyy HH:mm`, the date alone being its midnight; null for anything else. */
export function parseLocalMoment(text: string): string | null {
  const match = withTime.exec(text.trim());
  const [, dateText = text, hour = '0', minute = '00'] = match ?? [];
  const date = parseDateText(dateText);
  return date === null || Number(hour) > 23 ? null : `${date}T${hour.padStart(2, '0')}:${minute}`;
}
