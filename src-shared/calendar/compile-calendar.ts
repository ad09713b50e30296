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
  // Two fields and no map: every deadline asks for one of them.
  #fullDays: WorkingTime | null = null;
  #shortDays: WorkingTime | null = null;

  constructor(calendar: Calendar) {
    this.calendar = calendar;
  }

  /** The version of the calendar that the tables were made from. */
  get version(): string {
    return this.calendar.version;
  }

  /** The working time with short days cut by so many minutes. */
  workingTime(shortDayMinutes: ShortDayMinutes): WorkingTime {
    if (shortDayMinutes === 60) return (this.#shortDays ??= this.#compile(shortDayMinutes));
    return (this.#fullDays ??= this.#compile(shortDayMinutes));
  }

  #compile(shortDayMinutes: ShortDayMinutes): WorkingTime {
    return new WorkingTime(new DayPlanner(this.calendar, shortDayMinutes), this.calendar.zone);
  }
}

/** Prepares a parsed calendar for questions. */
export function compileCalendar(calendar: Calendar): CompiledCalendar {
  return new CompiledCalendar(calendar);
}
