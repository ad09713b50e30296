import type { Clock } from '#shared/clock.ts';
import {
  presenceLifeMs,
  type Presence,
  type PresentAgent,
  type PutPresence,
} from '#shared/protocol/presence.ts';
import type { Caller } from '../access/caller.ts';
import type { Queryable } from '../database/database.ts';
import { SharedRead } from '../database/shared-read.ts';

/** The channel on which processes hear that somebody came to a ticket or left one, or may not be there any more. */
export const presenceChannel = 'stp_presence';

/**
 * Who has which ticket before them, by what their desks said.
 *
 * Kept in an unlogged table, the same for all processes on one database: nothing is written ahead for it, and after a
 * crash of the database it is empty until the desks have said it again. Nobody but people looks at it, so it never
 * holds back an operation or an answer.
 */
export class PresentAgents {
  readonly #database: Queryable;
  readonly #clock: Clock;
  readonly #shared: SharedRead<Presence>;

  constructor(database: Queryable, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
    this.#shared = new SharedRead(async () => ({ present: [...(await this.#query())] }));
  }

  /** Everybody present now, always in the same order. */
  async read(): Promise<Presence> {
    return await this.#shared.read();
  }

  /** Takes a desk's word; the other processes hear of it only if it says something new. */
  async put(caller: Caller, { ticketId, activity }: PutPresence): Promise<void> {
    const now = this.#clock.now();
    if (ticketId === null) {
      await this.#database.query(
        `with gone as (delete from presence where session_id = $1 returning 1)
         select pg_notify('${presenceChannel}', '') where exists (select from gone)`,
        [caller.sessionId],
      );
      return;
    }
    // Rows of desks that ended without a word go with the next word of any other. Locked ones are left: two desks that
    // clean up for each other would wait for each other.
    await this.#database.query(
      `with gone as (
         delete from presence where session_id in (
           select session_id from presence where lapses_at <= $5::bigint and session_id <> $1
           for update skip locked)),
       same as (
         select 1 from presence
         where session_id = $1 and ticket_id = $3 and activity = $4 and lapses_at > $5::bigint),
       put as (
         insert into presence (session_id, agent_id, ticket_id, activity, lapses_at)
         values ($1, $2, $3, $4, $5::bigint + $6::bigint)
         on conflict (session_id) do update set ticket_id = excluded.ticket_id, activity = excluded.activity,
           lapses_at = excluded.lapses_at)
       select pg_notify('${presenceChannel}', '') where not exists (select from same)`,
      [caller.sessionId, caller.agentId, ticketId, activity, now, presenceLifeMs],
    );
  }

  /** Whoever was logged out, disabled or made read-only is not there, whatever their desk said last. */
  async #query(): Promise<readonly PresentAgent[]> {
    return await this.#database.query<PresentAgent>(
      `select p.agent_id as "agentId", p.ticket_id as "ticketId", min(p.activity) as activity
       from presence p join session s on s.id = p.session_id join agent a on a.id = p.agent_id
       where p.lapses_at > $1::bigint and s.revoked_at is null and not a.disabled and a.role <> 'read-only'
       group by p.agent_id, p.ticket_id
       order by p.ticket_id, p.agent_id`,
      [this.#clock.now()],
    );
  }
}
