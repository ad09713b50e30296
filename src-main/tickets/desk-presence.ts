import { isDeepStrictEqual } from 'node:util';
import type { AgentId } from '#shared/ids.ts';
import {
  presenceLifeMs,
  presenceRenewalMs,
  type Presence,
  type PresentAgent,
  type PutPresence,
} from '#shared/protocol/presence.ts';
import type { Author } from '#shared/ticket/author.ts';
import type { Scheduler } from '../scheduler.ts';
import type { ApiClient } from './api-client.ts';
import type { LiveNews } from './live-news.ts';
import { Wake } from './wake.ts';

export interface DeskPresenceOptions {
  readonly api: Pick<ApiClient, 'call' | 'subscribe'>;
  readonly author: Author;
  readonly scheduler: Scheduler;
  /** Colleagues came to a ticket or left one. */
  readonly onColleagues: (colleagues: Presence) => void;
}

/** As long as whoever leaves the desk waits for the API to hear of it. */
const farewellMs = 2_000;

const nothing: PutPresence = { ticketId: null, activity: 'viewing' };

/**
 * What the agent of this desk has before them, told to the API; and what colleagues have, told by it.
 *
 * Advisory on both sides: nothing waits for it, nothing is kept of it, and a failure is no problem of the desk's. While
 * the API is away nothing is said; what is true then is said when it is back. Who may only read says nothing.
 */
export class DeskPresence {
  readonly #options: DeskPresenceOptions;
  readonly #ring = new Wake();
  readonly #closing = new AbortController();
  #wanted = nothing;
  /** What the API was told last; null while that is not known. */
  #told: PutPresence | null = nothing;
  #isAway = false;
  #colleagues: readonly PresentAgent[] = [];
  /** Aborted by the first word after the stream was cut off. */
  #forgetting: AbortController | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(options: DeskPresenceOptions) {
    this.#options = options;
  }

  /** Everybody else who has a ticket before them; the agent's own other desks are not somebody else. */
  get colleagues(): Presence {
    return { present: [...this.#colleagues] };
  }

  start(): void {
    const { api, author } = this.#options;
    if (author.role === 'read-only') return;
    const unsubscribe = api.subscribe((problem) => {
      const wasAway = this.#isAway;
      this.#isAway = problem !== null;
      if (wasAway && !this.#isAway) this.#ring.ring();
    });
    this.#running = this.#run().finally(unsubscribe);
  }

  /** Takes what the window says; of what is said faster than the API answers only the last counts. */
  set(wanted: PutPresence): void {
    if (isSame(this.#wanted, wanted)) return;
    this.#wanted = wanted;
    this.#ring.ring();
  }

  /** Takes what the live stream says. Without it colleagues are believed to stay for as long as their own word holds. */
  hear(news: LiveNews): void {
    if (this.#closing.signal.aborted) return;
    if (news.type === 'presence') {
      this.#forgetting?.abort();
      this.#forgetting = null;
      this.#show(news.presence.present);
    } else if (news.type === 'cut-off' && this.#forgetting === null) {
      const forgetting = new AbortController();
      this.#forgetting = forgetting;
      const signal = AbortSignal.any([forgetting.signal, this.#closing.signal]);
      void this.#options.scheduler.delay(presenceLifeMs, signal).then(() => {
        if (!signal.aborted) this.#show([]);
      });
    }
  }

  /** The agent leaves the desk; resolves when the API knows, or soon. Once more, it does nothing. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#show([]);
    await this.#running;
    const isThere = this.#told === null || this.#told.ticketId !== null;
    this.#told = nothing;
    if (this.#isAway || !isThere) return;
    const { api } = this.#options;
    await api.call('putPresence', { body: nothing }, { signal: AbortSignal.timeout(farewellMs) });
  }

  async #run(): Promise<void> {
    const { api, scheduler } = this.#options;
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const wanted = this.#wanted;
      const isNews = this.#told === null || !isSame(this.#told, wanted);
      // Nothing needs no renewal: it lapses into itself.
      if (!this.#isAway && (isNews || wanted.ticketId !== null)) {
        this.#told = null;
        const { ok } = await api.call('putPresence', { body: wanted }, { signal });
        if (ok) this.#told = wanted;
      }
      await this.#ring.waitAtMost(presenceRenewalMs, scheduler, signal);
    }
  }

  #show(present: readonly PresentAgent[]): void {
    const colleagues = present.filter(({ agentId }) => agentId !== this.#ownId);
    if (isDeepStrictEqual(colleagues, this.#colleagues)) return;
    this.#colleagues = colleagues;
    this.#options.onColleagues(this.colleagues);
  }

  get #ownId(): AgentId {
    return this.#options.author.agentId;
  }
}

function isSame(a: PutPresence, b: PutPresence): boolean {
  return a.ticketId === b.ticketId && (a.ticketId === null || a.activity === b.activity);
}
