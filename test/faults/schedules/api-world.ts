import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startNewEpoch } from '#server/feed/start-new-epoch.ts';
import type { Clock } from '#shared/clock.ts';
import { DeskSession } from '#main/tickets/desk-session.ts';
import { askApi } from '#test/fakes/call-api.ts';
import { startApi, type RunningApi } from '#test/fakes/start-api.ts';
import type { RunningPostgres } from '#test/fakes/start-postgres.ts';
import { FaultyWay } from './faulty-way.ts';
import { cheapCost, openKeyStore, password, quiet } from './desk-parts.ts';

/** Where the fake clock of every schedule begins: a Monday morning in Minsk. */
export const firstMoment = Date.UTC(2026, 10, 23, 6);

export const deskCount = 3;

/** Time that moves when the schedule says so. */
export class ScheduleClock implements Clock {
  #now = firstMoment;

  now(): number {
    return this.#now;
  }

  advance(ms: number): void {
    this.#now += ms;
  }
}

const mailServer = {
  host: 'mail.example.by',
  port: 993,
  security: 'tls',
  allowPlainText: false,
  user: 'info',
  password: 'the mailbox password',
} as const;

/**
 * A database that schedules are copied from, one after the other, and the ways from three desks.
 *
 * Logging in is slow on purpose; so it is done once, and every schedule begins from a copy of what it left.
 */
export class ApiWorld {
  readonly ways: readonly FaultyWay[];
  readonly #postgres: RunningPostgres;
  readonly #folder: string;
  readonly #lane: number;
  readonly #secretKey = randomBytes(32);
  #databases = 0;

  private constructor(postgres: RunningPostgres, folder: string, ways: readonly FaultyWay[], lane: number) {
    this.#postgres = postgres;
    this.#folder = folder;
    this.ways = ways;
    this.#lane = lane;
  }

  /** Several lanes share one server; each has its own databases and ways. */
  static async open(postgres: RunningPostgres, lane: number): Promise<ApiWorld> {
    const folder = await mkdtemp(join(tmpdir(), 'stp-schedules-'));
    const ways = await Promise.all(Array.from({ length: deskCount }, () => FaultyWay.open()));
    const world = new ApiWorld(postgres, folder, ways, lane);
    await world.#execute(`create database ${world.#origin}`);
    const clock = new ScheduleClock();
    const api = await world.#start(world.#origin, clock);
    const body = { login: api.adminLogin, password: api.adminPassword };
    const { accessToken } = await askApi(api.url, 'logIn', null, { body });
    await askApi(api.url, 'putMailbox', accessToken, {
      body: {
        revision: 0,
        address: 'info@example.by',
        displayName: 'СТП',
        ownAddresses: [],
        imap: mailServer,
        smtp: { ...mailServer, port: 465 },
        certificateAuthority: null,
        sentFolder: null,
        ticketsFrom: firstMoment - 30 * 24 * 3_600_000,
      },
    });
    for (const [index, way] of ways.entries()) {
      const login = loginOf(index);
      const role = index === 1 ? 'senior' : 'agent';
      await askApi(api.url, 'createAgent', accessToken, { body: { login, name: login, role, password } });
      way.leadTo(api.url);
      const session = new DeskSession({
        userData: world.#templateOf(index),
        keyStore: openKeyStore,
        clock,
        log: quiet,
        cost: cheapCost,
      });
      const entered = await session.logIn({ apiUrl: way.url, login, password, certificateAuthority: null });
      if (!entered.ok) throw new Error(`no log-in: ${entered.error.kind}`);
      await session.close();
      way.leadTo(null);
    }
    await api.close();
    return world;
  }

  /** A service on which nothing has happened, and folders of desks that are signed in to it. */
  async begin(clock: Clock): Promise<ScheduleService> {
    this.#databases += 1;
    const name = `run_${String(this.#lane)}_${String(this.#databases)}`;
    const folder = join(this.#folder, name);
    for (const way of this.ways) way.reset();
    await this.#execute(`create database ${name} template ${this.#origin}`);
    const folders = this.ways.map((_, index) => join(folder, `desk-${String(index)}`));
    for (const [index, path] of folders.entries())
      await cp(this.#templateOf(index), path, { recursive: true });
    const service = new ScheduleService({
      name,
      folders,
      ways: this.ways,
      start: (database) => this.#start(database, clock),
      execute: (statement) => this.#execute(statement),
      remove: () => rm(folder, { recursive: true, force: true }),
    });
    await service.start();
    return service;
  }

  async close(): Promise<void> {
    for (const way of this.ways) way.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #start(database: string, clock: Clock): Promise<RunningApi> {
    const url = this.#postgres.url.replace(/postgres$/u, database);
    return startApi({ database: { url }, clock, secretKey: this.#secretKey });
  }

  get #origin(): string {
    return `origin_${String(this.#lane)}`;
  }

  #templateOf(index: number): string {
    return join(this.#folder, `signed-in-${String(index)}`);
  }

  async #execute(statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.#postgres.url });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  }
}

export function loginOf(index: number): string {
  return `agent-${String(index)}`;
}

interface ServiceParts {
  readonly name: string;
  readonly folders: readonly string[];
  readonly ways: readonly FaultyWay[];
  readonly start: (database: string) => Promise<RunningApi>;
  readonly execute: (statement: string) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** The API of one schedule and its database, which can be backed up and restored. */
export class ScheduleService {
  readonly #parts: ServiceParts;
  #api: RunningApi | null = null;
  #hasBackup = false;

  constructor(parts: ServiceParts) {
    this.#parts = parts;
  }

  /** No other schedule's. */
  get name(): string {
    return this.#parts.name;
  }

  get folders(): readonly string[] {
    return this.#parts.folders;
  }

  get ways(): readonly FaultyWay[] {
    return this.#parts.ways;
  }

  get hasBackup(): boolean {
    return this.#hasBackup;
  }

  /** Throws while the API is down. */
  get api(): RunningApi {
    if (this.#api === null) throw new Error('the API is down');
    return this.#api;
  }

  async start(): Promise<void> {
    this.#api ??= await this.#parts.start(this.#parts.name);
    for (const way of this.ways) way.leadTo(this.#api.url);
  }

  async stop(): Promise<void> {
    for (const way of this.ways) way.leadTo(null);
    await this.#api?.close();
    this.#api = null;
  }

  async backUp(): Promise<void> {
    const { name, execute } = this.#parts;
    await this.stop();
    if (this.#hasBackup) await execute(`drop database ${name}_backup`);
    await execute(`create database ${name}_backup template ${name}`);
    this.#hasBackup = true;
    await this.start();
  }

  /** Everything since the last backup is gone; the feed begins a new life, as the runbook says. */
  async restore(): Promise<void> {
    const { name, execute } = this.#parts;
    await this.stop();
    await execute(`drop database ${name} with (force)`);
    await execute(`create database ${name} template ${name}_backup`);
    this.#api = await this.#parts.start(name);
    await startNewEpoch(this.#api.database);
    await this.start();
  }

  async close(): Promise<void> {
    const { name, execute, remove } = this.#parts;
    await this.stop();
    await execute(`drop database ${name} with (force)`);
    if (this.#hasBackup) await execute(`drop database ${name}_backup`);
    await remove();
  }
}
