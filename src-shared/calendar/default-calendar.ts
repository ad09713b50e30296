import byCalendar from '#resources/calendars/by.json' with { type: 'json' };
import type { Calendar } from './calendar.ts';
import { compileCalendar, type CompiledCalendar } from './compile-calendar.ts';
import { parseCalendar } from './parse-calendar.ts';

/**
 * The calendar that ships with the product: Belarus, 2020-2027, 2027 provisional.
 *
 * Throws if the shipped file is broken, which is a fault of the build and not of any input.
 */
export function readDefaultCalendar(): Calendar {
  const parsed = parseCalendar(byCalendar);
  if (!parsed.ok)
    throw new Error(`resources/calendars/by.json: ${parsed.error.kind}: ${parsed.error.message}`);
  return parsed.value;
}

/** The shipped calendar, compiled. Make it once, where the object graph is built. */
export function compileDefaultCalendar(): CompiledCalendar {
  return compileCalendar(readDefaultCalendar());
}
