import { v7 as newUuid } from 'uuid';
import type { Clock } from '#shared/clock.ts';
import type { Agent } from '#shared/protocol/agent.ts';
import type { ApiError } from '#shared/protocol/api-error.ts';
import type { Login, Session } from '#shared/protocol/session.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Role } from '#shared/ticket/author.ts';
import type { AgentId } from '#shared/ids.ts';
import type { Database, Queryable } from '../database/database.ts';
import type { Heads } from '../feed/heads.ts';
import { presenceChannel } from '../presence/present-agents.ts';
import type { Caller } from './caller.ts';
import { LoginAttempts } from './login-attempts.ts';
import { hashPassword, verifyPassword } from './password-hash.ts';
import { hashToken, newToken } from './tokens.ts';

const accessLifeMs = 60 * 60_000;
/** Longer than the days for which a desk may be opened offline. */
const refreshLifeMs = 30 * 24 * 60 * 60_000;
const cacheLimit = 10_000;

/** Every log-in that was ever refused is answered by these same words. */
const wrongCredentials: ApiError = { kind: 'wrong-credentials', message: 'Wrong login or password.' };
const unauthorised: ApiError = { kind: 'unauthorised', message: 'The token is unknown, expired or revoked.' };

interface KnownToken {
  readonly caller: Caller;
  readonly revocations: number;
}

/** Log-ins, their tokens and their end. */
export class Sessions {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #attempts: LoginAttempts;
  /** By token hash; an entry counts only while nothing was revoked since it was read. */
  readonly #known = new Map<string, KnownToken>();
  #decoyHash: Promise<string> | null = null;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
    this.#attempts = new LoginAttempts(database, clock);
  }

  async logIn(
    { login, password }: Login,
    address: string,
    epoch: string,
  ): Promise<Result<Session, ApiError>> {
    const retryAfterMs = await this.#attempts.begin(login, address);
    if (retryAfterMs !== null) {
      return err({ kind: 'too-many-attempts', message: 'Too many failed log-ins.', retryAfterMs });
    }
    const rows = await this.#database.query<{
      id: string;
      disabled: boolean;
      password_hash: string;
      state: string;
    }>('select id, disabled, password_hash, state from agent where login = $1', [login]);
    const agent = rows[0];
    // An unknown login takes as long as a known one.
    const right = await verifyPassword(password, agent?.password_hash ?? (await this.#decoy()));
    if (agent === undefined || !right || agent.disabled) return err(wrongCredentials);
    await this.#attempts.forgive(login, address);
    const tokens = await this.#database.transaction(async (transaction) => {
      const sessionId = newUuid();
      const now = this.#clock.now();
      await transaction.query('delete from token where expires_at <= $1::bigint', [now - refreshLifeMs]);
      await transaction.query('insert into session (id, agent_id, started_at) values ($1, $2, $3::bigint)', [
        sessionId,
        agent.id,
        now,
      ]);
      return await this.#issue(transaction, sessionId);
    });
    return ok(this.#answer(tokens, agent.state, epoch));
  }

  /**
   * Exchanges a refresh token for new tokens.
   *
   * A used one is taken again while nothing that it brought was ever used: then its answer was lost on the way, and what
   * was in it is worth nothing any more. Otherwise it revokes the session: somebody else has a copy of it.
   */
  async refresh(refreshToken: string, epoch: string): Promise<Result<Session, ApiError>> {
    const hash = hashToken(refreshToken);
    const now = this.#clock.now();
    const renewed = await this.#database.transaction(async (transaction) => {
      // Locked: of two refreshes at once the later one sees what the earlier one issued.
      const sessions = await transaction.query<{ id: string; state: string }>(
        `select s.id, a.state from session s join agent a on a.id = s.agent_id
         where s.id = (select session_id from token where hash = $1 and kind = 'refresh')
           and s.revoked_at is null and not a.disabled for update of s`,
        [hash],
      );
      const session = sessions[0];
      if (session === undefined) return null;
      const tokens = await transaction.query<{ expires_at: number; used: boolean; overtaken: boolean }>(
        `select expires_at, used_at is not null as used, exists (
           select from token later
           where later.session_id = token.session_id and later.hash <> token.hash and later.used_at >= token.used_at
         ) as overtaken
         from token where hash = $1`,
        [hash],
      );
      const token = tokens[0];
      if (token?.overtaken === true) await this.#revoke(transaction, 'id', session.id);
      if (token === undefined || token.overtaken || token.expires_at <= now) return null;
      if (token.used) {
        await transaction.query('delete from token where session_id = $1 and used_at is null', [session.id]);
      }
      await transaction.query('update token set used_at = $2::bigint where hash = $1', [hash, now]);
      return { state: session.state, tokens: await this.#issue(transaction, session.id) };
    });
    return renewed === null ? err(unauthorised) : ok(this.#answer(renewed.tokens, renewed.state, epoch));
  }

  /** The caller behind an access token, or null. `heads` were read for this very request. */
  async authenticate(accessToken: string, heads: Heads): Promise<Caller | null> {
    const hash = hashToken(accessToken);
    const now = this.#clock.now();
    const known = this.#known.get(hash);
    if (known !== undefined && known.revocations === heads.revocations) {
      return known.caller.expiresAt > now ? known.caller : null;
    }
    const rows = await this.#database.query<{
      agent_id: AgentId;
      role: Role;
      session_id: string;
      expires_at: number;
      used: boolean;
    }>(
      `select s.agent_id, a.role, s.id as session_id, t.expires_at, t.used_at is not null as used
       from token t join session s on s.id = t.session_id join agent a on a.id = s.agent_id
       where t.hash = $1 and t.kind = 'access' and s.revoked_at is null and not a.disabled`,
      [hash],
    );
    const row = rows[0];
    if (row === undefined || row.expires_at <= now || !(row.used || (await this.#markUsed(hash, now)))) {
      this.#known.delete(hash);
      return null;
    }
    const caller: Caller = {
      agentId: row.agent_id,
      role: row.role,
      sessionId: row.session_id,
      expiresAt: row.expires_at,
    };
    if (this.#known.size >= cacheLimit) this.#known.clear();
    this.#known.set(hash, { caller, revocations: heads.revocations });
    return caller;
  }

  async logOut(sessionId: string): Promise<void> {
    await this.#database.transaction(async (transaction) => {
      await this.#revoke(transaction, 'id', sessionId);
    });
  }

  /** Ends all sessions of an agent, within the transaction that disables them or changes the password. */
  async revokeAgent(transaction: Queryable, agentId: string): Promise<void> {
    await this.#revoke(transaction, 'agent_id', agentId);
  }

  /** Remembers the first use of an access token; false when it is gone meanwhile. */
  async #markUsed(hash: string, now: number): Promise<boolean> {
    const marked = await this.#database.query(
      'update token set used_at = coalesce(used_at, $2::bigint) where hash = $1 returning hash',
      [hash, now],
    );
    return marked.length > 0;
  }

  async #revoke(transaction: Queryable, by: 'id' | 'agent_id', value: string): Promise<void> {
    await transaction.query(
      `update session set revoked_at = $2::bigint where ${by} = $1 and revoked_at is null`,
      [value, this.#clock.now()],
    );
    await forgetCachedCallers(transaction);
  }

  async #issue(transaction: Queryable, sessionId: string): Promise<Tokens> {
    const now = this.#clock.now();
    const tokens: Tokens = {
      accessToken: newToken('access'),
      accessExpiresAt: now + accessLifeMs,
      refreshToken: newToken('refresh'),
      refreshExpiresAt: now + refreshLifeMs,
    };
    await transaction.query(
      `insert into token (hash, kind, expires_at, session_id)
       select t.*, $4 from unnest($1::text[], $2::text[], $3::bigint[]) as t`,
      [
        [hashToken(tokens.accessToken), hashToken(tokens.refreshToken)],
        ['access', 'refresh'],
        [tokens.accessExpiresAt, tokens.refreshExpiresAt],
        sessionId,
      ],
    );
    return tokens;
  }

  #answer(tokens: Tokens, agentState: string, epoch: string): Session {
    return { ...tokens, agent: JSON.parse(agentState) as Agent, serverTime: this.#clock.now(), epoch };
  }

  async #decoy(): Promise<string> {
    this.#decoyHash ??= hashPassword(newToken('access'));
    return await this.#decoyHash;
  }
}

type Tokens = Pick<Session, 'accessToken' | 'accessExpiresAt' | 'refreshToken' | 'refreshExpiresAt'>;

/**
 * Makes every process look tokens up anew, and who is present: needed whenever a token ends early or its holder's role
 * changes.
 */
export async function forgetCachedCallers(transaction: Queryable): Promise<void> {
  await transaction.query('update access_head set revocations = revocations + 1');
  await transaction.query(`select pg_notify('${presenceChannel}', '')`);
}
