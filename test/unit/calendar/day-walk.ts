import fc from 'fast-check';

/**
 * A second, slow opinion on Belarusian working time 2020-2027: plain day-by-day walks over facts typed in from
 * the decrees, at the fixed offset of +3 hours. It shares no code and no data with the calendar it judges.
 */
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const FIXED_HOLIDAYS = ['01-01', '01-02', '01-07', '03-08', '05-01', '05-09', '07-03', '11-07', '12-25'];

/** Easter + 9 days, from the church calendar. */
export const RADUNITSA = [
  '2020-04-28',
  '2021-05-11',
  '2022-05-03',
  '2023-04-25',
  '2024-05-14',
  '2025-04-29',
  '2026-04-21',
  '2027-05-11',
];

/** Day off -> Saturday worked for it. */
const MOVED: Readonly<Record<string, string>> = {
  '2020-01-06': '2020-01-04',
  '2020-04-27': '2020-04-04',
  '2021-01-08': '2021-01-16',
  '2021-05-10': '2021-05-15',
  '2022-03-07': '2022-03-12',
  '2022-05-02': '2022-05-14',
  '2023-04-24': '2023-04-29',
  '2023-05-08': '2023-05-13',
  '2023-11-06': '2023-11-11',
  '2024-05-13': '2024-05-18',
  '2024-11-08': '2024-11-16',
  '2025-01-06': '2025-01-11',
  '2025-04-28': '2025-04-26',
  '2025-07-04': '2025-07-12',
  '2025-12-26': '2025-12-20',
  '2026-04-20': '2026-04-25',
  '2027-05-10': '2027-05-08',
};
const WORKED = new Map(Object.entries(MOVED).map(([dayOff, workedOn]) => [workedOn, dayOff]));

/** The moment of a Minsk wall clock reading such as `2026-11-10 10:15`. */
export function minsk(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}:00+03:00`);
}

/** Moments from 2020 to November 2027, every other one within a millisecond of a usual opening or closing. */
export const receiptMoments = fc.oneof(
  fc.integer({ min: minsk('2020-01-01 00:00'), max: minsk('2027-11-30 00:00') }),
  fc
    .tuple(
      fc.integer({ min: 0, max: 2889 }),
      fc.constantFrom('00:00', '09:00', '17:00', '18:00'),
      fc.integer({ min: -1, max: 1 }),
    )
    .map(([days, time, ms]) => minsk(`${plusDays('2020-01-01', days)} ${time}`) + ms),
);

/** `YYYY-MM-DD` in Minsk. */
export function dateAt(moment: number): string {
  return new Date(moment + 3 * HOUR_MS).toISOString().slice(0, 10);
}

/** The date `n` days later. */
export function plusDays(date: string, n: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + n * DAY_MS).toISOString().slice(0, 10);
}

export function isHoliday(date: string): boolean {
  return FIXED_HOLIDAYS.includes(date.slice(5)) || RADUNITSA.includes(date);
}

export function isWorked(date: string): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return WORKED.has(date) || (weekday >= 1 && weekday <= 5 && !isHoliday(date) && !(date in MOVED));
}

/** Labour Code art. 116; a moved pre-holiday day stays short on its Saturday. */
export function isShort(date: string): boolean {
  return isWorked(date) && isHoliday(plusDays(WORKED.get(date) ?? date, 1));
}

export function opening(date: string): number {
  return minsk(`${date} 09:00`);
}

export function closing(date: string, shortDayMinutes: number): number {
  return minsk(`${date} 18:00`) - (isShort(date) ? shortDayMinutes * 60_000 : 0);
}

/** The n-th working date strictly after a date. */
export function walk(date: string, n: number): string {
  let at = date;
  for (let left = n; left > 0;) {
    at = plusDays(at, 1);
    if (isWorked(at)) left -= 1;
  }
  return at;
}

/** The date on which work can first be done on something that came at a moment. */
export function servingDate(receivedAt: number, shortDayMinutes: number): string {
  const date = dateAt(receivedAt);
  return isWorked(date) && receivedAt < closing(date, shortDayMinutes) ? date : walk(date, 1);
}

/** The four readings of "n working days", each straight from its definition. */
export function walkedDue(
  reading: 'A' | 'B' | 'C' | 'D',
  receivedAt: number,
  n: number,
  shortDayMinutes: number,
): number {
  const date = dateAt(receivedAt);
  const close = (day: string): number => closing(day, shortDayMinutes);
  const serving = servingDate(receivedAt, shortDayMinutes);
  const inHours = isWorked(date) && receivedAt >= opening(date) && receivedAt < close(date);
  if (reading === 'A') return close(walk(date, n));
  if (reading === 'C') return close(walk(serving, n));
  if (reading === 'D' || !inHours) return close(walk(serving, n - 1));
  const last = walk(date, n);
  return Math.min(opening(last) + (receivedAt - opening(date)), close(last));
}

/** Working milliseconds between two moments, day by day. */
export function walkedWorkingMs(a: number, b: number, shortDayMinutes: number): number {
  let sum = 0;
  for (let date = dateAt(a); date <= dateAt(b); date = plusDays(date, 1)) {
    if (!isWorked(date)) continue;
    sum += Math.max(0, Math.min(b, closing(date, shortDayMinutes)) - Math.max(a, opening(date)));
  }
  return sum;
}
