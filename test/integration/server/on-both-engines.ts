import { argon2Sync, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe } from 'vitest';
import type { Clock } from '#shared/clock.ts';
import type { PutMailboxRecord } from '#shared/protocol/mailbox-record.ts';
import type { Session } from '#shared/protocol/session.ts';
import type { Role } from '#shared/ticket/author.ts';
import { askApi } from '#test/fakes/call-api.ts';
import { startApi, type RunningApi } from '#test/fakes/start-api.ts';

/** A clock that stands until a test moves it. */
export class TestClock implements Clock {
  #now = Date.UTC(2026, 10, 23, 9);

  now(): number {
    return this.#now;
  }

  advance(ms: number): void {
    this.#now += ms;
  }
}

export interface Bench {
  readonly api: RunningApi;
  readonly clock: TestClock;
  /** Lines of the API's log so far. */
  readonly log: readonly string[];
  /** An access token of the admin that is valid now. */
  readonly admin: () => Promise<string>;
}

export const metricsToken = 'metrics-token-of-the-test';

/** The same suite against the embedded database and against a real PostgreSQL server; one API for each. */
export function onBothEngines(name: string, tests: (bench: Bench) => void): void {
  describe.each(['pglite', 'postgres'] as const)(`${name} on %s`, (database) => {
    const clock = new TestClock();
    const log: string[] = [];
    let running: RunningApi | null = null;
    let adminSession: Session | null = null;
    const api = (): RunningApi => {
      if (running === null) throw new Error('the API is not running');
      return running;
    };

    beforeAll(async () => {
      const logTo = { write: (line: string) => void log.push(line) };
      running = await startApi({ database, clock, metricsToken, logTo });
    });
    afterAll(async () => {
      await running?.close();
    });

    tests({
      get api() {
        return api();
      },
      clock,
      log,
      admin: async () => {
        if (adminSession === null || adminSession.accessExpiresAt <= clock.now()) {
          const { url, adminLogin, adminPassword } = api();
          const body = { login: adminLogin, password: adminPassword };
          adminSession = await askApi(url, 'logIn', null, { body });
        }
        return adminSession.accessToken;
      },
    });
  });
}

export async function logIn(url: string, login: string, password: string): Promise<string> {
  return (await askApi(url, 'logIn', null, { body: { login, password } })).accessToken;
}

let agents = 0;

/** Creates an agent of this role and logs in. */
export async function newAgent({ api, admin }: Bench, role: Role) {
  agents += 1;
  const login = `agent-${agents}`;
  const password = `the password of ${login}`;
  const name = `Агент ${agents}`;
  const agent = await askApi(api.url, 'createAgent', await admin(), {
    body: { login, name, role, password },
  });
  await api.database.query('update agent set password_hash = $1 where id = $2', [
    cheapHash(password),
    agent.id,
  ]);
  return { ...agent, password, token: await logIn(api.url, login, password) };
}

/** What a service begins with: its mailbox record, and an agent of each of these roles, logged in. */
export async function newService<const Roles extends readonly Role[]>(bench: Bench, ...roles: Roles) {
  await askApi(bench.api.url, 'putMailbox', await bench.admin(), { body: mailboxBody });
  const agents: Awaited<ReturnType<typeof newAgent>>[] = [];
  for (const role of roles) agents.push(await newAgent(bench, role));
  return agents as { [Place in keyof Roles]: Awaited<ReturnType<typeof newAgent>> };
}

/** A hash that is checked in no time: tests log in often, and what they log in with is no secret. */
function cheapHash(message: string): string {
  const cost = { memory: 8, passes: 1, parallelism: 1, tagLength: 32 };
  const nonce = randomBytes(16);
  const tag = argon2Sync('argon2id', { ...cost, nonce, message });
  const text = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${text(nonce)}$${text(tag)}`;
}

const server = {
  host: 'mail.example.by',
  port: 993,
  security: 'tls',
  allowPlainText: false,
  user: 'info',
  password: 'the mailbox password',
} as const;

/** A mailbox record as an admin would put it. */
export const mailboxBody: PutMailboxRecord = {
  revision: 0,
  address: 'info@example.by',
  displayName: 'СТП',
  ownAddresses: ['support@example.by'],
  imap: server,
  smtp: { ...server, port: 465 },
  certificateAuthority: null,
  sentFolder: null,
  ticketsFrom: Date.UTC(2026, 10, 1),
};
