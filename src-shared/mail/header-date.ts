const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** RFC 5322 §4.3; every other name means an unknown zone and is read as UTC, as the RFC says. */
const zoneHours: Readonly<Record<string, number>> = {
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
  MSK: 3,
};
const rfcDate =
  /^(?:[a-z]{2,9}\s*,?\s*)?(\d{1,2})[\s-]+([a-z]{3})[a-z]*[\s-]+(\d{2,4})\s+(\d{1,2})\s*[:.]\s*(\d{2})(?:\s*[:.]\s*(\d{2})(?:\.\d+)?)?\s*(?:([+-]\d{4})|([+-]\d{1,2}:\d{2})|([a-z]+))?/iu;
const isoDate =
  /^(\d{4})-(\d{2})-(\d{2})[T\s]+(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(?:Z|([+-]\d{2}):?(\d{2}))?$/iu;

/**
 * Reads a Date field (RFC 5322 §3.3, obsolete forms included, and ISO 8601 that broken mailers write).
 *
 * Epoch milliseconds, or null where it is no date. Never depends on the machine's zone: a missing one is UTC.
 */
export function parseHeaderDate(value: string): number | null {
  const text = value
    .replaceAll(/\([^()]*\)/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .slice(0, 200);
  const rfc = rfcDate.exec(text);
  if (rfc !== null) {
    const [, day, monthName = '', year = '', hour, minute, second, offset, offsetWithColon, name] = rfc;
    const month = months.indexOf(monthName.toLowerCase()) + 1;
    const zoneMinutes = offsetMinutes((offset ?? offsetWithColon ?? '').replace(':', ''), name);
    return toEpoch(
      fullYear(year),
      month,
      Number(day),
      Number(hour),
      Number(minute),
      Number(second ?? 0),
      zoneMinutes,
    );
  }
  const iso = isoDate.exec(text);
  if (iso === null) return null;
  const [, year, month, day, hour, minute, second, zoneHour, zoneMinute] = iso;
  const zoneMinutes = offsetMinutes(`${zoneHour ?? '+00'}${zoneMinute ?? '00'}`, undefined);
  const [y, mo, d, h, mi] = [year, month, day, hour, minute].map(Number);
  return toEpoch(y ?? 0, mo ?? 0, d ?? 0, h ?? 0, mi ?? 0, Number(second ?? 0), zoneMinutes);
}

function offsetMinutes(offset: string, name: string | undefined): number {
  const digits = /^([+-])(\d{1,2})(\d{2})$/u.exec(offset);
  if (digits === null) return (zoneHours[(name ?? '').toUpperCase()] ?? 0) * 60;
  const minutes = Number(digits[2]) * 60 + Number(digits[3]);
  return digits[1] === '-' ? -minutes : minutes;
}

/** RFC 5322 §4.3: two digits under 50 are 20xx, the others and three digits count from 1900. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length >= 4) return year;
  return digits.length === 2 && year < 50 ? 2000 + year : 1900 + year;
}

function toEpoch(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  zoneMinutes: number,
): number | null {
  const inRange =
    month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour <= 24 && minute < 60 && second <= 60;
  if (!inRange || Math.abs(zoneMinutes) >= 24 * 60) return null;
  return (
    (daysFromCivil(year, month, day) * 1_440 + hour * 60 + minute - zoneMinutes) * 60_000 + second * 1_000
  );
}

/** Days from 1970-01-01 in the proleptic Gregorian calendar; years are counted from March so that 29 February is last. */
function daysFromCivil(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
