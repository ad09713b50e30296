import { civilDateOf, epochDayOf, type CivilDate, type EpochDay } from './civil-date.ts';
import type { DayOffReason, DayPlan, DayPlanner } from './day-plan.ts';
import { ZoneOffsets } from './zone-offsets.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const FIRST_DAY = epochDayOf(1970, 1, 1);
const LAST_DAY = epochDayOf(2099, 12, 31);
const DAY_COUNT = LAST_DAY - FIRST_DAY + 1;

/** A stretch of working time, epoch milliseconds, end exclusive. */
export interface WorkingInterval {
  readonly opensAt: number;
  readonly closesAt: number;
}

/**
 * A calendar compiled to tables: every question is answered by look-ups, none by walking days or minutes.
 *
 * Days are numbered as `EpochDay` in the calendar's zone; the tables are indexed by that number and hold prefix
 * sums of working days and of working milliseconds. Covers 1970-2099; moments and days outside are moved to the
 * nearest end, so that a letter with an absurd date still gets an answer. Immutable.
 */
export class WorkingTime {
  readonly #offsets: ZoneOffsets;
  readonly #plans: readonly DayPlan[];
  /** Working intervals of all days, in order. Day `i` owns `[#firstInterval[i], #firstInterval[i + 1])`. */
  readonly #opensAt: Float64Array;
  readonly #closesAt: Float64Array;
  readonly #firstInterval: Int32Array;
  /** Opening and closing of each day; NaN on a day off. */
  readonly #dayOpensAt: Float64Array;
  readonly #dayClosesAt: Float64Array;
  /** Working milliseconds before interval `k`; one more element than intervals. */
  readonly #workedMsBefore: Float64Array;
  readonly #workingDays: Int32Array;
  readonly #workingDaysBefore: Int32Array;
  readonly #unconfirmedBefore: Int32Array;
  readonly #dates: (CivilDate | undefined)[] = [];

  constructor(planner: DayPlanner, zone: string) {
    this.#offsets = new ZoneOffsets(zone, FIRST_DAY * DAY_MS - DAY_MS, LAST_DAY * DAY_MS + 2 * DAY_MS);
    const plans: DayPlan[] = [];
    const opensAt: number[] = [];
    const closesAt: number[] = [];
    const workedMsBefore = [0];
    const workingDays: number[] = [];
    this.#firstInterval = new Int32Array(DAY_COUNT + 1);
    this.#dayOpensAt = new Float64Array(DAY_COUNT).fill(Number.NaN);
    this.#dayClosesAt = new Float64Array(DAY_COUNT).fill(Number.NaN);
    this.#workingDaysBefore = new Int32Array(DAY_COUNT + 1);
    this.#unconfirmedBefore = new Int32Array(DAY_COUNT + 1);
    let workedMs = 0;
    let unconfirmed = 0;
    for (let day = FIRST_DAY; day <= LAST_DAY; day++) {
      const plan = planner.planOf(day);
      plans.push(plan);
      for (const { fromMinute, toMinute } of plan.parts) {
        const opens = this.#offsets.momentOf(day * DAY_MS + fromMinute * MINUTE_MS);
        const closes = this.#offsets.momentOf(day * DAY_MS + toMinute * MINUTE_MS);
        opensAt.push(opens);
        closesAt.push(closes);
        workedMs += closes - opens;
        workedMsBefore.push(workedMs);
      }
      if (plan.dayOff === null) {
        workingDays.push(day);
        this.#dayOpensAt[day - FIRST_DAY] = opensAt[this.#firstIntervalOf(day)] ?? Number.NaN;
        this.#dayClosesAt[day - FIRST_DAY] = closesAt.at(-1) ?? Number.NaN;
      }
      if (!plan.isConfirmed) unconfirmed++;
      this.#firstInterval[day - FIRST_DAY + 1] = opensAt.length;
      this.#workingDaysBefore[day - FIRST_DAY + 1] = workingDays.length;
      this.#unconfirmedBefore[day - FIRST_DAY + 1] = unconfirmed;
    }
    this.#plans = plans;
    this.#opensAt = Float64Array.from(opensAt);
    this.#closesAt = Float64Array.from(closesAt);
    this.#workedMsBefore = Float64Array.from(workedMsBefore);
    this.#workingDays = Int32Array.from(workingDays);
  }

  /** The date that the wall clock of the calendar's zone shows at a moment. */
  dayOf(moment: number): EpochDay {
    return within(Math.floor((moment + this.#offsets.at(moment)) / DAY_MS));
  }

  /** A day as `YYYY-MM-DD`. */
  dateOf(day: EpochDay): CivilDate {
    const index = within(day) - FIRST_DAY;
    return (this.#dates[index] ??= civilDateOf(within(day)));
  }

  /** The moment at which a day ends: midnight, the start of the next one. */
  endOfDay(day: EpochDay): number {
    return this.#offsets.momentOf((within(day) + 1) * DAY_MS);
  }

  isWorkingDay(day: EpochDay): boolean {
    return !Number.isNaN(this.#dayClosesAt[within(day) - FIRST_DAY] ?? Number.NaN);
  }

  /** Why the desk does not work on a day; null if it does. */
  whyNotWorking(day: EpochDay): DayOffReason | null {
    return this.planOf(day).dayOff;
  }

  /** All that the calendar says about a day. */
  planOf(day: EpochDay): DayPlan {
    const plan = this.#plans[within(day) - FIRST_DAY];
    if (plan === undefined) throw new RangeError(`no plan for day ${day}`);
    return plan;
  }

  /** Whether every day from `first` to `last`, both included, rests on confirmed data. */
  isConfirmed(first: EpochDay, last: EpochDay): boolean {
    const before = this.#unconfirmedBefore[within(first) - FIRST_DAY] ?? 0;
    return (this.#unconfirmedBefore[within(last) - FIRST_DAY + 1] ?? 0) === before;
  }

  /** When a day's work begins; null on a day off. */
  openingOf(day: EpochDay): number | null {
    const opensAt = this.#dayOpensAt[within(day) - FIRST_DAY];
    return opensAt === undefined || Number.isNaN(opensAt) ? null : opensAt;
  }

  /** When a day's work ends; null on a day off. */
  closingOf(day: EpochDay): number | null {
    const closesAt = this.#dayClosesAt[within(day) - FIRST_DAY];
    return closesAt === undefined || Number.isNaN(closesAt) ? null : closesAt;
  }

  /** The stretch of working time that contains a moment; null while the desk is closed. */
  workingIntervalAt(moment: number): WorkingInterval | null {
    const k = this.#intervalEndingAfter(moment);
    const opensAt = this.#opensAt[k];
    const closesAt = this.#closesAt[k];
    return opensAt === undefined || closesAt === undefined || moment < opensAt ? null : { opensAt, closesAt };
  }

  /** The first moment from `moment` on at which the desk is open: `moment` itself if it is open then. */
  nextOpening(moment: number): number {
    const opensAt = this.#opensAt[this.#intervalEndingAfter(moment)];
    return Math.max(moment, opensAt ?? moment);
  }

  /** The first working day whose work is not over at a moment: the day on which the desk can turn to a letter. */
  servingDay(moment: number): EpochDay {
    const day = this.dayOf(moment);
    const closesAt = this.closingOf(day);
    return closesAt !== null && moment < closesAt ? day : this.nthWorkingDayAfter(day, 1);
  }

  /** The n-th working day strictly after a day, n > 0; the day itself for n = 0. */
  nthWorkingDayAfter(day: EpochDay, n: number): EpochDay {
    if (n <= 0) return within(day);
    const upTo = this.#workingDaysBefore[within(day) - FIRST_DAY + 1] ?? 0;
    return this.#workingDays[Math.min(upTo + n, this.#workingDays.length) - 1] ?? LAST_DAY;
  }

  /** Working days from `first` to `last`, both included. */
  workingDaysBetween(first: EpochDay, last: EpochDay): number {
    const upTo = this.#workingDaysBefore[within(last) - FIRST_DAY + 1] ?? 0;
    return Math.max(0, upTo - (this.#workingDaysBefore[within(first) - FIRST_DAY] ?? 0));
  }

  /** Working milliseconds from moment `a` to moment `b`; negative if `b` is earlier. */
  workingMsBetween(a: number, b: number): number {
    return this.#workedMsUntil(b) - this.#workedMsUntil(a);
  }

  /**
   * The first moment by which so much working time has passed since `moment`: on this side of it less has. For 0 it is
   * the last closing if the desk is closed at `moment`.
   */
  afterWorkingMs(moment: number, workingMs: number): number {
    const wanted = this.#workedMsUntil(moment) + workingMs;
    let low = 0;
    let high = this.#closesAt.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#workedMsBefore[middle + 1] ?? 0) >= wanted) high = middle;
      else low = middle + 1;
    }
    const opensAt = this.#opensAt[low] ?? moment;
    return Math.min(opensAt + wanted - (this.#workedMsBefore[low] ?? 0), this.#closesAt[low] ?? moment);
  }

  /**
   * The time of day of `moment` on another working day, cut to that day's working time: not before its opening,
   * not after its closing, and the end of the part before if it falls into a break.
   */
  sameClockTime(moment: number, day: EpochDay): number {
    const timeOfDay = moment + this.#offsets.at(moment) - this.dayOf(moment) * DAY_MS;
    const wanted = this.#offsets.momentOf(day * DAY_MS + timeOfDay);
    const first = this.#firstIntervalOf(day);
    for (let k = this.#firstIntervalOf(day + 1) - 1; k >= first; k--) {
      if (wanted >= (this.#opensAt[k] ?? 0)) return Math.min(wanted, this.#closesAt[k] ?? wanted);
    }
    return this.#opensAt[first] ?? wanted;
  }

  #workedMsUntil(moment: number): number {
    const k = this.#intervalEndingAfter(moment);
    const before = this.#workedMsBefore[k] ?? 0;
    const opensAt = this.#opensAt[k];
    return opensAt === undefined || moment <= opensAt ? before : before + moment - opensAt;
  }

  /** The first interval that ends after a moment: found through the moment's day, then among that day's few. */
  #intervalEndingAfter(moment: number): number {
    let k = this.#firstIntervalOf(this.dayOf(moment));
    while (k < this.#closesAt.length && (this.#closesAt[k] ?? 0) <= moment) k++;
    return k;
  }

  #firstIntervalOf(day: EpochDay): number {
    return this.#firstInterval[Math.min(Math.max(day, FIRST_DAY), LAST_DAY + 1) - FIRST_DAY] ?? 0;
  }
}

function within(day: EpochDay): EpochDay {
  return Math.min(Math.max(day, FIRST_DAY), LAST_DAY);
}
