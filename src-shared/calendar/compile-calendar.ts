import type { Calendar } from './calendar.ts';
import { DayPlanner } from './day-plan.ts';
import { WorkingTime } from './working-time.ts';

/** Minutes by which a pre-holiday day is shorter: none by the regulation's letter, 60 by Labour Code art. 116. */
export type ShortDayMinutes = 0 | 60;

/**
 * A calendar ready for questions.
 *
 * Its tables depend on whether short days count as short, which is the operator's choice; each variant is
 * compiled when it is first asked for (some 80 ms) and kept.
 */
export class CompiledCalendar {
  readonly calendar: Calendar;
  readonly #variants = new Map<ShortDayMinutes, WorkingTime>();

  constructor(calendar: Calendar) {
    this.calendar = calendar;
  }

  /** The version of the calendar that the tables were made from. */
  get version(): string {
    return this.calendar.version;
  }

  /** The working time with short days cut by so many minutes. */
  workingTime(shortDayMinutes: ShortDayMinutes): WorkingTime {
    const known = this.#variants.get(shortDayMinutes);
    if (known !== undefined) return known;
    const compiled = new WorkingTime(new DayPlanner(this.calendar, shortDayMinutes), this.calendar.zone);
    this.#variants.set(shortDayMinutes, compiled);
    return compiled;
  }
}

/** Prepares a parsed calendar for questions. */
export function compileCalendar(calendar: Calendar): CompiledCalendar {
  return new CompiledCalendar(calendar);
}
