import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '#shared/clock.ts';
import type { Database } from '../database/database.ts';
import { describeError } from '../http/error-replies.ts';
import type { StoredRules } from '../regulation/stored-rules.ts';
import { closeSilentTickets } from './close-silent-tickets.ts';
import { lookAgain } from './look-again.ts';
import { retimeTickets } from './retime-tickets.ts';
import { settleSends } from './settle-sends.ts';
import type { Ticker } from './ticker.ts';

const everyMs = 60_000;

/** What one run of the jobs did. */
export interface JobCounts {
  /** Closed because their clients stayed silent. */
  readonly closed: number;
  /** Not closed, because somebody has to look at a letter first. */
  readonly heldBack: number;
  /** Postponed and due to be looked at again. */
  readonly lookedAgain: number;
  /** Whose closing was reckoned anew by a newer version of the regulation. */
  readonly retimed: number;
  /** Automatic letters that were not sent, or maybe not. */
  readonly givenUp: number;
}

interface JobParts {
  readonly database: Database;
  readonly rules: StoredRules;
  readonly clock: Clock;
  readonly logger: FastifyBaseLogger;
}

/**
 * What the API does by itself, every minute.
 *
 * Of all processes on one database one runs the jobs at a time; should two do, each ticket is still done once, because
 * it is judged anew under its lock.
 */
export class JobRunner {
  readonly #parts: JobParts;
  #running: Promise<JobCounts | null> | null = null;
  #lastRunAt: number | null = null;

  constructor(parts: JobParts) {
    this.#parts = parts;
  }

  /** When this process last did the jobs to the end; null: never, or another process does them. */
  get lastRunAt(): number | null {
    return this.#lastRunAt;
  }

  /** Runs until it is stopped; stopping waits for a run under way. */
  start(ticker: Ticker): () => Promise<void> {
    const stop = ticker.every(everyMs, () => {
      // A run that takes longer than the time between two is not joined by a second one.
      if (this.#running === null) void this.#runAndLog();
    });
    return async () => {
      stop();
      await this.#running?.catch(() => null);
    };
  }

  /** Does everything that is due now; null where another process is at it. Rejects with what the database rejects. */
  async run(): Promise<JobCounts | null> {
    this.#running ??= this.#runOnce().finally(() => {
      this.#running = null;
    });
    return await this.#running;
  }

  async #runAndLog(): Promise<void> {
    const { logger } = this.#parts;
    try {
      const counts = await this.run();
      const isNews = counts !== null && Object.values(counts).some((count: number) => count > 0);
      if (isNews) logger.info(counts, 'jobs done');
    } catch (error) {
      logger.warn({ error: describeError(error) }, 'jobs failed');
    }
  }

  async #runOnce(): Promise<JobCounts | null> {
    const { database, rules, clock } = this.#parts;
    const now = clock.now();
    const retimed = await retimeTickets(database, rules);
    const closed = retimed === null ? null : await closeSilentTickets(database, rules, now);
    const lookedAgain = closed === null ? null : await lookAgain(database, rules, now);
    const givenUp = lookedAgain === null ? null : await settleSends(database, rules, now);
    if (retimed === null || closed === null || lookedAgain === null || givenUp === null) return null;
    this.#lastRunAt = clock.now();
    return { ...closed, lookedAgain, retimed, givenUp };
  }
}
