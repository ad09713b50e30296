import { v7 as newUuid } from 'uuid';
import type { Clock } from '#shared/clock.ts';
import type { AgentId } from '#shared/ids.ts';
import type { Agent, ChangeAgent, CreateAgent } from '#shared/protocol/agent.ts';
import type { ApiError } from '#shared/protocol/api-error.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Database, Queryable } from '../database/database.ts';
import { isRace } from '../database/sql-error.ts';
import { commitChanges } from '../feed/commit-changes.ts';
import type { Caller } from './caller.ts';
import { hashPassword, verifyPassword } from './password-hash.ts';
import { forgetCachedCallers, type Sessions } from './sessions.ts';

interface AgentRow {
  readonly password_hash: string;
  readonly state: string;
}

/** The members of the service. */
export class Agents {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #sessions: Sessions;

  constructor(database: Database, clock: Clock, sessions: Sessions) {
    this.#database = database;
    this.#clock = clock;
    this.#sessions = sessions;
  }

  async list(): Promise<{ agents: Agent[] }> {
    const rows = await this.#database.query<{ state: string }>('select state from agent order by login');
    return { agents: rows.map((row) => JSON.parse(row.state) as Agent) };
  }

  async create(wanted: CreateAgent): Promise<Result<Agent, ApiError>> {
    const agent: Agent = {
      id: newUuid() as AgentId,
      login: wanted.login,
      name: wanted.name,
      role: wanted.role,
      disabled: false,
      groupId: wanted.groupId ?? null,
    };
    const passwordHash = await hashPassword(wanted.password);
    try {
      await this.#database.transaction(async (transaction) => {
        await transaction.query(
          'insert into agent (id, login, role, disabled, password_hash, state) values ($1, $2, $3, $4, $5, $6)',
          [agent.id, agent.login, agent.role, agent.disabled, passwordHash, JSON.stringify(agent)],
        );
        await commitChanges(transaction, [{ kind: 'agent', id: agent.id }], [], [], this.#clock.now());
      });
    } catch (error) {
      if (isRace(error)) return err({ kind: 'conflict', message: 'The login is taken.' });
      throw error;
    }
    return ok(agent);
  }

  /**
   * Changes an agent: an admin anybody, everybody else only their own password, naming the current one.
   *
   * Disabling and a new password end all sessions of that agent at once. The last admin can be neither disabled nor made
   * something else: nobody could undo it.
   */
  async change(caller: Caller, id: AgentId, wanted: ChangeAgent): Promise<Result<Agent, ApiError>> {
    const own = caller.agentId === id;
    const onlyPassword =
      wanted.name === undefined &&
      wanted.role === undefined &&
      wanted.disabled === undefined &&
      wanted.groupId === undefined;
    if (caller.role !== 'admin' && !(own && onlyPassword)) {
      return err({ kind: 'forbidden', message: 'Only one’s own password may be changed.' });
    }
    if (own && wanted.password !== undefined) {
      const rows = await this.#database.query<AgentRow>(
        'select password_hash, state from agent where id = $1',
        [id],
      );
      const hash = rows[0]?.password_hash;
      if (hash === undefined || !(await verifyPassword(wanted.currentPassword ?? '', hash))) {
        return err({ kind: 'forbidden', message: 'The current password is missing or wrong.' });
      }
    }
    const passwordHash = wanted.password === undefined ? null : await hashPassword(wanted.password);
    return await this.#database.transaction(
      async (transaction) => await this.#write(transaction, id, wanted, passwordHash),
    );
  }

  /** Gives an agent a new password at the word of whoever holds the database; ends all their sessions at once. */
  async setPassword(login: string, password: string): Promise<Result<Agent, ApiError>> {
    const passwordHash = await hashPassword(password);
    return await this.#database.transaction(async (transaction) => {
      const rows = await transaction.query<{ id: AgentId }>('select id from agent where login = $1', [login]);
      const id = rows[0]?.id;
      if (id === undefined) return err({ kind: 'not-found', message: 'There is no such agent.' });
      return await this.#write(transaction, id, {}, passwordHash);
    });
  }

  async #write(
    transaction: Queryable,
    id: AgentId,
    wanted: ChangeAgent,
    passwordHash: string | null,
  ): Promise<Result<Agent, ApiError>> {
    // All admins are locked, in one order: two admins who disable each other at once must not both succeed.
    const locked = await transaction.query<{ id: string; state: string }>(
      `select id, state from agent where id = $1 or (role = 'admin' and not disabled) order by id for update`,
      [id],
    );
    const row = locked.find((candidate) => candidate.id === id);
    if (row === undefined) return err({ kind: 'not-found', message: 'There is no such agent.' });
    const before = JSON.parse(row.state) as Agent;
    const agent: Agent = {
      ...before,
      name: wanted.name ?? before.name,
      role: wanted.role ?? before.role,
      disabled: wanted.disabled ?? before.disabled,
      groupId: wanted.groupId === undefined ? before.groupId : wanted.groupId,
    };
    const admins = locked
      .map((candidate) => (candidate.id === id ? agent : (JSON.parse(candidate.state) as Agent)))
      .filter((candidate) => candidate.role === 'admin' && !candidate.disabled);
    if (admins.length === 0) return err({ kind: 'conflict', message: 'The last admin must stay one.' });
    await transaction.query(
      `update agent set role = $2, disabled = $3, password_hash = coalesce($4, password_hash), state = $5 where id = $1`,
      [id, agent.role, agent.disabled, passwordHash, JSON.stringify(agent)],
    );
    if (agent.disabled || passwordHash !== null) await this.#sessions.revokeAgent(transaction, id);
    else if (agent.role !== before.role) await forgetCachedCallers(transaction);
    await commitChanges(transaction, [{ kind: 'agent', id }], [], [], this.#clock.now());
    return ok(agent);
  }
}
