import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Attention, News } from '#shared/bridge/attention.ts';
import type { Bridge } from '#shared/bridge/bridge-client.ts';
import type { AgentId, TicketId } from '#shared/ids.ts';
import { defaultServiceSettings } from '#shared/protocol/service-settings.ts';
import type { Regulation } from '#shared/regulation/regulation.ts';
import { RuleBook } from '#shared/regulation/rule-book.ts';
import { computeDeadline } from '#shared/sla/deadline.ts';
import { AttentionWatch } from '#renderer/attention/attention-watch.ts';
import type { CacheClient } from '#renderer/cache/cache-client.ts';
import type {
  CacheState,
  DirectoryView,
  QueueRange,
  QueueRow,
  QueueView,
} from '#renderer/cache/cache-views.ts';
import { receivedAt, ticket } from '#test/unit/renderer/sample-ticket.ts';

const me = '01900000-0000-7000-8000-00000000000a' as AgentId;
const { calendar, deadline, profile, categories } = RuleBook.shipped().current;
/** Received Tuesday 10.11 at 10:15, due Friday 13.11 at 18:00, at risk from Friday 10:15. */
const due = computeDeadline(receivedAt, calendar, deadline);
const minuteMs = 60_000;

const none = { 'to-answer': 0, 'due-today': 0, critical: 0, mine: 0, waiting: 0 };
const counts = { ...none, developers: 0, snoozed: 0, all: 0, closed: 0, overdue: 0 };

function row(n: number): QueueRow {
  const id = `01900000-0000-7000-8000-${n.toString(16).padStart(12, '0')}` as TicketId;
  return { ticket: ticket({ id, number: n }), version: 1, pending: false, ...due };
}

/** A cache in the test's hands: it says what is asked of it, and tells what it is told to tell. */
class ToldCache {
  readonly queues = new Map<QueueRange, (view: QueueView) => void>();
  tellState: (state: CacheState) => void = () => {};
  tellDirectory: (directory: DirectoryView) => void = () => {};

  readonly client = {
    watchQueue: (range: QueueRange, listener: (view: QueueView) => void) => {
      this.queues.set(range, listener);
      return () => void this.queues.delete(range);
    },
    watchState: (listener: (state: CacheState) => void) => {
      this.tellState = listener;
      return () => {};
    },
    watchDirectory: (listener: (directory: DirectoryView) => void) => {
      this.tellDirectory = listener;
      return () => {};
    },
  } as Partial<CacheClient> as CacheClient;

  /** The range of deadlines that is watched. */
  get deadlines(): QueueRange | undefined {
    return [...this.queues.keys()].find(({ order, count }) => order === 'deadline' && count > 0);
  }

  tellDeadlines(...rows: QueueRow[]): void {
    const range = this.deadlines;
    if (range !== undefined) this.queues.get(range)?.({ rows, total: rows.length, counts, hasNext: false });
  }

  tellCounts(overdue: number): void {
    for (const [{ count }, listener] of this.queues) {
      if (count === 0) listener({ rows: [], total: 0, counts: { ...counts, overdue }, hasNext: false });
    }
  }
}

let now: number;
let cache: ToldCache;
let told: string[];
let shown: Attention[];
let watch: AttentionWatch;

beforeEach(() => {
  vi.useFakeTimers();
  now = receivedAt;
  cache = new ToldCache();
  told = [];
  shown = [];
  const bridge = {
    on: () => () => {},
    call: (name: string, params: unknown) => {
      if (name === 'attention.show') shown.push(params as Attention);
      if (name === 'attention.tell') {
        const { news } = params as { readonly news: readonly News[] };
        told.push(...news.map(({ number, why }) => `${number} ${why}`));
      }
      return Promise.resolve({ ok: true, value: {} });
    },
  } as Partial<Bridge> as Bridge;
  watch = new AttentionWatch({ bridge, cache: cache.client, clock: { now: () => now } });
  watch.start(me);
  const read = { letters: 0, synced: true };
  cache.tellState({
    state: 'open',
    changesCaughtUp: true,
    changesShare: 1,
    letters: { inbox: read, sent: read },
  });
});

afterEach(() => {
  watch.stop();
  vi.useRealTimers();
});

function moveTo(moment: number): void {
  now = moment;
  vi.advanceTimersByTime(minuteMs);
}

test('a deadline is told when it comes near, and again when it has passed, by the clock alone', () => {
  cache.tellDeadlines(row(1));
  moveTo(due.targetAt);
  expect(told).toEqual([]);
  moveTo(due.targetAt + 1);
  expect(told).toEqual(['1 at-risk']);
  moveTo(due.deadlineAt);
  expect(told).toEqual(['1 at-risk']);
  moveTo(due.deadlineAt + 1);
  expect(told).toEqual(['1 at-risk', '1 overdue']);
});

test('deadlines come near by the regulation in force', () => {
  cache.tellDeadlines(row(1));
  const earlier: Regulation = {
    revision: 1,
    since: receivedAt,
    profile: { ...profile, deadline: { ...profile.deadline, atRiskMinutes: 9 * 60 } },
    categories: [...categories],
    calendar: calendar.calendar,
  };
  cache.tellDirectory({
    agents: [],
    articles: [],
    templates: [],
    blockedSenders: [],
    settings: defaultServiceSettings,
    regulations: [earlier],
  });
  // Friday, 09:01: less than a whole working day is left.
  moveTo(Date.UTC(2026, 10, 13, 6, 1));
  expect(told).toEqual(['1 at-risk']);
});

test('deadlines are watched around the first that is still to come, however many have passed', () => {
  expect(cache.deadlines).toMatchObject({ section: 'all', first: 0 });
  cache.tellCounts(20);
  expect(cache.deadlines?.first).toBe(0);
  cache.tellDeadlines(row(1));
  cache.tellCounts(500);
  expect(cache.deadlines?.first).toBe(470);
  // What was seen before the watched part moved is still known.
  now = due.targetAt + 1;
  cache.tellDeadlines(row(1));
  expect(told).toEqual(['1 at-risk']);
  cache.tellCounts(510);
  expect(cache.deadlines?.first).toBe(470);
  cache.tellCounts(0);
  expect(cache.deadlines?.first).toBe(0);
  watch.stop();
  expect([...cache.queues.keys()].filter(({ count }) => count > 0)).toEqual([]);
  expect(shown.at(-1)).toEqual({ overdue: 0, dueToday: 0, critical: 0, toAnswer: 0 });
});
