import type { ServerResponse } from 'node:http';
import { Type } from 'typebox';
import type { FastifyInstance } from 'fastify';
import type { Clock } from '#shared/clock.ts';
import { FeedHeadSchema, type FeedHead } from '#shared/protocol/changes.ts';
import { PresenceSchema, type Presence } from '#shared/protocol/presence.ts';
import { serverTimeHeader } from '#shared/protocol/protocol-version.ts';
import type { Caller } from '../access/caller.ts';
import type { Sessions } from '../access/sessions.ts';
import type { HeadReader, Heads } from '../feed/heads.ts';
import type { PresentAgents } from '../presence/present-agents.ts';
import { bearerToken, type Authoriser } from './authorise.ts';
import { sendError } from './error-replies.ts';

/** Proxies drop silent connections after 30 to 60 seconds. */
const heartbeatMs = 15_000;

interface Listener {
  readonly response: ServerResponse;
  readonly token: string;
  readonly caller: Caller;
  sentHead: number;
  sentPresence: string;
}

interface LiveParts {
  readonly heads: HeadReader;
  readonly present: PresentAgents;
  readonly sessions: Sessions;
  readonly clock: Clock;
}

/** The open streams of `GET /v1/changes/live` of this process. */
export class LiveChanges {
  readonly #parts: LiveParts;
  readonly #listeners = new Set<Listener>();
  #timer: NodeJS.Timeout | null = null;

  constructor(parts: LiveParts) {
    this.#parts = parts;
  }

  now(): number {
    return this.#parts.clock.now();
  }

  get count(): number {
    return this.#listeners.size;
  }

  /** Tells everybody where the feed stands now; called after notices of any process. */
  async announce(): Promise<void> {
    if (this.#listeners.size === 0) return;
    const heads = await this.#parts.heads.read();
    for (const listener of this.#listeners) send(listener, heads);
  }

  /** Tells everybody who is at which ticket now, where that is new to them. */
  async announcePresence(): Promise<void> {
    if (this.#listeners.size === 0) return;
    const presence = await this.#parts.present.read();
    for (const listener of this.#listeners) sendPresence(listener, presence);
  }

  add(response: ServerResponse, token: string, caller: Caller, heads: Heads): void {
    const listener: Listener = { response, token, caller, sentHead: -1, sentPresence: '' };
    this.#listeners.add(listener);
    response.on('close', () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#stopTimer();
    });
    this.#timer ??= setInterval(() => {
      void this.#beat();
    }, heartbeatMs);
    send(listener, heads);
    // Read only now that the listener hears of what comes next. Should it fail, the next beat makes up for it.
    this.announcePresence().catch(() => {});
  }

  /** Ends all streams, so that the process can stop. */
  close(): void {
    this.#stopTimer();
    for (const { response } of this.#listeners) response.end();
  }

  /**
   * Ends streams whose token is no longer valid. Looks at head and presence anew: a notice may have been lost, and nobody
   * gives notice when somebody's presence lapses.
   */
  async #beat(): Promise<void> {
    try {
      const { heads: reader, present } = this.#parts;
      const [heads, presence] = await Promise.all([reader.read(), present.read()]);
      for (const listener of this.#listeners) {
        const caller = await this.#parts.sessions.authenticate(listener.token, heads);
        if (caller === null || caller.expiresAt <= this.#parts.clock.now()) {
          listener.response.end();
          continue;
        }
        if (!listener.response.writableNeedDrain) listener.response.write(': beat\n\n');
        send(listener, heads);
        sendPresence(listener, presence);
      }
    } catch {
      // The database is away: desks keep their streams and hear of the feed again after the next beat.
      for (const { response } of this.#listeners)
        if (!response.writableNeedDrain) response.write(': beat\n\n');
    }
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }
}

/** A reader that does not keep up misses hints, no changes: the next one says as much as all before it. */
function send(listener: Listener, { epoch, feedVersion }: Heads): void {
  if (listener.sentHead === feedVersion || listener.response.writableNeedDrain) return;
  listener.sentHead = feedVersion;
  const head: FeedHead = { epoch, head: feedVersion };
  listener.response.write(`event: head\ndata: ${JSON.stringify(head)}\n\n`);
}

function sendPresence(listener: Listener, presence: Presence): void {
  const data = JSON.stringify(presence);
  if (listener.sentPresence === data || listener.response.writableNeedDrain) return;
  listener.sentPresence = data;
  listener.response.write(`event: presence\ndata: ${data}\n\n`);
}

/** Registers the stream beside the table of routes. */
export function registerLiveChanges(app: FastifyInstance, authoriser: Authoriser, live: LiveChanges): void {
  app.get('/v1/changes/live', {
    schema: {
      operationId: 'liveChanges',
      description:
        'Server-sent events: `head`, hints to pull, nothing more; `presence`, who has which ticket before them.',
      response: {
        200: {
          content: { 'text/event-stream': { schema: Type.Union([FeedHeadSchema, PresenceSchema]) } },
        },
      },
    },
    handler: async (request, reply) => {
      const authorised = await authoriser.authorise(request, 'read-only');
      if (!authorised.ok) return await sendError(reply, authorised.error);
      const { caller, heads } = authorised.value;
      reply.hijack();
      reply.raw.writeHead(200, {
        [serverTimeHeader]: live.now(),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      live.add(reply.raw, bearerToken(request) ?? '', caller, heads);
      return reply;
    },
  });
}
