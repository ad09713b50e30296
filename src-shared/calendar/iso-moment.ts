import { err, ok, type Result } from '../result.ts';
import { epochDayOf, datePartsOf } from './civil-date.ts';
import type { ZoneOffsets } from './zone-offsets.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const MOMENT =
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})T(?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?(?<zone>Z|(?<sign>[+-])(?<zoneHour>\d{2}):?(?<zoneMinute>\d{2}))?$/iu;

// Lists of a hundred thousand moments are printed; a look-up is several times faster than padding.
const TWO_DIGITS: readonly string[] = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'));

/** Why a text is no moment; `message` is a whole sentence for whoever typed it. */
export interface IsoMomentError {
  readonly kind: 'not-iso' | 'no-offset' | 'impossible';
  readonly message: string;
}

/**
 * Reads an ISO 8601 moment with its offset, such as `2026-11-13T18:30+03:00`, as epoch milliseconds.
 *
 * The offset is required: a moment without one would be another in every zone. Dates and times of day that no
 * calendar and no clock shows are refused, never rolled over as Date does; what lies beyond the millisecond is cut
 * off, so that the last instant before closing stays before it.
 */
export function parseIsoMoment(text: string): Result<number, IsoMomentError> {
  const parts = MOMENT.exec(text)?.groups;
  if (parts === undefined) {
    const message = `${quoted(text)} is no ISO 8601 moment such as 2026-11-13T18:30+03:00.`;
    return err({ kind: 'not-iso', message });
  }
  if (parts['zone'] === undefined) {
    const message = `${quoted(text)} has no offset from UTC: write ${text}+03:00 for Minsk time.`;
    return err({ kind: 'no-offset', message });
  }
  const read = (name: string): number => Number(parts[name] ?? 0);
  const [year, month, day] = [read('year'), read('month'), read('day')];
  const epochDay = epochDayOf(year, month, day);
  const real = datePartsOf(epochDay);
  if (real.year !== year || real.month !== month || real.day !== day) {
    return err({ kind: 'impossible', message: `${quoted(text)}: there is no such date.` });
  }
  if (read('hour') > 23 || read('minute') > 59 || read('second') > 59) {
    return err({ kind: 'impossible', message: `${quoted(text)}: no clock shows this time of day.` });
  }
  if (read('zoneHour') > 23 || read('zoneMinute') > 59) {
    return err({ kind: 'impossible', message: `${quoted(text)}: no zone has this offset.` });
  }
  const offsetMs = read('zoneHour') * HOUR_MS + read('zoneMinute') * MINUTE_MS;
  const timeMs =
    read('hour') * HOUR_MS +
    read('minute') * MINUTE_MS +
    read('second') * 1000 +
    Number((parts['fraction'] ?? '').padEnd(3, '0').slice(0, 3));
  return ok(epochDay * DAY_MS + timeMs + (parts['sign'] === '-' ? offsetMs : -offsetMs));
}

/**
 * Writes a moment (epoch milliseconds) by the wall clock of a zone and with its offset:
 * `2026-11-13T18:30:00+03:00`, with milliseconds only where there are some.
 */
export function formatIsoMoment(at: number, offsets: ZoneOffsets): string {
  const offsetMs = offsets.at(at);
  const local = at + offsetMs;
  const day = Math.floor(local / DAY_MS);
  const ms = local - day * DAY_MS;
  const { year, month, day: dayOfMonth } = datePartsOf(day);
  const fraction = ms % 1000 === 0 ? '' : `.${String(ms % 1000).padStart(3, '0')}`;
  const time = `${two(ms / HOUR_MS)}:${two((ms / MINUTE_MS) % 60)}:${two((ms / 1000) % 60)}${fraction}`;
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(dayOfMonth)}`;
  return `${date}T${time}${offsetText(offsetMs)}`;
}

function offsetText(offsetMs: number): string {
  const size = Math.abs(offsetMs);
  return `${offsetMs < 0 ? '-' : '+'}${two(size / HOUR_MS)}:${two((size / MINUTE_MS) % 60)}`;
}

function two(n: number): string {
  return TWO_DIGITS[Math.floor(n)] ?? '';
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text);
}
