import type { News } from '#shared/bridge/attention.ts';
import type { Preferences } from '#shared/bridge/preferences.ts';
import type { WorkingTime } from '#shared/calendar/working-time.ts';
import type { Clock } from '#shared/clock.ts';
import type { Scheduler } from '../scheduler.ts';
import { describeNews } from './describe-news.ts';
import type { Desktop } from './desktop.ts';
import { sayIn } from './tray-words.ts';

/** What comes within this time is told together. */
const gatherMs = 3000;
/** Notifications come no closer to each other than this. */
const leastPauseMs = 30_000;
/** A computer that slept, or whose clock was set, is found out this soon. */
const longestNapMs = 60_000;
/** More than anybody reads: of a longer list the oldest are forgotten. */
const mostNews = 1000;

interface NotifierParts {
  readonly desktop: Desktop;
  readonly preferences: () => Preferences;
  readonly workingTime: () => WorkingTime;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
}

/**
 * Tells an agent news of tickets, calmly: gathered into one notification, no more than two a minute, in working hours only.
 * What happened while the service was closed is told as one when it opens.
 */
export class Notifier {
  readonly #parts: NotifierParts;
  #waiting = new Map<string, News>();
  #isPlanned = false;
  #lastToldAt = Number.NEGATIVE_INFINITY;
  #closing = new AbortController();

  constructor(parts: NotifierParts) {
    this.#parts = parts;
  }

  tell(news: readonly News[]): void {
    for (const each of news) this.#waiting.set(`${each.why} ${each.ticketId}`, each);
    for (const key of this.#waiting.keys()) {
      if (this.#waiting.size <= mostNews) break;
      this.#waiting.delete(key);
    }
    if (this.#waiting.size === 0 || this.#isPlanned) return;
    this.#isPlanned = true;
    void this.#tellLater(this.#closing.signal);
  }

  /** Forgets what was not told yet, and takes back what still stands: it was for an agent who left. */
  forget(): void {
    this.#closing.abort();
    this.#closing = new AbortController();
    this.#waiting.clear();
    this.#isPlanned = false;
    this.#parts.desktop.clearNotifications();
  }

  async #tellLater(signal: AbortSignal): Promise<void> {
    const { clock, scheduler, workingTime } = this.#parts;
    const earliest = Math.max(clock.now() + gatherMs, this.#lastToldAt + leastPauseMs);
    for (;;) {
      const now = clock.now();
      const dueAt = workingTime().nextOpening(Math.max(now, earliest));
      if (dueAt <= now) break;
      await scheduler.delay(Math.min(dueAt - now, longestNapMs), signal);
      if (signal.aborted) return;
    }
    this.#isPlanned = false;
    this.#lastToldAt = clock.now();
    const news = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#notify(news);
  }

  #notify(news: readonly News[]): void {
    const { desktop, preferences } = this.#parts;
    const { notifications, notificationContent, language } = preferences();
    if (!notifications) return;
    const withContent = notificationContent && !desktop.isLocked();
    desktop.notify(describeNews(news, withContent, sayIn(language)));
  }
}
