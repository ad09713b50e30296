import { IANAZone } from 'luxon';
import { epochDayOf, parseCivilDate } from '#shared/calendar/civil-date.ts';
import { DESK_ZONE } from '#shared/text/format-moment.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const pattern = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ ,]+(\d{1,2}):(\d{2}))?$/u;

/** Reads `dd.MM.yyyy HH:mm` (or the date alone: its midnight) in the desk's zone; null for anything else. */
export function parseMoment(text: string, zone: string = DESK_ZONE): number | null {
  const match = pattern.exec(text.trim());
  if (match === null) return null;
  const [, day = '', month = '', year = '', hour = '0', minute = '0'] = match;
  if (Number(hour) > 23 || Number(minute) > 59) return null;
  if (parseCivilDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`) === null) return null;
  const days = epochDayOf(Number(year), Number(month), Number(day));
  const local = days * DAY_MS + (Number(hour) * 60 + Number(minute)) * MINUTE_MS;
  const offsetAt = (at: number) => IANAZone.create(zone).offset(at) * MINUTE_MS;
  // The offset at the guessed moment is the right one, except within hours of a change of offset.
  const guess = local - offsetAt(local);
  return local - offsetAt(guess);
}
