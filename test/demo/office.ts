import { compileDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import type { CompiledCalendar } from '#shared/calendar/compile-calendar.ts';
import type { WorkingTime } from '#shared/calendar/working-time.ts';
import { defaultDeadlinePolicy } from '#shared/regulation/deadline-policy.ts';
import { computeDeadline } from '#shared/sla/deadline.ts';
import type { Random } from './random.ts';

const hourMs = 3_600_000;
const yearMs = 365 * 24 * hourMs;

/** How a request that nobody has answered stands. */
export type Standing = 'overdue' | 'today' | 'later';

/** The past as the working calendar tells it: moments are named by the working hours that have passed since. */
export class Office {
  readonly now: number;
  readonly time: WorkingTime;
  readonly #calendar: CompiledCalendar;
  readonly #random: Random;

  constructor(now: number, random: Random) {
    this.now = now;
    this.#random = random;
    this.#calendar = compileDefaultCalendar();
    this.time = this.#calendar.workingTime(defaultDeadlinePolicy.shortDayMinutes);
  }

  /** The last moment with so many working hours between it and now; always in working time. */
  workingHoursAgo(hours: number): number {
    let early = this.now - yearMs;
    let late = this.now;
    while (late - early > 1000) {
      const middle = Math.floor((early + late) / 2);
      if (this.time.workingMsBetween(middle, this.now) >= hours * hourMs) early = middle;
      else late = middle;
    }
    return early;
  }

  /** When a letter may have come that is answered at `before`: now and then in the evening of its day. */
  arrival(hours: number, before: number): number {
    const at = this.workingHoursAgo(hours);
    if (!this.#random.chance(0.2)) return at;
    const closesAt = this.time.closingOf(this.time.dayOf(at)) ?? at;
    const evening = closesAt + this.#random.between(0.2, 5) * hourMs;
    return evening < before ? evening : at;
  }

  /**
   * Working hours ago at which a request would have come to stand like that now. Nothing is due today on a day off or
   * after closing time: `later` then.
   */
  hoursFor(standing: Standing): number {
    const [least, most] = ({ overdue: [28, 44], today: [16, 36], later: [0.1, 24] } as const)[standing];
    for (let attempt = 0; attempt < 300; attempt += 1) {
      const hours = this.#random.between(least, most);
      if (this.#standingOf(this.workingHoursAgo(hours)) === standing) return hours;
    }
    return this.#random.between(0.1, 12);
  }

  #standingOf(receivedAt: number): Standing {
    const { deadlineAt } = computeDeadline(receivedAt, this.#calendar, defaultDeadlinePolicy);
    if (deadlineAt < this.now) return 'overdue';
    return this.time.dayOf(deadlineAt) === this.time.dayOf(this.now) ? 'today' : 'later';
  }
}
