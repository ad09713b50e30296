/** A date of the civil (Gregorian) calendar, `YYYY-MM-DD`, without a time zone. */
export type CivilDate = `${string}-${string}-${string}`;

/**
 * A civil date as a count of days since 1970-01-01.
 *
 * It numbers dates on a wall calendar, not moments: which moment such a day begins at depends on the zone.
 */
export type EpochDay = number;

/** Year, month 1-12 and day of month 1-31. */
export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const DAYS_PER_ERA = 146_097;
const DAYS_TO_1970 = 719_468;

/**
 * The day number of a date in the proleptic Gregorian calendar.
 *
 * Years are counted from 1 March, so that the leap day is the last day of a year and needs no special case.
 */
export function epochDayOf(year: number, month: number, day: number): EpochDay {
  const marchYear = month > 2 ? year : year - 1;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - DAYS_TO_1970;
}

/** The inverse of {@link epochDayOf}. */
export function datePartsOf(epochDay: EpochDay): DateParts {
  const shifted = epochDay + DAYS_TO_1970;
  const era = Math.floor(shifted / DAYS_PER_ERA);
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** Writes a day number as `YYYY-MM-DD`. */
export function civilDateOf(epochDay: EpochDay): CivilDate {
  const { year, month, day } = datePartsOf(epochDay);
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
}

/** Reads `YYYY-MM-DD`; null if the text has another shape or names no real date (2026-02-30). */
export function parseCivilDate(text: string): EpochDay | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(text);
  if (match === null) return null;
  const day = epochDayOf(Number(match[1]), Number(match[2]), Number(match[3]));
  return civilDateOf(day) === text ? day : null;
}

/** The ISO 8601 weekday of a date, 1 (Monday) to 7 (Sunday); 1970-01-01 was a Thursday. */
export function weekdayOf(epochDay: EpochDay): number {
  return ((((epochDay + 3) % 7) + 7) % 7) + 1;
}

function padded(n: number, digits: number): string {
  return String(n).padStart(digits, '0');
}
