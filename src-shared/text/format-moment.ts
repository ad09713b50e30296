import { IANAZone } from 'luxon';
import { datePartsOf, weekdayOf } from '../calendar/civil-date.ts';
import type { Language } from './language.ts';

/** The zone in which the desk shows every moment, whatever zone the machine is set to. */
export const DESK_ZONE = 'Europe/Minsk';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

// Written out because Chromium's copy of the locale data leaves Belarusian out.
const SHORT_WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
  ru: ['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс'],
  be: ['пн', 'аў', 'ср', 'чц', 'пт', 'сб', 'нд'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
};

/** A moment (epoch milliseconds) as `dd.MM.yyyy HH:mm`, alike in all languages. */
export function formatMoment(at: number, zone: string = DESK_ZONE): string {
  return `${formatDate(at, zone)} ${formatTime(at, zone)}`;
}

/** The date of a moment as `dd.MM.yyyy`. */
export function formatDate(at: number, zone: string = DESK_ZONE): string {
  const { year, month, day } = datePartsOf(Math.floor(localMs(at, zone) / DAY_MS));
  return `${twoDigits(day)}.${twoDigits(month)}.${String(year).padStart(4, '0')}`;
}

/** The time of day of a moment as `HH:mm`, 24 hours. */
export function formatTime(at: number, zone: string = DESK_ZONE): string {
  const minutes = Math.floor(localMs(at, zone) / MINUTE_MS);
  const minuteOfDay = ((minutes % 1440) + 1440) % 1440;
  return `${twoDigits(Math.floor(minuteOfDay / 60))}:${twoDigits(minuteOfDay % 60)}`;
}

/** The weekday of a moment, shortened: пт, пт, Fri. */
export function formatWeekday(at: number, language: Language, zone: string = DESK_ZONE): string {
  return SHORT_WEEKDAYS[language][weekdayOf(Math.floor(localMs(at, zone) / DAY_MS)) - 1] ?? '';
}

function localMs(at: number, zone: string): number {
  return at + IANAZone.create(zone).offset(at) * MINUTE_MS;
}

function twoDigits(n: number): string {
  return String(n).padStart(2, '0');
}
