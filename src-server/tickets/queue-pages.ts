import type { ApiError } from '#shared/protocol/api-error.ts';
import type { QueueQuery, QueueSection } from '#shared/protocol/queue.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Clock } from '#shared/clock.ts';
import type { Caller } from '../access/caller.ts';
import type { Queryable } from '../database/database.ts';
import type { Heads } from '../feed/heads.ts';

const defaultLimit = 50;
const cacheLimit = 200;

interface CachedPage {
  readonly feedVersion: number;
  readonly epoch: string;
  readonly page: Buffer;
}

/**
 * Pages of the queue, in the order of `compareInQueue`, as ready JSON.
 *
 * Tickets' JSON is joined together as it lies in the table. A page is kept while the feed stands still; the feed's head
 * is read for every request, so a page is never older than its request, whichever process changed a ticket.
 */
export class QueuePages {
  readonly #database: Queryable;
  readonly #clock: Clock;
  readonly #cache = new Map<string, CachedPage>();

  constructor(database: Queryable, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async read(caller: Caller, heads: Heads, query: QueueQuery): Promise<Result<Buffer, ApiError>> {
    const limit = query.limit ?? defaultLimit;
    const key = `${query.section} ${limit} ${query.cursor ?? ''}`;
    const cached = this.#cache.get(key);
    if (cached !== undefined && cached.feedVersion === heads.feedVersion && cached.epoch === heads.epoch) {
      return ok(cached.page);
    }
    const after = query.cursor === undefined ? first : parseCursor(query.cursor);
    if (after === null) return err({ kind: 'invalid', message: 'The cursor is none of this API’s.' });
    const page = Buffer.from(await this.#page(caller, query.section, after, limit), 'utf8');
    // One's own claims end by the clock, without a change in the feed.
    if (query.section !== 'mine') {
      if (this.#cache.size >= cacheLimit) this.#cache.clear();
      this.#cache.set(key, { feedVersion: heads.feedVersion, epoch: heads.epoch, page });
    }
    return ok(page);
  }

  async #page(caller: Caller, section: QueueSection, after: Place, limit: number): Promise<string> {
    const mine = section === 'mine' ? [caller.agentId, this.#clock.now()] : [];
    const rows = await this.#database.query<{ rank: number; start: number; id: string; state: string }>(
      `select queue_rank as rank, queue_start as start, id, state from ticket
       where ${filters[section]} and (queue_rank, queue_start, id) > ($1::smallint, $2::bigint, $3::text collate "C")
       order by queue_rank, queue_start, id limit $4::int`,
      [after.rank, after.start, after.id, limit, ...mine],
    );
    const last = rows.at(-1);
    const cursor = last === undefined || rows.length < limit ? null : formatCursor(last);
    return `{"tickets":[${rows.map((row) => row.state).join(',')}],"cursor":${JSON.stringify(cursor)}}`;
  }
}

/** The sections as filters, as the desk has them before anything is put off; each has an index that holds little else. */
const filters: Readonly<Record<QueueSection, string>> = {
  all: `status <> 'closed'`,
  'to-answer': `status = 'open'`,
  mine: `holder_id = $5 and holder_until > $6::bigint and status <> 'closed'`,
  critical: `critical and status <> 'closed'`,
  waiting: `status = 'waiting'`,
  closed: `status = 'closed'`,
};

interface Place {
  readonly rank: number;
  readonly start: number;
  readonly id: string;
}

const first: Place = { rank: -1, start: 0, id: '' };

function formatCursor({ rank, start, id }: Place): string {
  return `${rank}.${start}.${id}`;
}

function parseCursor(cursor: string): Place | null {
  const match = /^([0-3])\.(-?\d{1,16})\.([0-9a-f-]{36})$/u.exec(cursor);
  const [, rank, start, id] = match ?? [];
  return id === undefined ? null : { rank: Number(rank), start: Number(start), id };
}
