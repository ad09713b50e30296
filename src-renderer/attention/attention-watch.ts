import type { Attention } from '#shared/bridge/attention.ts';
import type { Bridge } from '#shared/bridge/bridge-client.ts';
import type { Clock } from '#shared/clock.ts';
import type { AgentId } from '#shared/ids.ts';
import { RuleBook } from '#shared/regulation/rule-book.ts';
import { dueState } from '#shared/sla/due-state.ts';
import type { CacheClient } from '../cache/cache-client.ts';
import type { CacheState, QueueRow, QueueView } from '../cache/cache-views.ts';
import { KnownRules } from '../cache/known-rules.ts';
import { noFilter, type QueueListing } from '../cache/queue-listing.ts';
import { NewsFinder, type NewsContext, type WatchedList } from './news-finder.ts';

/** Where each kind of news is looked for, and how far down. */
const lists: Readonly<Record<WatchedList, QueueListing & { readonly count: number }>> = {
  letters: { section: 'everywhere', filter: noFilter, order: 'last-letter', count: 40 },
  // A lost answer opens its ticket again.
  answers: { section: 'to-answer', filter: noFilter, order: 'last-letter', count: 60 },
  // Put-off ones too: their deadlines run on.
  deadlines: { section: 'all', filter: noFilter, order: 'deadline', count: 100 },
  critical: { section: 'critical', filter: noFilter, order: 'queue', count: 60 },
  mine: { section: 'mine', filter: noFilter, order: 'queue', count: 100 },
};

/**
 * Overdue tickets stand first in that list, and may be many: it is watched from so many before the first that is in time.
 * What has become overdue is told, then it may leave the watched part.
 */
const watchedOverdue = 30;
/** The watched part follows the number of overdue tickets no sooner than it is off by so many. */
const driftAllowed = 15;

/** Deadlines come nearer without anything else happening. */
const lookAtClockMs = 30_000;
/** What one call of the bridge takes. */
const mostNews = 200;

interface AttentionWatchParts {
  readonly bridge: Bridge;
  readonly cache: CacheClient;
  readonly clock: Clock;
}

/**
 * Watches the cache of whoever is signed in, and tells the main process what tray and badge count and what has happened.
 *
 * News are told only from the moment at which cache and mailbox have caught up: what they catch up with at a start is on
 * the screen, and no news.
 */
export class AttentionWatch {
  readonly #parts: AttentionWatchParts;
  readonly #finder = new NewsFinder();
  #shown = '';
  #offsetMs = 0;
  #agentId: AgentId | null = null;
  #rules = RuleBook.shipped();
  #deadlines: readonly QueueRow[] = [];
  #overdue = 0;
  /** From where on the list of deadlines is watched. */
  #deadlinesFrom = 0;
  #stopDeadlines = () => {};
  #stopWatching: (() => void)[] = [];
  #stopLists: (() => void)[] = [];

  constructor(parts: AttentionWatchParts) {
    this.#parts = parts;
    parts.bridge.on('status.changed', ({ clockOffsetMs }) => (this.#offsetMs = clockOffsetMs));
  }

  /** Watches for an agent from now on, for nobody else; goes on where it already does. */
  start(agentId: AgentId): void {
    if (agentId === this.#agentId) return;
    this.stop();
    this.#agentId = agentId;
    const { cache } = this.#parts;
    const known = new KnownRules();
    this.#stopWatching = [
      cache.watchDirectory(({ regulations }) => (this.#rules = known.of(regulations))),
      cache.watchQueue({ ...lists.deadlines, count: 0, first: 0 }, (view) => {
        this.#show(attentionOf(view));
        this.#overdue = view.counts.overdue;
        this.#followDeadlines(agentId);
      }),
      cache.watchState((state) => this.#followState(state, agentId)),
    ];
  }

  /** Nobody is signed in: nothing wants attention. */
  stop(): void {
    this.#agentId = null;
    this.#leaveLists();
    for (const stop of this.#stopWatching.splice(0)) stop();
    this.#show({ overdue: 0, dueToday: 0, critical: 0, toAnswer: 0 });
  }

  #followState(state: CacheState, agentId: AgentId): void {
    const isReady = state.state === 'open' && state.changesCaughtUp && state.letters.inbox.synced;
    const watches = this.#stopLists.length > 0;
    if (isReady && !watches) this.#watchLists(agentId);
    if (!isReady && watches) this.#leaveLists();
  }

  /** The first result of each watch is made after this moment: it is what news are measured by. */
  #watchLists(agentId: AgentId): void {
    const { cache } = this.#parts;
    this.#finder.reset();
    this.#stopLists = (['letters', 'answers', 'critical', 'mine'] as const).map((list) =>
      cache.watchQueue({ ...lists[list], first: 0 }, ({ rows }) => this.#look(list, rows, agentId)),
    );
    this.#watchDeadlines(agentId);
    const clock = setInterval(() => this.#look('deadlines', this.#deadlines, agentId), lookAtClockMs);
    this.#stopLists.push(
      () => clearInterval(clock),
      () => this.#stopDeadlines(),
    );
  }

  #followDeadlines(agentId: AgentId): void {
    const drift = Math.abs(this.#wantedFrom - this.#deadlinesFrom);
    if (this.#stopLists.length > 0 && drift > driftAllowed) this.#watchDeadlines(agentId);
  }

  get #wantedFrom(): number {
    return Math.max(0, this.#overdue - watchedOverdue);
  }

  #watchDeadlines(agentId: AgentId): void {
    this.#stopDeadlines();
    this.#deadlinesFrom = this.#wantedFrom;
    this.#stopDeadlines = this.#parts.cache.watchQueue(
      { ...lists.deadlines, first: this.#deadlinesFrom },
      ({ rows }) => {
        this.#deadlines = rows;
        this.#look('deadlines', rows, agentId);
      },
    );
  }

  #leaveLists(): void {
    for (const stop of this.#stopLists.splice(0)) stop();
    this.#deadlines = [];
  }

  #look(list: WatchedList, rows: readonly QueueRow[], agentId: AgentId): void {
    const news = this.#finder.look(list, rows, lists[list].count, this.#context(agentId));
    if (news.length > 0) void this.#parts.bridge.call('attention.tell', { news: news.slice(0, mostNews) });
  }

  #context(agentId: AgentId): NewsContext {
    const { calendar, deadline } = this.#rules.current;
    const time = calendar.workingTime(deadline.shortDayMinutes);
    const now = this.#parts.clock.now() + this.#offsetMs;
    return {
      agentId,
      now,
      dueState: ({ deadlineAt, targetAt }) =>
        deadlineAt === null || targetAt === null
          ? null
          : dueState(now, { deadlineAt, targetAt }, time, deadline.atRiskMs),
    };
  }

  #show(counts: Attention): void {
    const shown = JSON.stringify(counts);
    if (shown === this.#shown) return;
    this.#shown = shown;
    void this.#parts.bridge.call('attention.show', counts);
  }
}

function attentionOf({ counts }: QueueView): Attention {
  return {
    overdue: counts.overdue,
    dueToday: counts['due-today'],
    critical: counts.critical,
    toAnswer: counts['to-answer'],
  };
}
