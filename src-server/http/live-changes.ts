import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Clock } from '#shared/clock.ts';
import { FeedHeadSchema, type FeedHead } from '#shared/protocol/changes.ts';
import { serverTimeHeader } from '#shared/protocol/protocol-version.ts';
import type { Caller } from '../access/caller.ts';
import type { Sessions } from '../access/sessions.ts';
import type { HeadReader, Heads } from '../feed/heads.ts';
import { bearerToken, type Authoriser } from './authorise.ts';
import { sendError } from './error-replies.ts';

/** Proxies drop silent connections after 30 to 60 seconds. */
const heartbeatMs = 15_000;

interface Listener {
  readonly response: ServerResponse;
  readonly token: string;
  readonly caller: Caller;
  sentHead: number;
}

/** The open streams of `GET /v1/changes/live` of this process. */
export class LiveChanges {
  readonly #heads: HeadReader;
  readonly #sessions: Sessions;
  readonly #clock: Clock;
  readonly #listeners = new Set<Listener>();
  #timer: NodeJS.Timeout | null = null;

  constructor(heads: HeadReader, sessions: Sessions, clock: Clock) {
    this.#heads = heads;
    this.#sessions = sessions;
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  get count(): number {
    return this.#listeners.size;
  }

  /** Tells everybody where the feed stands now; called after notices of any process. */
  async announce(): Promise<void> {
    if (this.#listeners.size === 0) return;
    const heads = await this.#heads.read();
    for (const listener of this.#listeners) send(listener, heads);
  }

  add(response: ServerResponse, token: string, caller: Caller, heads: Heads): void {
    const listener: Listener = { response, token, caller, sentHead: -1 };
    this.#listeners.add(listener);
    response.on('close', () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#stopTimer();
    });
    this.#timer ??= setInterval(() => {
      void this.#beat();
    }, heartbeatMs);
    send(listener, heads);
  }

  /** Ends all streams, so that the process can stop. */
  close(): void {
    this.#stopTimer();
    for (const { response } of this.#listeners) response.end();
  }

  /** Ends streams whose token is no longer valid; repeats the head, should a notice have been lost. */
  async #beat(): Promise<void> {
    try {
      const heads = await this.#heads.read();
      for (const listener of this.#listeners) {
        const caller = await this.#sessions.authenticate(listener.token, heads);
        if (caller === null || caller.expiresAt <= this.#clock.now()) {
          listener.response.end();
          continue;
        }
        if (!listener.response.writableNeedDrain) listener.response.write(': beat\n\n');
        send(listener, heads);
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

/** Registers the stream beside the table of routes. */
export function registerLiveChanges(app: FastifyInstance, authoriser: Authoriser, live: LiveChanges): void {
  app.get('/v1/changes/live', {
    schema: {
      operationId: 'liveChanges',
      description: 'Server-sent events named `head`; hints to pull, nothing more.',
      response: { 200: { content: { 'text/event-stream': { schema: FeedHeadSchema } } } },
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
