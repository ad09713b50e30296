import { createRequire } from 'node:module';
import { availableParallelism, cpus } from 'node:os';
import type { DateTime } from 'luxon';
import type * as luxonBusinessDays from 'luxon-business-days';
import { civilDateOf } from '#shared/calendar/civil-date.ts';
import { compileDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import { defaultDeadlinePolicy } from '#shared/regulation/deadline-policy.ts';
import { computeDeadline } from '#shared/sla/deadline.ts';
import { DUE_STATES, judgeDueStates } from '#shared/sla/due-state.ts';
import { calibrate } from './calibrate.ts';

// It is a CommonJS bundle whose names Node cannot see from an import.
const require = createRequire(import.meta.url);
const { DateTime: BusinessTime } = require('luxon-business-days') as typeof luxonBusinessDays;

const zone = 'Europe/Minsk';
const from = Date.UTC(2020, 0, 1);
const to = Date.UTC(2027, 10, 1);
const receiptCount = 200_000;
/** The peer is slow enough that fewer tell as much. */
const peerCount = 2_000;
const ticketCount = 100_000;
const rounds = 7;
const goals = { ratio: 500, tickMs: 2 };

const calendar = compileDefaultCalendar();
const time = calendar.workingTime(defaultDeadlinePolicy.shortDayMinutes);

/**
 * Measures the deadline against luxon-business-days in one run, and a tick that judges 100,000 tickets.
 *
 * Both get the same receipts of 2020-2027 and answer the same question, 18:00 of the third working day by the clock of
 * Minsk. The peer gets the days off ready in a set; it knows no working Saturdays, so that it answers near them
 * otherwise and is not held to it. Times are the medians of interleaved rounds.
 */
export async function run(): Promise<void> {
  console.log(
    `machine: ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}, calibration ${calibrate().toFixed(0)} ms`,
  );
  const receipts = randomMoments(receiptCount);
  setUpPeer();
  checkAgreement(receipts.subarray(0, peerCount));
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(microsecondsEach(receipts, ourDeadline));
    theirs.push(microsecondsEach(receipts.subarray(0, peerCount), peerDeadline));
  }
  const ratio = median(theirs) / median(ours);
  row('deadline and target, working time compiled', `${median(ours).toFixed(3)} µs`);
  row('luxon-business-days, deadline only', `${median(theirs).toFixed(1)} µs`);
  row('times faster than luxon-business-days', ratio.toFixed(0), ratio >= goals.ratio, `>= ${goals.ratio}`);
  measureTick(randomMoments(ticketCount));
  console.log(`calibration after: ${calibrate().toFixed(0)} ms`);
}

function measureTick(receipts: Float64Array): void {
  const due = Array.from(receipts, (at) => computeDeadline(at, calendar, defaultDeadlinePolicy));
  const columns = {
    deadlinesAt: Float64Array.from(due, ({ deadlineAt }) => deadlineAt),
    targetsAt: Float64Array.from(due, ({ targetAt }) => targetAt),
  };
  const states = new Uint8Array(due.length);
  const took: number[] = [];
  for (let round = 0; round < 50; round += 1) {
    // Another moment every time, so that no tick can live on the one before.
    const now = from + ((round + 1) * (to - from)) / 51;
    const startedAt = performance.now();
    judgeDueStates(now, columns, time, defaultDeadlinePolicy.atRiskMs, states);
    took.push(performance.now() - startedAt);
  }
  const tickMs = median(took);
  row(
    `due state of ${ticketCount} tickets, median of ${took.length} ticks`,
    `${tickMs.toFixed(2)} ms`,
    tickMs < goals.tickMs,
    `< ${goals.tickMs} ms`,
  );
  const shares = DUE_STATES.map((state, code) => `${state} ${states.filter((each) => each === code).length}`);
  row('  of them in the last tick', shares.join(', '));
}

function ourDeadline(receivedAt: number): number {
  return computeDeadline(receivedAt, calendar, defaultDeadlinePolicy).deadlineAt;
}

function setUpPeer(): void {
  const daysOff = new Set<string>();
  for (let day = time.dayOf(from); day <= time.dayOf(to) + 30; day += 1) {
    const kind = time.whyNotWorking(day)?.kind;
    if (kind === 'holiday' || kind === 'moved-off') daysOff.add(civilDateOf(day));
  }
  const isDayOff = (at: DateTime<boolean>): boolean => daysOff.has(at.toISODate() ?? '');
  BusinessTime.now().setupBusiness({ businessDays: [1, 2, 3, 4, 5], holidayMatchers: [isDayOff] });
}

function peerDeadline(receivedAt: number): number {
  return BusinessTime.fromMillis(receivedAt, { zone })
    .plusBusiness({ days: defaultDeadlinePolicy.days })
    .set({ hour: 18, minute: 0, second: 0, millisecond: 0 })
    .toMillis();
}

/** A peer that answered another question would prove nothing. */
function checkAgreement(receipts: Float64Array): void {
  const share = receipts.filter((at) => ourDeadline(at) === peerDeadline(at)).length / receipts.length;
  row('answers alike (working Saturdays set the rest apart)', `${(share * 100).toFixed(1)} %`);
  if (share < 0.95) throw new Error('The two do not answer the same question.');
}

function randomMoments(count: number): Float64Array {
  let seed = 20_261_122;
  return Float64Array.from({ length: count }, () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return from + Math.floor((seed / 2 ** 32) * (to - from));
  });
}

function microsecondsEach(receipts: Float64Array, deadlineOf: (receivedAt: number) => number): number {
  let sum = 0;
  const startedAt = performance.now();
  for (const at of receipts) sum += deadlineOf(at);
  const each = ((performance.now() - startedAt) * 1000) / receipts.length;
  if (!Number.isFinite(sum)) throw new Error('A deadline is no moment.');
  return each;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function row(what: string, value: string, isMet?: boolean, goal = ''): void {
  const verdict = isMet === undefined ? '' : `  goal ${goal}: ${isMet ? 'met' : 'MISSED'}`;
  console.log(`${what.padEnd(56)} ${value}${verdict}`);
}
